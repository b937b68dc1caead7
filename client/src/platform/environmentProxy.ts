import { BlockList, isIP } from "node:net";

/**
 * The proxy for a server by the variables that kubectl heeds (Go: `golang.org/x/net/http/httpproxy`): `HTTPS_PROXY`, or `HTTP_PROXY` for one without
 * TLS, and `NO_PROXY`, all in small letters too. This machine is never asked through a proxy.
 *
 * @returns the address as it is written there, which may hold a password; nothing when the way is direct
 */
export function environmentProxy(
  server: URL,
  variables: Readonly<NodeJS.ProcessEnv> = process.env,
): string | undefined {
  const either = (name: string): string => variables[name] || variables[name.toLowerCase()] || "";
  const proxy = either(proxyVariable(server));
  if (proxy === "" || isDirect(server, either("NO_PROXY"))) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** The variable that names the proxy for a server. */
export function proxyVariable({ protocol }: URL): string {
  return protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
}

function isDirect({ hostname, protocol, port }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "localhost" || isIn(host, "127.0.0.0", 8) || host === "::1") return true;
  const own = port || (protocol === "https:" ? "443" : "80");
  const entries = noProxy.split(",").map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry === "*" || (entry !== "" && covers(entry, host, own)));
}

/** Whether an entry such as `.example.com`, `example.com:6443`, `10.0.0.1` or `10.0.0.0/8` means this host. */
function covers(entry: string, host: string, port: string): boolean {
  const [, network = "", length = ""] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== "") return isIn(host, network, Number(length));
  if (isIP(entry) !== 0) return isIn(host, entry, isIP(entry) === 6 ? 128 : 32);
  const [, name = entry, onlyPort = port] = /^\[?(.+?)\]?:(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== port) return false;
  // `example.com` means its subdomains too, `.example.com` and `*.example.com` mean them only.
  const suffix = name.replace(/^\*/, "");
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function isIn(host: string, network: string, length: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || length > (family === 6 ? 128 : 32)) return false;
  const type = family === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, length, type);
  return list.check(host, type);
}
