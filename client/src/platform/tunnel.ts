import { once } from "node:events";
import { ClientRequest, type IncomingMessage, Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { SocksClient } from "socks";

/** A host that a proxy shall connect to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Whom we believe that they are a proxy which speaks TLS (`https:`). */
export interface ProxyTrust {
  readonly secureContext?: SecureContext | undefined;
  /** False believes every certificate. */
  readonly rejectUnauthorized?: boolean | undefined;
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
export function openTunnel(
  proxy: URL,
  destination: Destination,
  signal: AbortSignal,
  trust: ProxyTrust = {},
): Promise<Socket> {
  return proxy.protocol.startsWith("socks")
    ? openSocks(proxy, destination, signal)
    : openConnect(proxy, destination, signal, trust);
}

async function openConnect(
  proxy: URL,
  { host, port }: Destination,
  signal: AbortSignal,
  trust: ProxyTrust,
): Promise<Socket> {
  const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const authorization = `Basic ${Buffer.from(loginOf(proxy).join(":")).toString("base64")}`;
  const headers = { host: path, ...(proxy.username !== "" && { "proxy-authorization": authorization }) };
  const hostname = nameOf(proxy);
  // Else Node would look for the name in `host` on the certificate of the proxy. Addresses are no names to ask for.
  const servername = isIP(hostname) === 0 ? hostname : "";
  const where = { protocol: proxy.protocol, hostname, port: proxy.port, servername };
  // Not by Node's `request`, for which VS Code has another (`http.ts`).
  const agent = proxy.protocol === "https:" ? new TlsAgent(trust) : new PlainAgent();
  const call = new ClientRequest({ ...where, agent, method: "CONNECT", path, headers });
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

/** The name and the password of a proxy's address. */
function loginOf({ username, password }: URL): readonly string[] {
  return [username, password].map(decodeURIComponent);
}

/** Node calls every answer to CONNECT `connect`, whatever its status. */
function answerOf(call: ClientRequest): Promise<IncomingMessage> {
  return new Promise((finish, fail) => void call.once("connect", finish).on("error", fail).end());
}

const unknownUser = "wants to know who you are: add your name and password to its address";

function refusal(status: number, text = ""): string {
  if (status === 407) return unknownUser;
  return `lets nobody through, it answered ${[status, text].filter(Boolean).join(" ")}`;
}

/** SOCKS version 5 (RFC 1928), with a name and a password where the address has them (RFC 1929). The proxy looks the host up. */
async function openSocks(proxy: URL, destination: Destination, signal: AbortSignal): Promise<Socket> {
  const [userId = "", password = ""] = loginOf(proxy);
  // The package would throw where nobody catches it.
  if ([userId, password].some((part) => Buffer.byteLength(part) > 255)) {
    throw new ProxyError(proxy, "takes no name and no password of more than 255 bytes");
  }
  const address = { host: nameOf(proxy), port: Number(proxy.port) || 1080, type: 5 } as const;
  // A socket of ours, since the package knows a timeout but no signal.
  const socket = connect(address.port, address.host);
  const end = (): void => void socket.destroy(new Error("aborted"));
  signal.addEventListener("abort", end, { once: true });
  try {
    await once(socket, "connect");
    const login = userId === "" ? {} : { userId, password };
    const options = {
      proxy: { ...address, ...login },
      destination,
      command: "connect",
      existing_socket: socket,
    } as const;
    await SocksClient.createConnection(options);
    return socket;
  } catch (error) {
    socket.destroy();
    throw toProxyError(proxy, error, signal);
  } finally {
    signal.removeEventListener("abort", end);
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
  if (proxy.username === "" && message.includes("authentication type")) return new ProxyError(proxy, unknownUser);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(code)) {
    return new ProxyError(proxy, `shows a certificate that is not trusted (${message})`);
  }
  const [, words] = knownFailures.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  return new ProxyError(proxy, words ?? `cannot be used: ${message}`);
}

/** What Node and `socks` say where there is no way, and what that means. */
const knownFailures: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, "is not there: nothing listens at its address"],
  [/ENOTFOUND/, "is not there: there is no host of that name"],
  [/ECONNRESET|Socket closed/, "cut the connection off"],
  [/EPROTO/, "does not speak TLS, although its address begins with https://"],
  [/invalid socks version/, "does not speak SOCKS"],
  [/authentication type/, "wants to know who you are in a way that is not known here"],
  [/Authentication failed/, "does not accept the name and password of its address"],
  // RFC 1928, 6.
  [/- NotAllowed$/, "lets nobody through to it"],
  [/- NetworkUnreachable$/, "has no network there"],
  [/- HostUnreachable$/, "does not reach it"],
  [/- ConnectionRefused$/, "found that nothing listens there"],
  [/rejected connection/, "cannot connect to it"],
];
