import { BlockList, isIP } from "node:net";
import { HttpError } from "../http";
import type { ProxyChoice } from "../proxyChoice";

/** The variables that say what somebody has chosen, in place of those that are there; what these ask without a proxy stays so. */
export function withProxy(
  variables: ReadonlyMap<string, string>,
  choice: ProxyChoice | undefined,
): ReadonlyMap<string, string> {
  if (choice === undefined) return variables;
  const except = [...choice.except, textOf(variables, "NO_PROXY")].filter((each) => each !== "").join(",");
  return new Map([...variables, ["HTTPS_PROXY", choice.url], ["HTTP_PROXY", choice.url], ["NO_PROXY", except]]);
}

/** The variable in capitals, or where that is missing or empty the other one. */
function textOf(variables: ReadonlyMap<string, string>, name: string): string {
  return variables.get(name) || variables.get(name.toLowerCase()) || "";
}

/**
 * The proxy for an address, by the variables that Docker, Podman and skopeo heed too (Go: `golang.org/x/net/http/httpproxy`), whose NO_PROXY
 * knows networks such as `10.128.0.0/14`; the packages for Node do not. This machine is never asked through a proxy.
 *
 * @returns `undefined` when the way is direct
 * @throws HttpError `proxy` when what is named is none that we can use: to go without it would reveal what it shall hide
 */
export function findProxy(url: URL, variables: ReadonlyMap<string, string>): URL | undefined {
  const proxy = textOf(variables, url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY").trim();
  if (proxy === "" || isDirect(url, textOf(variables, "NO_PROXY"))) return undefined;
  const address = /^[a-z0-9]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  // Passwords are written with a percent sign as it is, too.
  const encoded = address.replace(/%(?![0-9a-f]{2})/gi, "%25");
  const parsed = URL.canParse(encoded) ? new URL(encoded) : undefined;
  if (parsed?.protocol === "http:" || parsed?.protocol === "https:") return parsed;
  throw new HttpError(
    "proxy",
    "The proxy that is named is none that can be used here: it must begin with http:// or https://.",
  );
}

function isDirect(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  if (host === "localhost" || loopback().check(host, familyOf(host))) return true;
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return noProxy
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry === "*" || (entry !== "" && covers(entry, host, port)));
}

/** Whether an entry such as `.example.com`, `example.com:8443`, `10.0.0.1` or `10.0.0.0/8` means this host. */
function covers(entry: string, host: string, port: string): boolean {
  const [, network = "", length = ""] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  if (isIP(network) !== 0) return inNetwork(host, network, Number(length));
  const [, name = entry, onlyPort] = isIP(entry) === 6 ? [] : (/^\[?(.+?)\]?:(\d+)$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  // `example.com` means its subdomains too, `.example.com` and `*.example.com` mean them only.
  const suffix = name.replace(/^\*/, "");
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function inNetwork(host: string, network: string, length: number): boolean {
  if (isIP(host) === 0 || isIP(host) !== isIP(network)) return false;
  const list = new BlockList();
  try {
    list.addSubnet(network, length, familyOf(network));
  } catch {
    return false;
  }
  return list.check(host, familyOf(host));
}

function loopback(): BlockList {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  return list;
}

function familyOf(host: string): "ipv4" | "ipv6" {
  return isIP(host) === 6 ? "ipv6" : "ipv4";
}
