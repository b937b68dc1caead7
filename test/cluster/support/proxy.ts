import { connect, createServer, type Socket } from "node:net";

/** A wire between a client and the cluster that a test can damage. */
export interface Wire {
  readonly url: string;
  /** How many connections are open. */
  readonly open: number;
  /** How many there were in all. */
  readonly total: number;
  /** `pass`; `refuse` cuts what is open and every new connection; `hang` takes everything in and gives nothing back. */
  set(mode: "pass" | "refuse" | "hang"): void;
  close(): Promise<void>;
}

/** Starts a proxy on loopback in front of `target`, for example `https://127.0.0.1:6443`. */
export function startProxy(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: "pass" | "refuse" | "hang" = "pass";
  let total = 0;
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
    client.on("data", (piece) => upstream.write(piece));
    upstream.on("data", (piece) => {
      if (mode !== "hang") client.write(piece);
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
          mode = next;
          if (next === "refuse") for (const socket of sockets) socket.destroy();
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
