import type { ApiError } from "./apiError";
import type { Application } from "./argocd/application";
import { type ControlPlane, findControlPlanes } from "./argocd/instances";
import { type AppProject, appProjects, trimProject } from "./argocd/projects";
import { type WatchedApplications, watchApplications } from "./argocd/watchApplications";
import type { Clock } from "./clock";
import { type Connection, connect } from "./connection";
import type { ClusterContext } from "./kubeconfig";
import { watchWhereAllowed } from "./watchWhereAllowed";

/** A context that someone opened, and what is known of its cluster. */
export interface OpenCluster {
  readonly context: ClusterContext;
  readonly connection: Connection;
  /** `opening` until the Applications were read once; an error tells why they are not up to date. */
  readonly state: "opening" | "live" | ApiError;
  /** By `keyOf`. */
  readonly applications: ReadonlyMap<string, Application>;
  /** The only namespaces that are looked into; absent when all are. */
  readonly namespaces?: readonly string[] | undefined;
  readonly controlPlanes: readonly ControlPlane[];
  /** The AppProjects with their sync windows, by `keyOf`; absent until they were read, and for who may not read them. */
  readonly projects?: ReadonlyMap<string, AppProject> | undefined;
}

/** What changed in the open contexts. */
export interface ClusterChange {
  readonly name: string;
  /** The keys of the Applications that came, changed or went. */
  readonly applications: ReadonlySet<string>;
  /** Something besides Applications changed: the context was opened or closed, its state, what was found in it. */
  readonly cluster: boolean;
}

export interface OpenClustersOptions {
  readonly clock: Clock;
  /** Namespaces in which Argo CD may be, for people who may not look into all. */
  readonly namespaces: () => readonly string[];
}

interface Session {
  cluster: OpenCluster;
  readonly stop: AbortController;
  /** The Applications were read once. */
  isRead: boolean;
}

/** The contexts that are open, each with its own connection. Nobody is contacted for one that is not. */
export class OpenClusters {
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<(change: ClusterChange) => void>();

  constructor(private readonly options: OpenClustersOptions) {}

  /** In the order in which they were opened. */
  get all(): readonly OpenCluster[] {
    return [...this.#sessions.values()].map(({ cluster }) => cluster);
  }

  find(name: string): OpenCluster | undefined {
    return this.#sessions.get(name)?.cluster;
  }

  /** Calls `listener` after each change, until the function that it gives is called. */
  onDidChange(listener: (change: ClusterChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Connects and begins to watch; one that is open is begun anew. */
  open(context: ClusterContext): void {
    const { name } = context;
    const former = this.#sessions.get(name);
    if (former !== undefined) end(former);
    const stop = new AbortController();
    const connection = connect(context);
    const applications = former?.cluster.applications ?? new Map();
    const cluster: OpenCluster = { context, connection, state: "opening", applications, controlPlanes: [] };
    const session: Session = { cluster, stop, isRead: false };
    this.#sessions.set(name, session);
    this.#tell({ name, applications: new Set(), cluster: true });
    this.#watch(session);
  }

  /** Ends the connection and forgets what it told. */
  close(name: string): void {
    const session = this.#sessions.get(name);
    if (session === undefined) return;
    this.#sessions.delete(name);
    end(session);
    this.#tell({ name, applications: new Set(session.cluster.applications.keys()), cluster: true });
  }

  /** Takes over what the kubeconfig says now: contexts that are gone are closed, those that say something else or failed are opened again. */
  update(contexts: readonly ClusterContext[]): void {
    for (const { context: old, state } of this.all) {
      const now = contexts.find(({ name }) => name === old.name);
      if (now === undefined) this.close(old.name);
      else if (now.definition !== old.definition || typeof state !== "string") this.open(now);
    }
  }

  dispose(): void {
    this.#listeners.clear();
    for (const session of this.#sessions.values()) end(session);
    this.#sessions.clear();
  }

  #watch(session: Session): void {
    const { context, connection } = session.cluster;
    const { clock } = this.options;
    const { signal } = session.stop;
    const namespaces = [...new Set([...this.options.namespaces(), context.namespace])];
    let asked = false;
    let begun = false;
    const changed = (watched: WatchedApplications): void => {
      if (signal.aborted) return;
      this.#put(session, watched);
      if (asked || watched.state !== "live") return;
      asked = true;
      // Only after signing in worked: a program that signs in must not run twice at a time.
      if (!begun) this.#watchProjects(session, namespaces);
      begun = true;
      findControlPlanes(connection, namespaces, signal).then(
        (controlPlanes) => this.#change(session, { controlPlanes }),
        () => {
          asked = false;
        },
      );
    };
    watchApplications({ connection, namespaces, clock, signal, changed });
  }

  #watchProjects(session: Session, namespaces: readonly string[]): void {
    const { connection } = session.cluster;
    watchWhereAllowed({
      ...{ connection, namespaces, clock: this.options.clock, type: appProjects, trim: trimProject },
      signal: session.stop.signal,
      changed: ({ objects, state }) => {
        // What cannot be read stays as it was known last: nobody waits for projects.
        if (state === "live") this.#change(session, { projects: objects as ReadonlyMap<string, AppProject> });
      },
    });
  }

  #put(session: Session, { objects, state, namespaces }: WatchedApplications): void {
    const { cluster } = session;
    session.isRead ||= state === "live";
    // Until the first list is there, what a former connection told is better than nothing.
    const applications = session.isRead ? objects : cluster.applications;
    const keys = differences(cluster.applications, applications);
    const next = state === "listing" ? "opening" : state;
    const same = isSameState(next, cluster.state) && String(namespaces) === String(cluster.namespaces);
    session.cluster = { ...cluster, applications, namespaces, state: next };
    if (!same || keys.size > 0) this.#tell({ name: cluster.context.name, applications: keys, cluster: !same });
  }

  #change(session: Session, change: Partial<OpenCluster>): void {
    if (session.stop.signal.aborted) return;
    session.cluster = { ...session.cluster, ...change };
    this.#tell({ name: session.cluster.context.name, applications: new Set(), cluster: true });
  }

  #tell(change: ClusterChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/** Each try of a cluster that stays unreachable fails with an error of its own that says the same. */
function isSameState(a: OpenCluster["state"], b: OpenCluster["state"]): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.kind === b.kind && a.message === b.message;
}

function end({ stop, cluster }: Session): void {
  stop.abort();
  cluster.connection.close();
}

function differences<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlySet<string> {
  const keys = new Set<string>();
  if (before === after) return keys;
  for (const [key, object] of after) if (before.get(key) !== object) keys.add(key);
  for (const key of before.keys()) if (!after.has(key)) keys.add(key);
  return keys;
}
