import { connect, createServer, type Socket } from "node:net";

/**
 * `pass`; `refuse` cuts what is open and every new connection; `hang` takes everything in and gives nothing back; `deaf` lets a
 * client greet the server and ask one thing, whose answer is lost; `slow` gives back a few kilobytes
 * at a time, with pauses; `cut` passes new connections, and ends each that is open as soon as its client says something more: so looks a
 * server that gave an idle connection up at that very moment; `freeze` passes new connections, and nothing more over those that are open, which
 * nobody is told: so it is after a change of networks.
 */
export type WireMode = "pass" | "refuse" | "hang" | "deaf" | "slow" | "cut" | "freeze";

/** What `slow` gives at a time, in bytes, and how long it waits then, in milliseconds. */
const slow = { piece: 4096, pause: 20 };

/** A wire between a client and the cluster that a test can damage. */
export interface Wire {
  readonly url: string;
  /** How many connections are open. */
  readonly open: number;
  /** How many there were in all. */
  readonly total: number;
  set(mode: WireMode): void;
  /** Leads new connections somewhere else. */
  lead(target: string): void;
  close(): Promise<void>;
}

/** Starts a proxy on loopback in front of `target`, for example `https://127.0.0.1:6443`. */
export function startProxy(target: string): Promise<Wire> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: WireMode = "pass";
  let total = 0;
  const before = { cut: 0, freeze: 0 };
  const server = createServer((client) => {
    if (mode === "refuse") {
      client.destroy();
      return;
    }
    total++;
    const upstream = connect(Number(port), hostname);
    sockets.add(client);
    const end = (): void => {
      sockets.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.once("error", end).once("close", end);
    let sent = 0;
    const age = total;
    client.on("data", (piece) => {
      if (age <= before.cut) return end();
      if (age <= before.freeze) return;
      sent++;
      upstream.write(piece);
    });
    upstream.on("data", (piece) => {
      if (age <= before.freeze) return;
      if (mode === "slow") void writeSlowly(client, upstream, piece);
      else if (mode === "pass" || (mode === "deaf" && sent < 2)) client.write(piece);
    });
  });
  return new Promise((finish) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const own = typeof address === "object" && address !== null ? address.port : 0;
      finish({
        url: `https://127.0.0.1:${own}`,
        get open() {
          return sockets.size;
        },
        get total() {
          return total;
        },
        set(next) {
          const isPassing = next === "cut" || next === "freeze";
          if (isPassing) before[next] = total;
          mode = isPassing ? "pass" : next;
          if (next === "refuse") for (const socket of sockets) socket.destroy();
        },
        lead(next) {
          ({ hostname, port } = new URL(next));
        },
        close: () =>
          new Promise((closed) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => closed());
          }),
      });
    });
  });
}

async function writeSlowly(client: Socket, upstream: Socket, piece: Buffer): Promise<void> {
  upstream.pause();
  for (let start = 0; start < piece.length && !client.destroyed; start += slow.piece) {
    client.write(piece.subarray(start, start + slow.piece));
    await new Promise((next) => setTimeout(next, slow.pause));
  }
  upstream.resume();
}
