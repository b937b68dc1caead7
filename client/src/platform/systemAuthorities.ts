import * as tls from "node:tls";

/** Certificates in PEM, as Node takes them. */
export type Authorities = NonNullable<tls.SecureContextOptions["ca"]>;

/** What a connection trusts and shows. */
export interface Trust {
  readonly ca?: unknown;
  readonly cert?: unknown;
  readonly key?: unknown;
}

/**
 * Makes those connections that name no authority trust those of the operating system too, as kubectl does; Node by itself knows only its own. Gives
 * what to add to the options of such a connection: nothing where Node (before 22.15) cannot read them. What was made is kept for the next, since
 * reading some hundred certificates takes a tenth of a second.
 */
export function systemTrust(): (trust: Trust) => { readonly secureContext?: tls.SecureContext } {
  let kept: { readonly key: string; readonly secureContext: tls.SecureContext } | undefined;
  return ({ ca, cert, key }) => {
    if (ca !== undefined) return {};
    const own = String(cert) + String(key);
    if (kept?.key === own) return { secureContext: kept.secureContext };
    const authorities = knownAuthorities();
    if (authorities.length === 0) return {};
    const client = { ...(cert !== undefined && { cert: cert as Buffer, key: key as Buffer }) };
    kept = { key: own, secureContext: tls.createSecureContext({ ca: authorities, ...client }) };
    return { secureContext: kept.secureContext };
  };
}

/** Trusts all authorities of the machine and, if there are any, further ones. */
export function trustBesides(further: Authorities = []): tls.SecureContext {
  const known = knownAuthorities();
  const machine: Authorities = [...(known.length > 0 ? known : tls.rootCertificates)];
  return tls.createSecureContext({ ca: machine.concat(further) });
}

/** Those of Node and those of the operating system; none where Node cannot tell them. */
function knownAuthorities(): string[] {
  return [...read("default"), ...read("system")];
}

/** `@types/node` of Node 20 does not know it. */
function read(store: "default" | "system"): readonly string[] {
  const get: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof get !== "function") return [];
  try {
    const found: unknown = Reflect.apply(get, tls, [store]);
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    // What cannot be read vouches for nobody; that is no reason to call nobody at all.
    return [];
  }
}
