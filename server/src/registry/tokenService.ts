import type { Login } from "./credentials/login";
import { isLoopback, mayBeInsecure, withoutPort } from "./insecureHosts";
import { RegistryError } from "./registry";

/** The place that gives tokens for a registry. */
export interface TokenService {
  readonly url: URL;
  /** With its port where it has one. */
  readonly host: string;
}

/** A realm, and all that decides whether our login may go there. */
export interface NamedRealm {
  /** As the registry wrote it. */
  readonly realm: string;
  /** How the registry itself is reached. */
  readonly origin: string;
  readonly login: Login | undefined;
  readonly insecureHosts: readonly string[];
}

/**
 * Checks the address at which a registry wants us to fetch a token. It must be reached by TLS, unless it may be insecure itself; only a registry of this
 * machine may name a place on it. And who could have put another address there, because the registry is reached without a certificate that counts, gets
 * no login for it.
 *
 * @throws RegistryError
 */
export function checkRealm({ realm, origin, login, insecureHosts }: NamedRealm): TokenService {
  const registry = new URL(origin);
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new RegistryError(
      "broken",
      `${registry.host} wants a login, but the address at which it gives logins is none. Is there a registry?`,
    );
  }
  // What listens on this machine is nobody's business out there.
  if (isLoopback(url.host) && !isLoopback(registry.host)) {
    throw new RegistryError(
      "broken",
      `${registry.host} says that it gives logins at ${url.host}, which is this machine. Nothing was sent. Is there a registry?`,
    );
  }
  if (url.protocol === "http:" && !mayBeInsecure(url.host, insecureHosts)) {
    throw new RegistryError(
      "refused",
      `${registry.host} gives logins at ${url.host} over plain HTTP, where others can read them. Nothing was sent. ` +
        "Tell whoever runs it; or name that host in the setting gitopsAuthor.registry.insecureHosts.",
    );
  }
  const isElsewhere = withoutPort(url.host) !== withoutPort(registry.host);
  const isUnverified = mayBeInsecure(registry.host, insecureHosts) && !isLoopback(registry.host);
  if (login !== undefined && isElsewhere && isUnverified && !mayBeInsecure(url.host, insecureHosts)) {
    throw new RegistryError(
      "refused",
      `${registry.host} is reached without a certificate that counts, and sends us to ${url.host} with your login. Nothing was sent. ` +
        "Give the certificate of the registry's authority in ~/.docker/certs.d in place of the setting, or use a registry with TLS.",
    );
  }
  return { url, host: url.host };
}
