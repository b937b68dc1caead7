import { randomUUID, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { person, tokenIssuer, tokenService } from "./dockerRegistry";

/** A service that gives tokens for a registry (distribution: "Token authentication"), on loopback. */
export interface TokenServer {
  readonly realm: string;
  /** What was asked for: the scopes, and as whom. */
  readonly asked: readonly TokenAsked[];
  /** From now on tokens hold so many seconds; the registry itself grants a minute more. */
  life: number;
  stop(): void;
}

export interface TokenAsked {
  readonly scopes: readonly string[];
  /** `undefined` for nobody in particular. */
  readonly user: string | undefined;
  readonly grant: string;
}

/** The refresh token that it takes. */
export const refreshToken = "refresh-me";

/** Everybody may pull below `public/`, the person may do everything. */
export async function startTokenServer(certificate: string, key: string): Promise<TokenServer> {
  const asked: TokenAsked[] = [];
  const server = createServer(async (request, response) => {
    // Who asked may be gone before all of it is here.
    const parameters = await parametersOf(request).catch(() => new URLSearchParams());
    const scopes = parameters.getAll("scope").flatMap((each) => each.split(" "));
    const grant = request.method === "POST" ? (parameters.get("grant_type") ?? "") : "";
    const user = userOf(request, parameters);
    asked.push({ scopes, user, grant });
    if (user === "nobody") return void response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    const access = scopes.flatMap((scope) => accessOf(scope, user));
    const token = tokenOf(access, user ?? "", own.life, { certificate, key });
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ [grant === "" ? "token" : "access_token"]: token, expires_in: own.life }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const own: TokenServer = {
    realm: `http://127.0.0.1:${port}/token`,
    asked,
    life: 300,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return own;
}

async function parametersOf(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method !== "POST") return new URL(request.url ?? "/", "http://localhost").searchParams;
  let text = "";
  for await (const part of request) text += String(part);
  return new URLSearchParams(text);
}

/** `nobody` is who says something wrong. */
function userOf({ headers, method }: IncomingMessage, parameters: URLSearchParams): string | undefined {
  if (method === "POST") return parameters.get("refresh_token") === refreshToken ? person.user : "nobody";
  if (headers.authorization === undefined) return undefined;
  const given = Buffer.from(headers.authorization.replace(/^Basic /, ""), "base64").toString("utf8");
  return given === `${person.user}:${person.password}` ? person.user : "nobody";
}

function accessOf(scope: string, user: string | undefined): readonly object[] {
  const [type = "", name = "", actions = ""] = scope.split(":");
  const wanted = actions.split(",");
  const given = user !== undefined ? wanted : wanted.filter((each) => each === "pull" && name.startsWith("public/"));
  return [{ type, name, actions: given }];
}

/** A token as `docker-registry` takes it: signed, with the certificate of its key in the header (RFC 7515, `x5c`). */
function tokenOf(
  access: readonly object[],
  subject: string,
  life: number,
  { certificate, key }: { readonly certificate: string; readonly key: string },
): string {
  const now = Math.floor(Date.now() / 1000);
  const chain = [new X509Certificate(readFileSync(certificate)).raw.toString("base64")];
  const head = { typ: "JWT", alg: "ES256", x5c: chain };
  const claims = {
    iss: tokenIssuer,
    aud: tokenService,
    sub: subject,
    iat: now - 10,
    nbf: now - 10,
    exp: now + life,
    jti: randomUUID(),
    access,
  };
  const signed = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("sha256", Buffer.from(signed), { key: readFileSync(key), dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
