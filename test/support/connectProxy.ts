import { createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy that leads every host to one place on this machine, so that names such as `registry.example.com` can be used. */
export interface ConnectProxy {
  /** For `HTTPS_PROXY` and `HTTP_PROXY`, with user and password. */
  readonly url: string;
  /** The same without them. */
  readonly urlWithoutUser: string;
  /** What it was asked for, for example `CONNECT registry.example.com:443`. */
  readonly asked: readonly string[];
}

/** Starts one until the test is over, with a certificate one that speaks TLS. It wants the user `anna` and the password `let me out`. */
export async function connectProxy(
  target: string,
  tls?: { readonly cert: string; readonly key: string },
): Promise<ConnectProxy> {
  const asked: string[] = [];
  const [hostname = "", port = ""] = target.split(":");
  const expected = `Basic ${Buffer.from("anna:let me out").toString("base64")}`;
  const isWelcome = ({ headers }: IncomingMessage): boolean => headers["proxy-authorization"] === expected;
  const listener: RequestListener = (incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (!isWelcome(incoming)) return void response.writeHead(407).end();
    const { pathname, search } = new URL(incoming.url ?? "");
    const { method, headers } = incoming;
    const sent = request({ hostname, port, method, headers, path: `${pathname}${search}` }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(sent.on("error", () => response.destroy()));
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const sockets = new Set<Socket>();
  server.on("connect", (incoming, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (!isWelcome(incoming)) return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const upstream = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const each of [socket, upstream]) {
      sockets.add(each);
      each.on("error", () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const scheme = tls === undefined ? "http" : "https";
  return { url: `${scheme}://anna:let%20me%20out@${address}`, urlWithoutUser: `${scheme}://${address}`, asked };
}
