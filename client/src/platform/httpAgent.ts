import { type Agent, Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import type { Duplex } from "node:stream";
import type { SecureContext } from "node:tls";
import { type Authorities, trustBesides } from "./systemAuthorities";
import { openTunnel } from "./tunnel";

/** What keeps connections for the next call. */
export type HttpAgent = Agent;

export interface AgentOptions {
  /** Calls are not encrypted (`http:`). */
  readonly isPlain: boolean;
  /** All connections go through it. */
  readonly proxy?: URL | undefined;
  /** How long the proxy may take to open one, in milliseconds. */
  readonly patience: number;
}

/**
 * How long a connection that nobody uses is kept, in milliseconds: long enough for calls that follow each other, and so short that hardly any
 * server, firewall or change of network ends it before.
 */
const idle = 4_000;

/** Keeps connections open between calls. Those with other certificates are never shared; `destroy` ends all. */
export function createAgent({ isPlain, proxy, patience }: AgentOptions): HttpAgent {
  const options = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 8, timeout: idle };
  const make = isPlain ? PlainAgent : TlsAgent;
  const agent = new make(options);
  return proxy === undefined ? agent : throughProxy(agent, proxy, patience);
}

/** Ends the connections that nobody uses: when one of them turned out to be dead, the others are likely to be too. */
export function dropIdle({ freeSockets }: HttpAgent): void {
  for (const sockets of Object.values(freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
}

/** Ends all connections, also those over which something is under way; the next call opens a new one. */
export function dropAll(agent: HttpAgent): void {
  dropIdle(agent);
  for (const sockets of Object.values(agent.sockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
}

type Opened = (error: Error | null, socket?: Duplex) => void;

/** What is known of a connection to open: its destination, and for TLS certificates and names. */
interface Wanted {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly socket?: Duplex;
  readonly ca?: Authorities | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
}

/** Node asks an agent for each connection; `@types/node` does not tell that of agents for TLS. */
interface Connecting {
  createConnection(wanted: Wanted, opened?: Opened): Duplex | undefined;
}

function throughProxy(agent: HttpAgent, proxy: URL, patience: number): HttpAgent {
  const connecting = agent as unknown as Connecting;
  const direct = connecting.createConnection.bind(agent);
  const closed = new AbortController();
  let secureContext: SecureContext | undefined;
  connecting.createConnection = (wanted, opened = () => {}) => {
    const destination = { host: wanted.host ?? "localhost", port: Number(wanted.port) };
    const signal = AbortSignal.any([closed.signal, AbortSignal.timeout(patience)]);
    // As with kubectl, what vouches for the server vouches for its proxy.
    if (proxy.protocol === "https:") secureContext ??= trustBesides(wanted.ca);
    const trust = { secureContext, rejectUnauthorized: wanted.rejectUnauthorized };
    openTunnel(proxy, destination, signal, trust)
      .then((socket) => (agent instanceof TlsAgent ? direct({ ...wanted, socket }) : socket))
      .then(
        (socket) => opened(null, socket),
        (error: Error) => opened(error),
      );
    return undefined;
  };
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    closed.abort();
    destroy();
  };
  return agent;
}
