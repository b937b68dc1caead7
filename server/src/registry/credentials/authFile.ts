import { mapOf, parseObject, textsOf } from "../jsonValue";
import type { Login } from "./login";

/** What a file of logins holds: Docker's `config.json`, Podman's `auth.json`, and the pull secrets of Kubernetes. */
export interface AuthFile {
  /** By the key as it stands there, for example `quay.io`, `quay.io/team` or `https://index.docker.io/v1/`. */
  readonly logins: ReadonlyMap<string, Login>;
  /** `credHelpers`: names of programs by registry; `ecr-login` means `docker-credential-ecr-login`. */
  readonly helpers: ReadonlyMap<string, string>;
  /** `credsStore`: the program for all other registries. */
  readonly store?: string | undefined;
}

const nothing: AuthFile = { logins: new Map(), helpers: new Map() };

/**
 * Reads such a file. Entries that make no sense are passed over, as Docker does; an entry without a secret says only that a store has it.
 *
 * @param form - `config` has its logins below `auths` (type `kubernetes.io/dockerconfigjson`); `dockercfg` has them at the top (`~/.dockercfg` and
 *   type `kubernetes.io/dockercfg`)
 * @returns `undefined` when the text is no JSON object
 */
export function parseAuthFile(text: string, form: "config" | "dockercfg"): AuthFile | undefined {
  const whole = parseObject(text);
  if (whole === undefined) return undefined;
  if (form === "dockercfg") return { ...nothing, logins: readLogins(whole) };
  const store = whole.get("credsStore");
  return {
    logins: readLogins(mapOf(whole.get("auths"))),
    helpers: textsOf(whole.get("credHelpers")),
    ...(isText(store) && { store }),
  };
}

function readLogins(entries: ReadonlyMap<string, unknown>): ReadonlyMap<string, Login> {
  const logins = new Map<string, Login>();
  for (const [key, entry] of entries) {
    const login = readLogin(mapOf(entry));
    if (login !== undefined) logins.set(key, login);
  }
  return logins;
}

function readLogin(entry: ReadonlyMap<string, unknown>): Login | undefined {
  const identity = entry.get("identitytoken");
  if (isText(identity)) return { kind: "identityToken", token: identity };
  const registry = entry.get("registrytoken");
  if (isText(registry)) return { kind: "registryToken", token: registry };
  const [user, password] = isText(entry.get("auth"))
    ? divide(decode(String(entry.get("auth"))))
    : [entry.get("username"), entry.get("password")];
  return isText(user) && isText(password) ? { kind: "password", user, password } : undefined;
}

/** `user:password`; a password may hold colons, and old versions of Docker filled it up with zero bytes. */
function divide(pair: string): readonly [string, string] {
  const colon = pair.indexOf(":");
  return colon < 0 ? ["", ""] : [pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, "")];
}

function decode(packed: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(packed.trim()), (unit) => unit.charCodeAt(0)));
  } catch {
    return "";
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
