/** Gives a variable of the environment, if there is one. */
export type ReadVariable = (name: string) => string | undefined;

/**
 * The proxy for a server by the variables that kubectl, Docker and Podman heed: `HTTPS_PROXY`, or `HTTP_PROXY` for one without TLS, and `NO_PROXY`,
 * all in small letters too. This machine is never asked through a proxy. Read as Go does (`golang.org/x/net/http/httpproxy`).
 *
 * @returns the address as it is written there, which may hold a password; `undefined` when the way is direct
 */
export function environmentProxy(server: URL, read: ReadVariable): string | undefined {
  const proxy = readEither(read, proxyVariable(server)).trim();
  return proxy === "" || isDirect(server, readEither(read, "NO_PROXY")) ? undefined : proxy;
}

/** The variable that names the proxy for a server. */
export function proxyVariable({ protocol }: URL): string {
  return protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
}

/** The variable in capitals, or where that is missing or empty the other one. */
export function readEither(read: ReadVariable, name: string): string {
  return read(name) || read(name.toLowerCase()) || "";
}

/**
 * The address of a proxy as people write it: without `http://`, and with a password in which a `%` that begins no character stands for itself.
 *
 * @returns `undefined` when it is none. User and password can be decoded; whether its protocol is one that the caller speaks is not looked at
 */
export function parseProxy(address: string): URL | undefined {
  const whole = address.includes("://") ? address : `http://${address}`;
  const encoded = whole.replace(/(%[0-9a-f]{2})+|%/gi, (code) =>
    isDecodable(code) ? code : code.replaceAll("%", "%25"),
  );
  return URL.canParse(encoded) ? new URL(encoded) : undefined;
}

function isDecodable(code: string): boolean {
  try {
    decodeURIComponent(code);
    return true;
  } catch {
    return false;
  }
}

/** An IP address, as a number of so many bits. */
interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

interface Host {
  readonly name: string;
  readonly port: string;
  /** Where the name is one. */
  readonly address: Address | undefined;
}

function isDirect({ hostname, protocol, port }: URL, noProxy: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  const host = { name, port: port || (protocol === "https:" ? "443" : "80"), address: parseAddress(name) };
  if (name === "localhost" || covers("127.0.0.0/8", host) || covers("::1", host)) return true;
  return noProxy.split(",").some((entry) => covers(entry.trim().toLowerCase(), host));
}

/** Whether an entry such as `.example.com`, `example.com:6443`, `10.0.0.1`, `10.0.0.0/8` or `*` means this host. */
function covers(entry: string, { name, port, address }: Host): boolean {
  if (entry === "*") return true;
  const network = parseNetwork(entry);
  if (network !== undefined) return address !== undefined && isIn(address, network);
  const [, inBrackets, plain, onlyPort = ""] = /^(?:\[(.*)\]|([^:]*)):([^:]*)$/.exec(entry) ?? [];
  const host = inBrackets ?? plain ?? entry;
  if (host === "" || (onlyPort !== "" && onlyPort !== port)) return false;
  const known = parseAddress(host);
  if (known !== undefined || address !== undefined) {
    return known?.bits === address?.bits && known?.value === address?.value;
  }
  // `example.com` means its subdomains too, `.example.com` and `*.example.com` mean them only.
  const suffix = host.replace(/^\*\./, ".");
  return suffix.startsWith(".") ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`);
}

interface Network extends Address {
  /** How many bits its addresses have in common. */
  readonly length: number;
}

function parseNetwork(entry: string): Network | undefined {
  const [, start = "", length = ""] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  const address = parseAddress(start);
  return address && Number(length) <= address.bits ? { ...address, length: Number(length) } : undefined;
}

function isIn({ value, bits }: Address, network: Network): boolean {
  return bits === network.bits && (value ^ network.value) >> BigInt(bits - network.length) === 0n;
}

function parseAddress(text: string): Address | undefined {
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) {
    const bytes = text.split(".").map(Number);
    return bytes.every((byte) => byte < 256) ? { value: joined(bytes, 8n), bits: 32 } : undefined;
  }
  if (!text.includes(":") || !URL.canParse(`http://[${text}]`)) return undefined;
  // As URLs write it: groups of 16 bits, with zeros left out at one place at most.
  const [first = [], last = []] = new URL(`http://[${text}]`).hostname
    .slice(1, -1)
    .split("::")
    .map((part) => part.split(":").flatMap((group) => (group === "" ? [] : Number.parseInt(group, 16))));
  const zeros = new Array<number>(8 - first.length - last.length).fill(0);
  const value = joined([...first, ...zeros, ...last], 16n);
  // `::ffff:10.0.0.1` is an address of IPv4.
  return value >> 32n === 0xffffn ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
}

function joined(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}
