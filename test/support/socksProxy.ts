import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A SOCKS proxy that leads every host to one place on this machine. */
export interface SocksProxy {
  /** With user and password. */
  readonly url: string;
  /** What it was asked for, for example `registry.example.com:443`. */
  readonly asked: readonly string[];
}

/** Starts one until the test is over (RFC 1928, 1929). It wants the user `anna` and the password `let me out`. */
export async function socksProxy(target: string): Promise<SocksProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const [hostname = "", port = ""] = target.split(":");
  const server = createServer(async (socket) => {
    sockets.add(socket.on("error", () => {}));
    await next(socket);
    socket.write(Buffer.from([5, 2]));
    const isWelcome = (await next(socket)).equals(Buffer.from("\x01\x04anna\x0alet me out"));
    socket.write(Buffer.from([1, isWelcome ? 0 : 1]));
    if (!isWelcome) return void socket.end();
    const request = await next(socket);
    asked.push(`${request.subarray(5, -2)}:${request.readUInt16BE(request.length - 2)}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]));
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.add(upstream.on("error", () => socket.destroy()));
  });
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `socks5://anna:let%20me%20out@127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A message; those of this protocol are so short that each arrives in one piece. */
function next(socket: Socket): Promise<Buffer> {
  return new Promise((finish) => socket.once("data", finish));
}
