import { ClientRequest, type IncomingMessage, Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { connect, type Socket } from "node:net";

/** A host that a proxy shall connect to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Why there is no way through a proxy, as the end of a sentence: `its proxy proxy.example.com:3128 answered 403 Forbidden`. */
export class ProxyError extends Error {
  constructor(proxy: URL, message: string) {
    super(`its proxy ${proxy.host} ${message}`);
    this.name = "ProxyError";
  }
}

/** The protocols of proxies that we speak, which are those of kubectl. */
export const proxyProtocols: readonly string[] = ["http:", "https:", "socks5:", "socks5h:"];

/**
 * A connection to `destination` through a proxy, as if there were none. Rejects with a `ProxyError` when the proxy cannot be reached, lets nobody
 * through, or says nothing until `signal` is aborted.
 */
export function openTunnel(proxy: URL, destination: Destination, signal: AbortSignal): Promise<Socket> {
  return proxy.protocol.startsWith("socks")
    ? openSocks(proxy, destination, signal)
    : openConnect(proxy, destination, signal);
}

async function openConnect(proxy: URL, { host, port }: Destination, signal: AbortSignal): Promise<Socket> {
  const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const authorization = `Basic ${Buffer.from(loginOf(proxy).join(":")).toString("base64")}`;
  const headers = { host: path, ...(proxy.username !== "" && { "proxy-authorization": authorization }) };
  const where = { hostname: nameOf(proxy), port: proxy.port, method: "CONNECT", path, headers };
  // Not by Node's `request`, for which VS Code has another (`http.ts`).
  const agent = proxy.protocol === "https:" ? new TlsAgent() : new PlainAgent();
  const call = new ClientRequest({ ...where, protocol: proxy.protocol, agent });
  const end = (): void => void call.destroy(new Error("aborted"));
  signal.addEventListener("abort", end, { once: true });
  try {
    const { statusCode = 0, statusMessage, socket } = await answerOf(call);
    if (statusCode >= 200 && statusCode < 300) return socket;
    socket.destroy();
    throw new ProxyError(proxy, refusal(statusCode, statusMessage));
  } catch (error) {
    throw toProxyError(proxy, error, signal);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** The name and the password of a proxy's address. A `%` that begins no character stands for itself: `100%`. */
function loginOf({ username, password }: URL): readonly string[] {
  const decode = (code: string): string => {
    try {
      return decodeURIComponent(code);
    } catch {
      return code;
    }
  };
  return [username, password].map((text) => text.replace(/(%[0-9a-f]{2})+/gi, decode));
}

/** Node calls every answer to CONNECT `connect`, whatever its status. */
function answerOf(call: ClientRequest): Promise<IncomingMessage> {
  return new Promise((finish, fail) => void call.once("connect", finish).on("error", fail).end());
}

function refusal(status: number, text = ""): string {
  if (status === 407) return "wants to know who you are: add your name and password to its address";
  return `lets nobody through, it answered ${[status, text].filter(Boolean).join(" ")}`;
}

/** SOCKS version 5 (RFC 1928), with a name and a password where the address has them (RFC 1929). The proxy looks the host up. */
async function openSocks(proxy: URL, destination: Destination, signal: AbortSignal): Promise<Socket> {
  const socket = connect(Number(proxy.port) || 1080, nameOf(proxy));
  const end = (): void => void socket.destroy(new Error("aborted"));
  signal.addEventListener("abort", end, { once: true });
  try {
    const user = loginOf(proxy).map((part) => Buffer.from(part));
    const method = proxy.username === "" ? 0 : 2;
    socket.write(Buffer.from([5, 1, method]));
    const [, chosen = 255] = await take(socket, 2);
    if (chosen !== method) throw new ProxyError(proxy, "wants to know who you are in a way that is not known here");
    if (method === 2) {
      socket.write(Buffer.concat([Buffer.from([1]), ...user.flatMap((part) => [Buffer.from([part.length]), part])]));
      const [, refused] = await take(socket, 2);
      if (refused !== 0) throw new ProxyError(proxy, "does not accept the name and password of its address");
    }
    const host = Buffer.from(destination.host);
    const port = [destination.port >> 8, destination.port & 255];
    socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, Buffer.from(port)]));
    const [, reply = 255, , kind, length = 0] = await take(socket, 5);
    if (reply !== 0) throw new ProxyError(proxy, socksRefusals.get(reply) ?? `answered ${reply}`);
    // The address that the proxy uses: 4 bytes, 16, or a name; then its port. One byte of it was read already.
    await take(socket, (kind === 1 ? 3 : kind === 4 ? 15 : length) + 2);
    return socket;
  } catch (error) {
    socket.destroy();
    throw toProxyError(proxy, error, signal);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** What replies of a SOCKS proxy mean (RFC 1928, 6). */
const socksRefusals: ReadonlyMap<number, string> = new Map([
  [2, "lets nobody through to it"],
  [3, "has no network there"],
  [4, "does not reach it"],
  [5, "found that nothing listens there"],
]);

/** The next bytes, of which those behind `length` stay where they are. Rejects when the connection ends before. */
async function take(socket: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const piece: Buffer | null = socket.read(length);
    if (piece !== null && piece.length === length) return piece;
    await new Promise<void>((finish, fail) => {
      const ended = (error?: Error): void => {
        socket.off("readable", ready).off("error", ended).off("close", closed);
        error === undefined ? finish() : fail(error);
      };
      const ready = (): void => ended();
      const closed = (): void => ended(Object.assign(new Error("cut off"), { code: "ECONNRESET" }));
      socket.once("readable", ready).once("error", ended).once("close", closed);
    });
  }
}

/** `[::1]` is written without brackets where no port follows. */
function nameOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function toProxyError(proxy: URL, error: unknown, signal: AbortSignal): unknown {
  if (error instanceof ProxyError) return error;
  if (signal.aborted) return new ProxyError(proxy, "does not answer");
  const { code = "", message } = error as NodeJS.ErrnoException;
  const reasons = new Map([
    ["ECONNREFUSED", "is not there: nothing listens at its address"],
    ["ENOTFOUND", "is not there: there is no host of that name"],
    ["ECONNRESET", "cut the connection off"],
  ]);
  return new ProxyError(proxy, reasons.get(code) ?? `cannot be used: ${message}`);
}
