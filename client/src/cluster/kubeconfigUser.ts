import type { User } from "@kubernetes/client-node/dist/config_types.js";

/** What a kubeconfig says of a user that client-node does not read. */
export interface RawUser {
  readonly tokenFile?: unknown;
  readonly "auth-provider"?: { readonly name?: unknown; readonly config?: unknown } | null;
  readonly "as-uid"?: unknown;
  readonly "as-groups"?: unknown;
  readonly "as-user-extra"?: unknown;
}

/** Headers besides `Impersonate-User` with which one acts as somebody else. */
export type Impersonation = Readonly<Record<string, string | readonly string[]>>;

/**
 * A user as kubectl understands it (client-go, `tools/clientcmd/client_config.go`): what stands in the file itself counts before a file that it
 * names, except that a file with a token counts before a token. Of an `auth-provider` only the token counts that OpenID Connect gave: client-node
 * would run what others name, and renew a token without writing it down, after which it may be of no use to kubectl.
 */
export function toUser(user: User, raw: RawUser, absolute: (path: string) => string): User {
  const { certFile, keyFile, token: written, authProvider: _, ...rest } = user;
  const { tokenFile } = raw;
  const token = idTokenOf(raw) ?? written;
  const withToken = typeof tokenFile === "string" && tokenFile !== "";
  return {
    ...rest,
    ...(!rest.certData && certFile && { certFile: absolute(certFile) }),
    ...(!rest.keyData && keyFile && { keyFile: absolute(keyFile) }),
    // client-node knows such files under a name of its own, and reads them again once a minute.
    ...(withToken ? { authProvider: fileProvider(absolute(tokenFile)) } : token && { token: String(token).trim() }),
  };
}

/** The name of the `auth-provider`, which is what signs in where no program is named. */
export function providerOf({ "auth-provider": provider }: RawUser): string | undefined {
  return provider?.name === undefined ? undefined : String(provider.name);
}

function idTokenOf({ "auth-provider": provider }: RawUser): string | undefined {
  const config = provider?.name === "oidc" ? provider.config : undefined;
  const token: unknown = typeof config === "object" && config !== null ? Reflect.get(config, "id-token") : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}

function fileProvider(tokenFile: string): User["authProvider"] {
  return { name: "tokenFile", config: { tokenFile } };
}

/** Who acts as somebody else without saying in which groups would act with other rights than with kubectl. */
export function impersonationOf(user: RawUser): Impersonation {
  const { "as-uid": uid, "as-groups": groups, "as-user-extra": extra } = user;
  const headers = new Map<string, string | readonly string[]>();
  if (typeof uid === "string" && uid !== "") headers.set("Impersonate-Uid", uid);
  if (Array.isArray(groups) && groups.length > 0) headers.set("Impersonate-Group", groups.map(String));
  for (const [key, values] of Object.entries(typeof extra === "object" && extra !== null ? extra : {})) {
    const name = `Impersonate-Extra-${encodeURIComponent(key)}`;
    if (Array.isArray(values)) headers.set(name, values.map(String));
  }
  return Object.fromEntries(headers);
}
