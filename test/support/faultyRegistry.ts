import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What goes wrong with one request. */
export type Fault =
  /** Nobody answers. */
  | { readonly kind: "silent" }
  /** The connection ends before there is an answer. */
  | { readonly kind: "cutOff" }
  /** Another answer in place of the registry's. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Headers;
      readonly body?: string | Uint8Array;
    }
  /** The registry's answer, with only so many bytes of its body. */
  | { readonly kind: "truncated"; readonly bytes: number }
  /** The registry's answer, changed. */
  | { readonly kind: "changed"; readonly change: (answer: Answer) => Answer };

type Headers = Readonly<Record<string, string>>;

/** This answer in place of the registry's. */
export function answer(status: number, headers: Headers = {}, body = ""): Fault {
  return { kind: "answer", status, headers, body };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as the registry would see it. */
export interface Seen {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FaultyRegistry {
  /** For example `127.0.0.1:40123`. */
  readonly host: string;
  /** All requests so far. */
  readonly seen: readonly Seen[];
  /** The most requests that were under way at the same time. */
  most(): number;
  /** The requests that are under way now. */
  underWay(): number;
}

/** Stands in front of a real registry until the test is over; `fault` says for each request what goes wrong, `undefined` that nothing does; it may take its time. */
export async function faultyRegistry(
  registry: string,
  fault: (seen: Seen) => Fault | undefined | Promise<Fault | undefined>,
): Promise<FaultyRegistry> {
  const seen: Seen[] = [];
  let [underWay, most] = [0, 0];
  const server = createServer((asked, response) => {
    const one = { method: asked.method ?? "", path: asked.url ?? "", headers: asked.headers };
    seen.push(one);
    most = Math.max(most, ++underWay);
    response.once("close", () => underWay--);
    const serving = Promise.resolve(fault(one)).then((own) => serve(registry, own, asked, response));
    // Who asks may have gone, and what they asked with them.
    serving.catch(() => asked.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    most: () => most,
    underWay: () => underWay,
  };
}

async function serve(
  registry: string,
  fault: Fault | undefined,
  asked: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault?.kind === "silent") return;
  if (fault?.kind === "cutOff") return void asked.socket.destroy();
  if (fault?.kind === "answer") return void response.writeHead(fault.status, fault.headers).end(fault.body);
  const real = await forward(registry, asked);
  if (fault?.kind === "truncated") {
    response.writeHead(real.status, real.headers);
    response.write(real.body.subarray(0, fault.bytes), () => asked.socket.destroy());
    return;
  }
  const { status, headers, body } = fault === undefined ? real : fault.change(real);
  response.writeHead(status, headers).end(body);
}

function forward(registry: string, asked: IncomingMessage): Promise<Answer> {
  const [hostname, port] = registry.split(":");
  return new Promise((resolve, reject) => {
    const { method, url: path, headers } = asked;
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const { connection: _, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject);
    asked.pipe(sent);
  });
}
