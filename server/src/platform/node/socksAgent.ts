import type { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { SocksClient } from "socks";
import { HttpError } from "../http";

type Opened = (error: Error | null, socket?: Duplex) => void;

/** Node asks an agent for each connection; `@types/node` does not tell that of agents for TLS. */
interface Connecting {
  createConnection(wanted: Wanted, opened?: Opened): Duplex;
}

interface Wanted {
  readonly host: string;
  readonly port: number | string;
  readonly socket?: Duplex;
}

/** How long a proxy may take to open a way, in milliseconds. */
const patience = 15_000;

/**
 * Lets an agent open its connections through a SOCKS proxy (RFC 1928, 1929), which looks names up, as Docker and Podman do.
 *
 * @throws HttpError `proxy` for a name or a password that the protocol has no room for
 */
export function throughSocks(agent: Agent, isPlain: boolean, proxy: URL): Agent {
  const [userId = "", password = ""] = [proxy.username, proxy.password].map(decodeURIComponent);
  if ([userId, password].some((part) => Buffer.byteLength(part) > 255)) {
    throw new HttpError("proxy", "A SOCKS proxy takes no name and no password of more than 255 bytes.");
  }
  const address = {
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(proxy.port) || 1080,
    type: 5,
  } as const;
  const shared = { proxy: { ...address, ...(userId !== "" && { userId, password }) }, command: "connect" } as const;
  const connecting = agent as unknown as Connecting;
  const direct = connecting.createConnection.bind(agent);
  const open = async (wanted: Wanted): Promise<Duplex> => {
    const destination = { host: wanted.host, port: Number(wanted.port) };
    const { socket } = await SocksClient.createConnection({ ...shared, destination, timeout: patience });
    return isPlain ? socket : direct({ ...wanted, socket });
  };
  const replaced = (wanted: Wanted, opened: Opened = () => {}): void => {
    open(wanted).then(
      (socket) => opened(null, socket),
      (error: Error) => opened(new HttpError("proxy", `The proxy opens no way: ${error.message}.`)),
    );
  };
  return Object.assign(agent, { createConnection: replaced });
}
