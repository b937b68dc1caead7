import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openTunnel } from "../../../client/src/platform/tunnel";

const destination = { host: "api.example.com", port: 6443 };

test.each([
  ["socks5://", "05 01 00"],
  ["socks5h://ada:let%20me%20out@", "05 02 00 02, 01 03 ada 0a let me out"],
])("through a SOCKS proxy (%s) goes what is said, and the proxy looks the name up", async (start, greeting) => {
  const proxy = await socksProxy({});
  const socket = await openTunnel(new URL(`${start}${proxy.host}`), destination, new AbortController().signal);
  onTestFinished(() => void socket.destroy());
  socket.write("hello");
  expect(await next(socket)).toBe("echo hello");
  expect(proxy.heard.map(readable)).toEqual([...greeting.split(", "), "05 01 00 03 0f api.example.com 19 +"]);
});

test.each([
  ["192.0.2.7", "01 c0 00 02 07"],
  ["2001:db8::7", `04 20 01 0d b8 ${"00 ".repeat(11)}07`],
])("a SOCKS proxy is told that %s is an address", async (host, told) => {
  const proxy = await socksProxy({});
  const signal = new AbortController().signal;
  const socket = await openTunnel(new URL(`socks5://${proxy.host}`), { host, port: 6443 }, signal);
  onTestFinished(() => void socket.destroy());
  expect(proxy.heard.at(-1)?.toString("hex")).toBe(`050100${told}192b`.replaceAll(" ", ""));
});

test.each<readonly [Answers & { readonly user?: string }, string]>([
  [{ reply: 5 }, "found that nothing listens there"],
  [{ reply: 2 }, "lets nobody through to it"],
  [{ reply: 3 }, "has no network there"],
  [{ reply: 4 }, "does not reach it"],
  [{ reply: 1 }, "cannot connect to it"],
  [{ reply: 9 }, "cannot connect to it"],
  [{ method: 255 }, "wants to know who you are: add your name and password to its address"],
  [{ method: 255, user: "ada:wrong@" }, "wants to know who you are in a way that is not known here"],
  [{ proof: 1, user: "ada:wrong@" }, "does not accept the name and password of its address"],
  [{ user: `ada:${"a".repeat(256)}@` }, "takes no name and no password of more than 255 bytes"],
  [{ version: 72 }, "does not speak SOCKS"],
  [{ method: -1 }, "cut the connection off"],
])("a SOCKS proxy that answers %o is told as one that %s", async ({ user = "", ...answers }, words) => {
  const { host } = await socksProxy(answers);
  const proxy = new URL(`socks5://${user}${host}`);
  const error = await openTunnel(proxy, destination, new AbortController().signal).catch((reason: unknown) => reason);
  expect(String(error)).toBe(`ProxyError: its proxy ${host} ${words}`);
});

test("a proxy that says nothing is waited for until the signal, and then let go", async () => {
  const closed: Promise<void>[] = [];
  const host = await listen((socket) => {
    closed.push(new Promise((finish) => socket.once("close", () => finish()).resume()));
  });
  for (const protocol of ["http", "socks5"]) {
    const signal = AbortSignal.timeout(50);
    await expect(openTunnel(new URL(`${protocol}://${host}`), destination, signal)).rejects.toThrow(
      `its proxy ${host} does not answer`,
    );
  }
  await expect.poll(() => closed.length).toBe(2);
  await Promise.all(closed);
});

interface Answers {
  /** To the request; 0 lets it through. */
  readonly reply?: number;
  /** How one has to say who one is; ends the connection when it is less than nothing. */
  readonly method?: number;
  /** To the name and the password; 0 accepts them. */
  readonly proof?: number;
  readonly version?: number;
}

async function socksProxy({ reply = 0, method, proof = 0, version = 5 }: Answers) {
  const heard: Buffer[] = [];
  const host = await listen((socket) => {
    socket.once("data", (greeting) => {
      heard.push(greeting);
      if (method !== undefined && method < 0) return void socket.destroy();
      const chosen = method ?? greeting.at(-1) ?? 255;
      const request = (): void => {
        socket.once("data", (asked) => {
          heard.push(asked);
          // In two pieces, as networks may.
          socket.write(Buffer.from([5, reply, 0, 1, 127]));
          socket.write(Buffer.from([0, 0, 1, 25, 43]));
          socket.on("data", (said) => socket.write(`echo ${said}`));
        });
      };
      socket.write(Buffer.from([version, chosen]));
      if (chosen !== 2) return request();
      socket.once("data", (login) => {
        heard.push(login);
        socket.write(Buffer.from([1, proof]));
        request();
      });
    });
  });
  return { host, heard };
}

async function listen(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    onSocket(socket);
  });
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function next(socket: Socket): Promise<string> {
  return new Promise((finish) => socket.once("data", (piece) => finish(String(piece))));
}

/** Words as they are, and other bytes as numbers: `01 03 ada`. */
function readable(bytes: Buffer): string {
  return [...bytes.toString("latin1").matchAll(/[ -~]{3,}|[\s\S]/g)]
    .map(([part]) => (/^[ -~]/.test(part) ? part : part.charCodeAt(0).toString(16).padStart(2, "0")))
    .join(" ");
}
