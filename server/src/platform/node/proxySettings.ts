import { environmentProxy, parseProxy, readEither } from "../../protocol/environmentProxy";
import { HttpError } from "../http";
import type { ProxyChoice } from "../proxyChoice";

/** The variables that say what somebody has chosen, in place of those that are there; what these ask without a proxy stays so. */
export function withProxy(
  variables: ReadonlyMap<string, string>,
  choice: ProxyChoice | undefined,
): ReadonlyMap<string, string> {
  if (choice === undefined) return variables;
  const noProxy = readEither((name) => variables.get(name), "NO_PROXY");
  const except = [...choice.except, noProxy].filter((each) => each !== "").join(",");
  return new Map([...variables, ["HTTPS_PROXY", choice.url], ["HTTP_PROXY", choice.url], ["NO_PROXY", except]]);
}

/**
 * The proxy for an address, by the variables of the environment.
 *
 * @returns `undefined` when the way is direct
 * @throws HttpError `proxy` when what is named is none that we can use: to go without it would reveal what it shall hide
 */
export function findProxy(url: URL, variables: ReadonlyMap<string, string>): URL | undefined {
  const address = environmentProxy(url, (name) => variables.get(name));
  if (address === undefined) return undefined;
  const proxy = parseProxy(address);
  if (proxy !== undefined && /^(https?|socks5h?):$/.test(proxy.protocol)) return proxy;
  throw new HttpError(
    "proxy",
    "The proxy that is named is none that can be used here: it must begin with http://, https:// or socks5://.",
  );
}
