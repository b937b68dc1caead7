import { ApiError } from "./apiError";
import type { Application } from "./argocd/application";
import type { ArgocdAccess } from "./argocd/argocdAccess";
import { type ArgocdServer, connectArgocdServer, contextOfServer, withoutKubernetes } from "./argocd/argocdServer";
import type { ControlPlane } from "./argocd/instances";
import { kubernetesAccess } from "./argocd/kubernetesAccess";
import { type AppProject, appProjects, trimProject } from "./argocd/projects";
import { serverAccess } from "./argocd/serverAccess";
import type { WatchedApplications } from "./argocd/watchApplications";
import { watchControlPlanes } from "./argocd/watchControlPlanes";
import type { Clock } from "./clock";
import { type Connection, connect } from "./connection";
import type { ClusterContext } from "./kubeconfig";
import { watchWhereDefined } from "./watchWhereDefined";

/** A context, or an Argo CD server, that someone opened, and what is known of its cluster. */
export interface OpenCluster {
  readonly context: ClusterContext;
  readonly connection: Connection;
  /** How Argo CD is asked there. */
  readonly argocd: ArgocdAccess;
  /** It is an Argo CD server; the API of Kubernetes is not there. */
  readonly isServer?: true | undefined;
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
  /** The projects and the Argo CDs are followed. */
  isWatched?: boolean;
  /** Opens the server once more; absent for contexts. */
  again?: () => void;
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
    const connection = connect(context);
    const namespaces = [...new Set([...this.options.namespaces(), context.namespace])];
    const session = this.#begin({ context, connection, argocd: kubernetesAccess(connection, namespaces) });
    this.#watch(session, () => this.#lookAround(session, namespaces));
  }

  /** The same for the API server of an Argo CD. */
  openServer(server: ArgocdServer, user: string): void {
    const context = contextOfServer(server.address, user);
    const connection = withoutKubernetes(context, server);
    const argocd = serverAccess(server, context);
    const controlPlanes = [{ namespace: "", url: server.address.url }];
    const session = this.#begin({ context, connection, argocd, isServer: true, controlPlanes });
    session.again = () => this.openServer(connectArgocdServer(server.address), user);
    this.#watch(session);
  }

  /** Begins anew: a context as its kubeconfig says it now, a server that is open as it is. */
  retry(context: ClusterContext): void {
    const again = this.#sessions.get(context.name)?.again;
    if (again === undefined) this.open(context);
    else again();
  }

  /** Ends the connection and forgets what it told. */
  close(name: string): void {
    const session = this.#sessions.get(name);
    if (session === undefined) return;
    this.#sessions.delete(name);
    end(session);
    this.#tell({ name, applications: new Set(session.cluster.applications.keys()), cluster: true });
  }

  /**
   * Takes over what the kubeconfig says now: contexts that are gone are closed, those that say something else are opened anew, and those that
   * failed where somebody asks for it: a program that signs in must not run each time when somebody looks.
   */
  update(contexts: readonly ClusterContext[], again = false): void {
    for (const { context: old, state, isServer } of this.all) {
      if (isServer === true) continue;
      const now = contexts.find(({ name }) => name === old.name);
      if (now === undefined) this.close(old.name);
      else if (now.definition !== old.definition || (again && typeof state !== "string")) this.open(now);
    }
  }

  dispose(): void {
    this.#listeners.clear();
    for (const session of this.#sessions.values()) end(session);
    this.#sessions.clear();
  }

  #begin(opened: Pick<OpenCluster, "context" | "connection" | "argocd"> & Partial<OpenCluster>): Session {
    const { name } = opened.context;
    const former = this.#sessions.get(name);
    if (former !== undefined) end(former);
    const known = former?.cluster.applications ?? new Map<string, Application>();
    // What another server told is not there; who went on with it would change things of the same name here.
    const applications = former?.cluster.context.server === opened.context.server ? known : new Map();
    const cluster: OpenCluster = { state: "opening", applications, controlPlanes: [], ...opened };
    const session: Session = { cluster, stop: new AbortController(), isRead: false };
    this.#sessions.set(name, session);
    this.#tell({ name, applications: differences(known, applications), cluster: true });
    return session;
  }

  /** `onLive` is called each time when the Applications are up to date again. */
  #watch(session: Session, onLive?: () => void): void {
    const { signal } = session.stop;
    const changed = (watched: WatchedApplications): void => {
      if (signal.aborted) return;
      this.#put(session, watched);
      if (watched.state === "live") onLive?.();
    };
    session.cluster.argocd.watch({ clock: this.options.clock, signal, changed });
  }

  /** Only after signing in worked: a program that signs in must not run twice at a time. */
  #lookAround(session: Session, namespaces: readonly string[]): void {
    if (session.isWatched) return;
    session.isWatched = true;
    const { connection } = session.cluster;
    const options = { connection, namespaces, clock: this.options.clock, signal: session.stop.signal };
    watchControlPlanes({ ...options, changed: (controlPlanes) => this.#change(session, { controlPlanes }) });
    watchWhereDefined({
      ...{ ...options, type: appProjects, trim: trimProject },
      changed: ({ objects, state }) => {
        // What cannot be read stays as it was known last: nobody waits for projects.
        if (state === "live") this.#change(session, { projects: objects as ReadonlyMap<string, AppProject> });
        else if (isUnknown(state)) this.#change(session, { projects: undefined });
      },
    });
  }

  #put(session: Session, { objects, state, namespaces }: WatchedApplications): void {
    const { cluster } = session;
    session.isRead ||= state === "live" || isUnknown(state);
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

/** Argo CD is not there, or not any more. */
function isUnknown(state: WatchedApplications["state"]): boolean {
  return state instanceof ApiError && state.kind === "notFound";
}

/** Each try of a cluster that stays unreachable fails with an error of its own that says the same. */
function isSameState(a: OpenCluster["state"], b: OpenCluster["state"]): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.kind === b.kind && a.message === b.message && a.details.isAwaited === b.details.isAwaited;
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
