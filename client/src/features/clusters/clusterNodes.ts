import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import { describeFailure } from "../../cluster/argocd/describeFailure";
import { type ArgocdInstance, instancesOf } from "../../cluster/argocd/instances";
import type { Kind } from "../../cluster/childKinds";
import type { KindContents } from "../../cluster/clusterContents";
import { contextState } from "../../cluster/contextState";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { FoundKubeconfig } from "../../cluster/kubeconfigFiles";
import type { KubeObject } from "../../cluster/kubeObject";
import type { OpenCluster } from "../../cluster/openClusters";
import { isProtected } from "../../cluster/protectedContexts";

/** A row of the Clusters view. */
export type ClusterNode = ContextRow | NamespaceRow | KindRow | ObjectRow | NoteRow;

export interface ContextRow {
  readonly type: "context";
  readonly id: string;
  readonly context: ClusterContext;
  /** Writing needs the name of the context as confirmation. */
  readonly isProtected: boolean;
  /** It is the one that kubectl uses. */
  readonly isCurrent: boolean;
  /** Absent while it is not open. */
  readonly open?: OpenCluster | undefined;
  /** What is known of our kinds in it, while somebody looks. */
  readonly contents: readonly KindContents[];
}

/** A namespace with an Argo CD, or with objects of our kinds. */
export interface NamespaceRow {
  readonly type: "namespace";
  readonly id: string;
  /** The name of the context. */
  readonly context: string;
  readonly instance: ArgocdInstance;
  readonly kinds: readonly KindRow[];
}

/** The objects of a kind in a namespace. */
export interface KindRow {
  readonly type: "kind";
  readonly id: string;
  readonly kind: Kind;
  readonly objects: readonly KubeObject[];
}

export interface ObjectRow {
  readonly type: "object";
  readonly id: string;
  readonly kind: Kind;
  readonly object: KubeObject;
}

/** A sentence where there is nothing else to show. */
export interface NoteRow {
  readonly type: "note";
  readonly id: string;
  readonly text: string;
  readonly details: readonly string[];
  readonly isProblem: boolean;
}

/** What the view is made of. */
export interface ClustersShown {
  readonly kubeconfig: FoundKubeconfig;
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: readonly string[];
  readonly find: (name: string) => OpenCluster | undefined;
  /** The Argo CD servers that are open: no kubeconfig knows them. */
  readonly servers: readonly OpenCluster[];
  readonly contents: (name: string) => readonly KindContents[];
}

/** How many objects of a kind are shown; there may be thousands of PipelineRuns. */
export const mostObjects = 200;

/** The rows at the top: what could not be read, then the contexts and servers by name. */
export function topRows({ kubeconfig, patterns, find, servers, contents }: ClustersShown): readonly ClusterNode[] {
  const { contexts, problems, current } = kubeconfig;
  const notes = problems.map((text) => note(`problem ${text}`, text, { isProblem: true }));
  const all = [...contexts, ...servers.map(({ context }) => context)];
  const rows = all.map((context): ContextRow => {
    const { name } = context;
    const open = find(name);
    return {
      // VS Code keeps rows as folded as they were under the same id; one that is opened shall unfold.
      ...{ type: "context", id: `${open === undefined ? "closed" : "open"} ${name}`, context, open },
      ...{ isProtected: isProtected(name, patterns), isCurrent: name === current, contents: contents(name) },
    };
  });
  return [...notes, ...rows.sort((a, b) => naturalOrder(a.context.name, b.context.name))];
}

/** The rows below a row. */
export function childRows(row: ClusterNode): readonly ClusterNode[] {
  if (row.type === "context") return contextRows(row);
  if (row.type === "namespace") return row.kinds;
  return row.type === "kind" ? objectRows(row) : [];
}

/** Below a context that is open: why it is not up to date, what may not be seen, its Argo CD instances, and where our kinds are. */
function contextRows({ open, context, contents }: ContextRow): readonly ClusterNode[] {
  if (open === undefined) return [];
  const { state, applications, isServer } = open;
  // Of an Argo CD server only the namespaces of its Applications are known.
  const controlPlanes = isServer === true ? [] : open.controlPlanes;
  const id = `${context.name} note`;
  const rows = namespaceRows(context.name, instancesOf(controlPlanes, applications.values()), contents);
  const hidden = hiddenRows(`${context.name} hidden`, contents);
  if (typeof state !== "string") {
    const details = state.details.output?.split("\n") ?? [];
    return [note(id, describeFailure(state, context.server), { details, isProblem: true }), ...hidden, ...rows];
  }
  if (hidden.length + rows.length > 0 || state === "opening") return [...hidden, ...rows];
  return [note(id, "No Argo CD and no Applications were found.")];
}

/** Namespaces with an Argo CD first, then by name. */
function namespaceRows(
  context: string,
  instances: readonly ArgocdInstance[],
  contents: readonly KindContents[],
): readonly NamespaceRow[] {
  const known = new Map(instances.map((instance) => [instance.namespace, instance]));
  const names = new Set([...known.keys(), ...contents.flatMap(({ objects }) => [...objects.keys()])]);
  const rows = [...names].map((namespace): NamespaceRow => {
    const id = `namespace ${context} ${namespace}`;
    const instance = known.get(namespace) ?? { namespace, isControlPlane: false, applications: 0 };
    const kinds = contents.flatMap(({ kind, objects }): KindRow[] => {
      const found = objects.get(namespace);
      return found === undefined ? [] : [{ type: "kind", id: `${id} ${kind.kind}`, kind, objects: found }];
    });
    return { type: "namespace", id, context, instance, kinds };
  });
  return rows.sort(({ instance: a }, { instance: b }) => {
    if (a.isControlPlane !== b.isControlPlane) return a.isControlPlane ? -1 : 1;
    return naturalOrder(a.namespace, b.namespace);
  });
}

/** One row for all kinds that may not be seen: the rest is there all the same. */
function hiddenRows(id: string, contents: readonly KindContents[]): readonly NoteRow[] {
  const missing = contents.filter(({ state }) => typeof state !== "string" && state.kind === "forbidden");
  const others = contents.flatMap(({ kind, state }) => {
    if (typeof state === "string" || state.kind === "forbidden" || state.kind === "notFound") return [];
    return [note(`${id} ${kind.kind}`, `${kind.kind}: ${state.message}`, { isProblem: true })];
  });
  if (missing.length === 0) return others;
  const details = missing.map(({ kind }) => `You may not list ${kind.plural}.${kind.group}.`);
  const kinds =
    missing.length > 2 ? `${missing.length} other kinds` : missing.map(({ kind }) => pluralOf(kind, 2)).join(" and ");
  return [note(id, `You may not list ${kinds} here.`, { details, isProblem: false }), ...others];
}

/** The newest run first; all else by name. */
function objectRows({ id, kind, objects }: KindRow): readonly ClusterNode[] {
  const isRun = kind.kind === "PipelineRun";
  const sorted = [...objects].sort(({ metadata: a }, { metadata: b }) => {
    const [first = "", second = ""] = isRun ? [b.creationTimestamp, a.creationTimestamp] : [];
    if (first !== second) return first < second ? -1 : 1;
    return naturalOrder(a.name, b.name);
  });
  const rows = sorted.slice(0, mostObjects).map((object): ObjectRow => {
    return { type: "object", id: `${id} ${object.metadata.name}`, kind, object };
  });
  const rest = sorted.length - rows.length;
  return rest > 0 ? [...rows, note(`${id} more`, `${rest} more are not shown.`)] : rows;
}

/** The name of a kind for that many of its objects: `Pipelines`, or `Pipeline` for one. */
export function pluralOf({ kind }: Kind, count: number): string {
  return count === 1 ? kind : `${kind}s`;
}

/** The state of a context in a word or two; empty while it is not open. */
export function stateOf({ context, open }: ContextRow): string {
  return open === undefined ? "" : contextState({ state: open.state, context });
}

function note(
  id: string,
  text: string,
  { details = [], isProblem = false }: Partial<Pick<NoteRow, "details" | "isProblem">> = {},
): NoteRow {
  return { type: "note", id, text, details, isProblem };
}
