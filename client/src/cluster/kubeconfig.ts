// Not the whole package: what else it holds (exec, copy, informers) is large, and nobody here needs it.
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Cluster, User } from "@kubernetes/client-node/dist/config_types.js";
import type { Credential } from "./signIn";
import { findSignInProgram, type SignInProgram, withProgramIn } from "./signInProgram";

/** A file that holds contexts, and what is in it. */
export interface KubeconfigFile {
  readonly path: string;
  readonly text: string;
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
  /** Signing in runs this program. */
  readonly program?: SignInProgram | undefined;
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
}

/**
 * Merges kubeconfig files as kubectl does: of things with the same name the first counts, and so does the first current context. A file
 * that cannot be read takes nothing from the others. Paths of certificates are relative to the file that names them.
 */
export function mergeKubeconfigs(files: readonly KubeconfigFile[]): Kubeconfig {
  const problems: string[] = [];
  const clusters = new Map<string, Cluster>();
  const users = new Map<string, User>();
  const contexts = new Map<string, Defined>();
  let current: string | undefined;
  for (const file of files) {
    const config = readKubeconfig(file, problems);
    if (config === undefined) continue;
    for (const cluster of config.getClusters()) addFirst(clusters, cluster.name, cluster);
    for (const user of config.getUsers()) {
      addFirst(users, user.name, withProgramIn(folderOf(file.path), user));
    }
    for (const context of config.getContexts()) addFirst(contexts, context.name, { ...context, file: file.path });
    current ??= config.getCurrentContext() || undefined;
  }
  const merged = [...contexts.values()].flatMap((context) => {
    const cluster = clusters.get(context.cluster);
    const missing = cluster === undefined ? `cluster '${context.cluster}'` : undefined;
    if (cluster !== undefined) return [toContext(context, cluster, users.get(context.user))];
    problems.push(`The context '${context.name}' names the ${missing}, which no kubeconfig defines.`);
    return [];
  });
  return { contexts: merged, current, problems };
}

interface Defined {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace?: string | undefined;
  readonly file: string;
}

function readKubeconfig({ path, text }: KubeconfigFile, problems: string[]): KubeConfig | undefined {
  const config = new KubeConfig();
  if (text.trim() === "") return undefined;
  try {
    // Entries that lack something are left out instead of costing us all others.
    config.loadFromString(text, { onInvalidEntry: "filter" });
    config.makePathsAbsolute(folderOf(path));
    return config;
  } catch (error) {
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    problems.push(`'${path}' cannot be read as a kubeconfig: ${reason}`);
    return undefined;
  }
}

function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "");
}

function addFirst<T>(known: Map<string, T>, name: string, value: T): void {
  if (!known.has(name)) known.set(name, value);
}

function toContext(
  { name, namespace, user, file }: Defined,
  cluster: Cluster,
  known: User | undefined,
): ClusterContext {
  const identity: User = known ?? { name: user };
  const context = { name, cluster: cluster.name, user: identity.name };
  const program = findSignInProgram(identity, cluster);
  return {
    name,
    server: cluster.server,
    namespace: namespace || "default",
    user: identity.name,
    file,
    definition: JSON.stringify([cluster, identity, namespace]),
    program,
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
