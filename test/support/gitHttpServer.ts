import { execFileSync, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A server of repositories over smart HTTP, on loopback. */
export interface GitHttpServer {
  /** Of the folder, without a final slash, for example `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The same for a person who has signed in. */
  readonly urlWith: (user: string, password: string) => string;
}

export interface GitHttpOptions {
  /** The only ones who may come in, as `user:password`; everybody when absent. */
  readonly people?: readonly string[];
  /** Answers each request with this status instead, once somebody has come in. */
  readonly status?: number;
  /** Takes requests and never answers. */
  readonly silent?: boolean;
}

/** Serves the bare repositories of a folder through git's own `git http-backend` until the test is over. */
export async function serveRepositories(folder: string, options: GitHttpOptions = {}): Promise<GitHttpServer> {
  const backend = join(execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim(), "git-http-backend");
  const server = createServer((request, response) => {
    if (options.silent === true) return;
    const user = signedIn(request, options.people);
    if (user === undefined) {
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="git"' }).end("Who are you?\n");
    } else if (options.status !== undefined) response.writeHead(options.status).end("No.\n");
    else runBackend(backend, { folder, user }, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    urlWith: (user, password) => `http://${user}:${password}@127.0.0.1:${port}`,
  };
}

/** Who sent the request; `undefined` for those who may not come in. */
function signedIn({ headers }: IncomingMessage, people: readonly string[] | undefined): string | undefined {
  if (people === undefined) return "anybody";
  const given = Buffer.from((headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString("utf8");
  return people.includes(given) ? given.replace(/:.*/, "") : undefined;
}

/** The Common Gateway Interface (RFC 3875), as far as `git http-backend` needs it. */
function runBackend(
  backend: string,
  { folder, user }: { readonly folder: string; readonly user: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://127.0.0.1");
  const { headers } = request;
  const child = spawn(backend, {
    cwd: dirname(folder),
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      REMOTE_USER: user,
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers["content-type"] ?? "",
      ...(headers["content-length"] !== undefined && { CONTENT_LENGTH: headers["content-length"] }),
      ...(headers["content-encoding"] !== undefined && { HTTP_CONTENT_ENCODING: headers["content-encoding"] }),
      ...(headers["git-protocol"] !== undefined && { GIT_PROTOCOL: String(headers["git-protocol"]) }),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  // One that has said all it has to say does not read to the end.
  request.pipe(child.stdin.on("error", () => {}));
  const parts: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => parts.push(bytes));
  child.on("close", () => {
    const answer = Buffer.concat(parts);
    const end = answer.indexOf("\r\n\r\n");
    let status = 200;
    for (const line of answer.subarray(0, end).toString("latin1").split("\r\n")) {
      const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else if (name !== "") response.setHeader(name, value);
    }
    response.writeHead(status).end(answer.subarray(end + 4));
  });
}
