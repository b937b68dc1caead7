import type { HttpAnswer } from "../platform/http";
import { basicAuthorization, type Login } from "./credentials/login";
import { countOf, parseObject, textOf } from "./jsonValue";
import { RegistryError } from "./registry";

/** What a token shall be good for. */
export interface TokenWish {
  readonly service: string | undefined;
  readonly scopes: readonly string[];
  /** Anonymous without it: most public registries give tokens to everybody. */
  readonly login: Login | undefined;
}

export interface TokenRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array;
}

export interface TokenAnswer {
  readonly token: string;
  /** How long it holds. */
  readonly seconds: number;
}

/** By the specification, when the answer does not say. */
const leastSeconds = 60;

/**
 * How a token is asked for: with user and password by GET (distribution: "Token authentication"), with a refresh token by POST ("OAuth2"), which is
 * how Azure's registries and others do that were logged in to through a browser.
 */
export function tokenRequest(realm: URL, { service, scopes, login }: TokenWish): TokenRequest {
  if (login?.kind === "identityToken") {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "gitops-author",
      refresh_token: login.token,
    });
    if (service !== undefined) form.set("service", service);
    form.set("scope", scopes.join(" "));
    const headers = new Map([["Content-Type", "application/x-www-form-urlencoded"]]);
    return { method: "POST", url: realm.href, headers, body: new TextEncoder().encode(form.toString()) };
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  if (login?.kind !== "password") return { method: "GET", url: url.href, headers: new Map() };
  url.searchParams.set("account", login.user);
  return {
    method: "GET",
    url: url.href,
    headers: new Map([["Authorization", basicAuthorization(login.user, login.password)]]),
  };
}

/**
 * Reads the answer: `{ "token": "…", "expires_in": 300 }`, or `access_token` as OAuth2 calls it.
 *
 * @throws RegistryError `broken`
 */
export function readToken({ body }: HttpAnswer, host: string): TokenAnswer {
  const answer = parseObject(new TextDecoder().decode(body));
  const token = textOf(answer?.get("token")) || textOf(answer?.get("access_token"));
  // Anything else would not fit into a header.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new RegistryError("broken", `${host} gave no token where it should have. Tell whoever runs the registry.`);
  }
  return { token, seconds: Math.max(leastSeconds, countOf(answer?.get("expires_in")) ?? leastSeconds) };
}
