// Not the whole package: what else it holds (exec, copy, informers) is large, and nobody here needs it.
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Cluster, User } from "@kubernetes/client-node/dist/config_types.js";
import { load } from "js-yaml";
import { type Impersonation, impersonationOf, providerOf, type RawUser, toUser } from "./kubeconfigUser";
import type { Credential } from "./signIn";
import { findSignInProgram, type SignInProgram, withProgramIn } from "./signInProgram";

/** A file that holds contexts, and what is in it. */
export interface KubeconfigFile {
  readonly path: string;
  readonly text: string;
  /** What it said when it could be read last. */
  readonly former?: string | undefined;
}

/** One context of the kubeconfig files: a cluster, and who one is there. */
export interface ClusterContext {
  readonly name: string;
  /** For example `https://api.example.com:6443`. */
  readonly server: string;
  /** The namespace of the context; `default` when it says none. */
  readonly namespace: string;
  readonly user: string;
  /** The file that defines the context. */
  readonly file: string;
  /** What `proxy-url` says; it may hold a password. */
  readonly proxy?: string | undefined;
  readonly impersonation?: Impersonation | undefined;
  /** Signing in runs this program. */
  readonly program?: SignInProgram | undefined;
  /** What the kubeconfig calls `auth-provider`, without a program: `oidc`, or one that is no more. */
  readonly provider?: string | undefined;
  /** Equal as long as the files say the same of it. Holds secrets: never to be shown or written anywhere. */
  readonly definition: string;
  /** For this context alone, with what its program gave; it runs none itself. */
  readonly makeConfig: (credential?: Credential) => KubeConfig;
}

/** What kubeconfig files say together. */
export interface Kubeconfig {
  readonly contexts: readonly ClusterContext[];
  /** The context that `kubectl` would use. */
  readonly current?: string | undefined;
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** The paths of the files that hold something else. */
  readonly unreadable: readonly string[];
}

/**
 * Merges kubeconfig files as kubectl does: of things with the same name the first counts, and so does the first current context. A file
 * that cannot be read takes nothing from the others, and what it said before counts on. Paths are relative to the file that names them.
 */
export function mergeKubeconfigs(files: readonly KubeconfigFile[]): Kubeconfig {
  const problems: string[] = [];
  const unreadable: string[] = [];
  const clusters = new Map<string, Cluster>();
  const users = new Map<string, Identity>();
  const contexts = new Map<string, Defined>();
  let current: string | undefined;
  for (const file of files) {
    const entries = readEntries(file, problems, unreadable);
    for (const cluster of entries?.clusters ?? []) addFirst(clusters, cluster.name, cluster);
    for (const user of entries?.users ?? []) addFirst(users, user.user.name, user);
    for (const context of entries?.contexts ?? []) addFirst(contexts, context.name, context);
    current ??= entries?.current;
  }
  const merged = [...contexts.values()].flatMap((context) => {
    const cluster = clusters.get(context.cluster);
    const identity = users.get(context.user) ?? (context.user === "" ? { user: { name: "" } } : undefined);
    if (cluster !== undefined && identity !== undefined) return [toContext(context, cluster, identity)];
    const missing = cluster === undefined ? `cluster '${context.cluster}'` : `user '${context.user}'`;
    problems.push(`The context '${context.name}' names the ${missing}, which no kubeconfig defines.`);
    return [];
  });
  return { contexts: merged, current, problems, unreadable };
}

interface Defined {
  readonly name: string;
  readonly cluster: string;
  /** Empty for nobody. */
  readonly user: string;
  readonly namespace?: string | undefined;
  readonly file: string;
}

interface Identity {
  readonly user: User;
  readonly provider?: string | undefined;
  readonly impersonation?: Impersonation;
}

interface Entries {
  readonly clusters: readonly Cluster[];
  readonly users: readonly Identity[];
  readonly contexts: readonly Defined[];
  readonly current: string | undefined;
}

function readEntries(file: KubeconfigFile, problems: string[], unreadable: string[]): Entries | undefined {
  const { path, text, former } = file;
  try {
    return parseEntries(path, text);
  } catch (error) {
    unreadable.push(path);
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    const meanwhile = former === undefined ? "" : " What it said before counts until then.";
    problems.push(`'${path}' cannot be read as a kubeconfig: ${reason.replace(/\.?$/, ".")}${meanwhile}`);
    return former === undefined ? undefined : parseEntries(path, former);
  }
}

/** Entries that lack something are left out instead of costing us all others. Throws when it is no kubeconfig at all. */
function parseEntries(path: string, text: string): Entries | undefined {
  const raw = load(text) as RawConfig | null | undefined;
  // Nothing but comments.
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw !== "object" || Array.isArray(raw)) throw new Error("there is no `contexts` in it");
  const config = new KubeConfig();
  config.loadFromString(text, { onInvalidEntry: "filter" });
  const folder = folderOf(path);
  const absolute = (named: string): string => (isAbsolute(named) ? named : `${folder}/${named}`);
  const known = new Map(asArray(raw.users).map((each) => [String(each?.name), each?.user ?? {}]));
  const current = config.getCurrentContext();
  return {
    clusters: config.getClusters().map((cluster) => toCluster(cluster, absolute)),
    users: config.getUsers().map((user) => {
      const further = known.get(String(user.name)) ?? {};
      const own = withProgramIn(folder, toUser({ ...user, name: String(user.name) }, further, absolute));
      return { user: own, provider: providerOf(further), impersonation: impersonationOf(further) };
    }),
    contexts: config.getContexts().map(({ name, cluster, user, namespace }) => ({
      ...{ name: String(name), cluster: String(cluster), user: String(user ?? ""), file: path },
      ...(namespace !== undefined && { namespace: String(namespace) }),
    })),
    ...{ current: current ? String(current) : undefined },
  };
}

interface RawConfig {
  readonly users?: unknown;
}

function asArray(value: unknown): readonly { readonly name?: unknown; readonly user?: RawUser | null }[] {
  return Array.isArray(value) ? value : [];
}

/** What stands in the file itself counts before a file that it names. A server without a scheme is one of HTTP, whatever is said of TLS, as with kubectl. */
function toCluster({ caFile, ...cluster }: Cluster, absolute: (path: string) => string): Cluster {
  const { name, server, caData } = cluster;
  const [scheme] = /^[a-z]+:\/\//i.exec(server) ?? [];
  return {
    ...cluster,
    name: String(name),
    server: scheme === undefined ? `http://${server}` : scheme.toLowerCase() + server.slice(scheme.length),
    ...(!caData && caFile && { caFile: absolute(caFile) }),
  };
}

/** `.` for a file that is named without a folder, which is looked for in the current one. */
function folderOf(path: string): string {
  const end = path.search(/[/\\][^/\\]*$/);
  if (end < 0) return ".";
  return end === 0 ? path.slice(0, 1) : path.slice(0, end);
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function addFirst<T>(known: Map<string, T>, name: string, value: T): void {
  if (!known.has(name)) known.set(name, value);
}

function toContext(
  { name, namespace, file }: Defined,
  { proxyUrl, ...known }: Cluster,
  { user, provider, impersonation = {} }: Identity,
): ClusterContext {
  const isPlain = known.server.startsWith("http:");
  // Where anybody could listen nobody proves who they are, as with kubectl, but acts as who they ask for; client-node asks for the word that there
  // is no TLS.
  const { name: userName, impersonateUser } = user;
  const identity: User = isPlain ? { name: userName, ...(impersonateUser && { impersonateUser }) } : user;
  const cluster: Cluster = isPlain ? { ...known, skipTLSVerify: true } : known;
  const context = { name, cluster: cluster.name, user: identity.name };
  const program = findSignInProgram(identity, { ...cluster, ...(proxyUrl !== undefined && { proxyUrl }) });
  return {
    name,
    server: cluster.server,
    namespace: namespace || "default",
    user: identity.name,
    file,
    definition: JSON.stringify([cluster, proxyUrl, identity, provider, impersonation, namespace]),
    proxy: proxyUrl || undefined,
    impersonation,
    program,
    ...(!isPlain && program === undefined && { provider }),
    makeConfig(credential) {
      const config = new KubeConfig();
      const users = [program === undefined ? identity : signedIn(identity, credential)];
      config.loadFromOptions({ clusters: [cluster], users, contexts: [context], currentContext: name });
      return config;
    },
  };
}

/** A user with what their program gave, in the place of the program. */
function signedIn({ exec: _, authProvider: __, ...user }: User, credential: Credential = {}): User {
  const { token, clientCertificateData, clientKeyData } = credential;
  return {
    ...user,
    ...(token && { token }),
    ...(clientCertificateData && { certData: toBase64(clientCertificateData), keyData: toBase64(clientKeyData ?? "") }),
  };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString("base64");
}
