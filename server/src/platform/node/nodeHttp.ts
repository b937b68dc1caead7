import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { type Http, type HttpAnswer, HttpError, type HttpRequest } from "../http";
import { agentsFor } from "./httpAgents";
import { proxyAnswered, toHttpError } from "./httpFailure";
import { findProxy } from "./proxySettings";

/** How an entry wants requests to be sent. */
export interface NodeHttpOptions {
  /** Where `HTTPS_PROXY` and the like are read from. */
  readonly variables: ReadonlyMap<string, string>;
  /** Certificates (PEM) that every connection trusts; when absent, those that Node brings. */
  readonly authorities?: readonly string[] | undefined;
}

/** HTTP over Node's own modules, which are loaded with the first request. Connections are kept for a while and shared. */
export function createNodeHttp(options: NodeHttpOptions): Http {
  const agents = agentsFor(options.authorities);
  return {
    async send(request) {
      if (request.signal?.aborted === true) throw new HttpError("cancelled", "It was cancelled.");
      const url = parseUrl(request.url);
      const proxy = findProxy(url, options.variables);
      const { agent, viaProxy } = await agents.get(url, proxy, request.tls);
      const { request: begin } =
        url.protocol === "https:" || viaProxy?.protocol === "https:"
          ? await import("node:https")
          : await import("node:http");
      const answer = await exchange(request, (ready) =>
        begin(requestOptions(request, { url, agent, viaProxy }), ready),
      );
      if (viaProxy !== undefined && answer.status === 407) throw proxyAnswered(407);
      return answer;
    },
  };
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new HttpError("invalid", "The address is none.");
  }
}

interface Way {
  readonly url: URL;
  readonly agent: Agent;
  /** Set when the proxy itself is asked for the whole address, as it is for plain HTTP. */
  readonly viaProxy?: URL | undefined;
}

function requestOptions(
  { method, headers, body, timeout }: HttpRequest,
  { url, agent, viaProxy }: Way,
): RequestOptions {
  const to = viaProxy ?? url;
  // Digests are those of the bytes as they are: nothing shall be packed on the way.
  const all = new Map([["User-Agent", "gitops-author"], ["Accept-Encoding", "identity"], ...headers]);
  if (body !== undefined) all.set("Content-Length", String(body.byteLength));
  // A proxy may keep our hands off names that only it can resolve, so the host stands in the address.
  if (viaProxy !== undefined) all.set("Host", url.host);
  if (viaProxy !== undefined && viaProxy.username !== "") all.set("Proxy-Authorization", basicOf(viaProxy));
  return {
    method,
    agent,
    timeout,
    protocol: to.protocol,
    // IPv6 addresses stand in brackets in a URL only.
    hostname: to.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: to.port === "" ? undefined : Number(to.port),
    path: viaProxy === undefined ? `${url.pathname}${url.search}` : `${url.origin}${url.pathname}${url.search}`,
    headers: Object.fromEntries(all),
  };
}

function basicOf({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`;
}

function exchange(
  asked: HttpRequest,
  begin: (ready: (answer: IncomingMessage) => void) => ClientRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const stop = (error: HttpError): void => {
      finish();
      reject(error);
      // What has not begun or is under way ends here, and its connection is not used again.
      sent?.destroy();
    };
    const cancel = (): void => stop(new HttpError("cancelled", "It was cancelled."));
    const timer = setTimeout(
      () => stop(new HttpError("timeout", `There was no complete answer within ${asked.timeout / 1000} s.`)),
      asked.timeout,
    );
    const finish = (): void => {
      clearTimeout(timer);
      asked.signal?.removeEventListener("abort", cancel);
    };
    const ready = (answer: IncomingMessage): void => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on("data", (part: Buffer) => {
        size += part.length;
        if (size > asked.mostBytes) stop(tooLarge(asked.mostBytes));
        else parts.push(part);
      });
      answer.once("error", () => stop(new HttpError("cutOff", "The answer ended in its middle.")));
      answer.once("end", () => {
        finish();
        const headers = headersOf(answer);
        unpack(Buffer.concat(parts), headers.get("content-encoding"), asked.mostBytes).then(
          (body) => resolve({ status: answer.statusCode ?? 0, headers, body }),
          reject,
        );
      });
    };
    let sent: ClientRequest | undefined;
    try {
      sent = begin(ready);
      sent.on("error", (error) => stop(toHttpError(error)));
      asked.signal?.addEventListener("abort", cancel, { once: true });
      sent.end(asked.body);
    } catch (error) {
      // Node checks headers and paths before it sends anything.
      stop(toHttpError(error));
    }
  });
}

/** Some stores and proxies pack what nobody wanted packed; the digest is that of what is in it. */
async function unpack(bytes: Buffer, encoding: string | undefined, mostBytes: number): Promise<Uint8Array> {
  if (!/^(x-)?gzip$/i.test(encoding?.trim() ?? "") || bytes.length === 0) return new Uint8Array(bytes);
  const { gunzip } = await import("node:zlib");
  return new Promise((resolve, reject) => {
    gunzip(bytes, { maxOutputLength: mostBytes }, (error, unpacked) => {
      if (error === null) resolve(new Uint8Array(unpacked));
      else if (error instanceof RangeError) reject(tooLarge(mostBytes));
      else reject(new HttpError("invalid", "It says that it is packed with gzip, and is not."));
    });
  });
}

function tooLarge(mostBytes: number): HttpError {
  return new HttpError("tooLarge", `It is longer than ${mostBytes} bytes.`);
}

function headersOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all.set(name, typeof value === "string" ? value : value.join(", "));
  }
  return all;
}
