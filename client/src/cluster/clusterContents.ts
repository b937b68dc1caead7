import { ApiError } from "./apiError";
import type { Kind } from "./childKinds";
import type { Clock } from "./clock";
import type { Connection } from "./connection";
import type { KubeObject } from "./kubeObject";
import type { OpenCluster, OpenClusters } from "./openClusters";
import { ourKinds } from "./ourKinds";
import type { WatchedWhereAllowed } from "./watchWhereAllowed";
import { watchWhereDefined } from "./watchWhereDefined";

/** The objects of one of our kinds in a cluster, or why they cannot be seen. */
export interface KindContents {
  readonly kind: Kind;
  readonly state: WatchedWhereAllowed["state"];
  /** By namespace; only their metadata is known. */
  readonly objects: ReadonlyMap<string, readonly KubeObject[]>;
}

export interface ClusterContentsOptions {
  readonly clusters: Pick<OpenClusters, "find">;
  readonly clock: Clock;
  /** Namespaces to look into, for who may not look into all. */
  readonly namespaces: () => readonly string[];
  readonly changed: (name: string) => void;
}

interface Session {
  readonly connection: Connection;
  readonly stop: AbortController;
  readonly kinds: Map<Kind, KindContents>;
}

/**
 * What there is of our kinds in the clusters that somebody looks at: one watch for each kind, or for its
 * definition where it has none, as long as they look, and of metadata alone.
 */
export class ClusterContents {
  readonly #sessions = new Map<string, Session>();

  constructor(private readonly options: ClusterContentsOptions) {}

  /** What is known of a cluster that somebody looks at, always in the same order, whichever answer came first. */
  find(name: string): readonly KindContents[] {
    const known = this.#sessions.get(name)?.kinds;
    return ourKinds.flatMap((kind) => known?.get(kind) ?? []);
  }

  /** Looks into the clusters of these names and no others. One that cannot be read now is looked into once it can. */
  look(names: ReadonlySet<string>): void {
    for (const [name, { stop, connection }] of this.#sessions) {
      // One that was opened anew has another connection.
      if (names.has(name) && this.options.clusters.find(name)?.connection === connection) continue;
      stop.abort();
      this.#sessions.delete(name);
    }
    for (const name of names) {
      const cluster = this.options.clusters.find(name);
      if (cluster !== undefined && isReadable(cluster) && !this.#sessions.has(name)) this.#start(name, cluster);
    }
  }

  dispose(): void {
    this.look(new Set());
  }

  #start(name: string, { connection, context }: OpenCluster): void {
    const { clock, changed } = this.options;
    const session: Session = { connection, stop: new AbortController(), kinds: new Map() };
    this.#sessions.set(name, session);
    const namespaces = [...new Set([...this.options.namespaces(), context.namespace])];
    for (const kind of ourKinds) {
      watchWhereDefined({
        ...{ connection, clock, namespaces, type: kind, metadataOnly: true, trim: trimMetadata },
        signal: session.stop.signal,
        changed: ({ objects, state }) => {
          session.kinds.set(kind, { kind, state, objects: byNamespace(objects.values()) });
          changed(name);
        },
      });
    }
  }
}

/** Whether signing in worked: a program that signs in must not run many times at once. Who may not see Applications may see others. */
function isReadable({ state, isServer }: OpenCluster): boolean {
  if (isServer === true) return false;
  return state === "live" || (state instanceof ApiError && (state.kind === "forbidden" || state.kind === "notFound"));
}

function trimMetadata({ metadata }: KubeObject): KubeObject {
  const { name, namespace, uid, creationTimestamp } = metadata;
  return { metadata: { name, namespace, uid, creationTimestamp } };
}

function byNamespace(objects: Iterable<KubeObject>): ReadonlyMap<string, readonly KubeObject[]> {
  const namespaces = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? "";
    const known = namespaces.get(namespace);
    if (known === undefined) namespaces.set(namespace, [object]);
    else known.push(object);
  }
  return namespaces;
}
