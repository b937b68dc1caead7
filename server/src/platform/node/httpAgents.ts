import type { Agent } from "node:http";
import type { SecureContext } from "node:tls";
import { HttpError, type TlsChoice } from "../http";
import { reasonOf } from "./nodeErrors";
import { throughSocks } from "./socksAgent";

/** Who opens connections, and whether the request goes to the proxy itself. */
export interface ChosenAgent {
  readonly agent: Agent;
  readonly viaProxy?: URL | undefined;
}

export interface Agents {
  get(url: URL, proxy: URL | undefined, tls: TlsChoice | undefined): Promise<ChosenAgent>;
}

/** A kept connection that nobody uses does not keep the process alive; it ends by itself after so many milliseconds. */
const idle = 15_000;

/** Connections with the same trust on the same way share an agent. `authorities` take the place of Node's own. */
export function agentsFor(authorities: readonly string[] | undefined): Agents {
  const known = new Map<string, Promise<Agent>>();
  return {
    async get(url, proxy, tls) {
      const isPlain = url.protocol === "http:";
      const key = JSON.stringify([url.protocol, proxy?.href, isPlain ? undefined : tls]);
      const agent = known.get(key) ?? create({ isPlain, proxy, tls, authorities });
      known.set(key, agent);
      return { agent: await agent, viaProxy: isPlain && !isSocks(proxy) ? proxy : undefined };
    },
  };
}

interface Wanted {
  readonly isPlain: boolean;
  readonly proxy: URL | undefined;
  readonly tls: TlsChoice | undefined;
  readonly authorities: readonly string[] | undefined;
}

async function create({ isPlain, proxy, tls, authorities }: Wanted): Promise<Agent> {
  const shared = { keepAlive: true, maxFreeSockets: 4, timeout: idle };
  const { Agent: PlainAgent } = await import("node:http");
  const { Agent: TlsAgent } = await import("node:https");
  if (isPlain && proxy !== undefined && isSocks(proxy)) return throughSocks(new PlainAgent(shared), true, proxy);
  const toProxy = authorities === undefined ? {} : { ca: [...authorities] };
  if (isPlain) return proxy?.protocol === "https:" ? new TlsAgent({ ...shared, ...toProxy }) : new PlainAgent(shared);
  const options = {
    ...shared,
    rejectUnauthorized: tls?.verify ?? true,
    secureContext: await trust(authorities, tls),
  };
  if (proxy === undefined) return new TlsAgent(options);
  if (isSocks(proxy)) return throughSocks(new TlsAgent(options), false, proxy);
  const { HttpsProxyAgent } = await import("hpagent");
  return new HttpsProxyAgent({ ...options, proxy, proxyRequestOptions: toProxy });
}

function isSocks(proxy: URL | undefined): boolean {
  return proxy?.protocol.startsWith("socks") === true;
}

/** Made once for all connections of an agent: reading some hundred certificates takes a tenth of a second. */
async function trust(authorities: readonly string[] | undefined, tls: TlsChoice | undefined): Promise<SecureContext> {
  const { createSecureContext, rootCertificates } = await import("node:tls");
  const further = tls?.authorities ?? [];
  // A list of our own takes the place of Node's, so that Node's has to be named with it.
  const all = authorities === undefined && further.length === 0 ? undefined : (authorities ?? rootCertificates);
  const client = tls?.client === undefined ? {} : { cert: tls.client.certificate, key: tls.client.key };
  try {
    return createSecureContext({ ...(all !== undefined && { ca: [...all, ...further] }), ...client });
  } catch (error) {
    throw new HttpError("untrusted", `The certificates given for it cannot be read: ${reasonOf(error)}.`);
  }
}
