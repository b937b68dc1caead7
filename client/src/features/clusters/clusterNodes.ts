import type { ApiError } from "../../cluster/apiError";
import { type ArgocdInstance, instancesOf } from "../../cluster/argocd/instances";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { FoundKubeconfig } from "../../cluster/kubeconfigFiles";
import type { OpenCluster } from "../../cluster/openClusters";
import { isProtected } from "../../cluster/protectedContexts";

/** A row of the Clusters view. */
export type ClusterNode = ContextRow | InstanceRow | NoteRow;

export interface ContextRow {
  readonly type: "context";
  readonly context: ClusterContext;
  /** Writing needs the name of the context as confirmation. */
  readonly isProtected: boolean;
  /** It is the one that kubectl uses. */
  readonly isCurrent: boolean;
  /** Absent while it is not open. */
  readonly open?: OpenCluster | undefined;
}

export interface InstanceRow {
  readonly type: "instance";
  readonly context: string;
  readonly instance: ArgocdInstance;
}

/** A sentence where there is nothing else to show. */
export interface NoteRow {
  readonly type: "note";
  readonly id: string;
  readonly text: string;
  readonly isProblem: boolean;
}

/** What the view is made of. */
export interface ClustersShown {
  readonly kubeconfig: FoundKubeconfig;
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: readonly string[];
  readonly find: (name: string) => OpenCluster | undefined;
}

/** The rows at the top: what could not be read, then the contexts by name. */
export function topRows({ kubeconfig, patterns, find }: ClustersShown): readonly ClusterNode[] {
  const { contexts, problems, current } = kubeconfig;
  const notes = problems.map((text): NoteRow => ({ type: "note", id: `problem ${text}`, text, isProblem: true }));
  const rows = contexts.map((context): ContextRow => {
    const { name } = context;
    const protect = isProtected(name, patterns);
    return { type: "context", context, isProtected: protect, isCurrent: name === current, open: find(name) };
  });
  return [...notes, ...rows.sort((a, b) => (a.context.name < b.context.name ? -1 : 1))];
}

/** The rows below a context that is open: why it is not up to date, and its Argo CD instances. */
export function childRows(row: ClusterNode): readonly ClusterNode[] {
  if (row.type !== "context" || row.open === undefined) return [];
  const { state, controlPlanes, applications } = row.open;
  const context = row.context.name;
  const note = (text: string, isProblem: boolean): NoteRow => ({
    type: "note",
    id: `${context} note`,
    text,
    isProblem,
  });
  const instances = instancesOf(controlPlanes, applications.values());
  const rows = instances.map((instance): InstanceRow => ({ type: "instance", context, instance }));
  if (typeof state !== "string") return [note(describeFailure(state), true), ...rows];
  if (rows.length > 0 || state === "opening") return rows;
  return [note("No Argo CD and no Applications were found.", false)];
}

/** Why a cluster cannot be looked at, and what helps, in a sentence or two. */
export function describeFailure({ kind, message }: ApiError): string {
  if (kind === "notFound") return "This cluster does not know Applications: Argo CD is not installed.";
  if (kind === "forbidden") {
    const remedy = "Ask for the right to get, list and watch applications.argoproj.io";
    return `You may not list Applications here. ${remedy}, or name your namespaces in gitopsAuthor.argocd.namespaces.`;
  }
  return message;
}

/** The state of a context in a word or two; empty while it is not open. */
export function stateOf({ context, open }: ContextRow): string {
  if (open === undefined) return "";
  if (open.state === "opening") return context.runsProgram ? "signing in…" : "opening…";
  if (open.state === "live") return "open";
  const words: Partial<Record<ApiError["kind"], string>> = {
    forbidden: "no access",
    signIn: "not signed in",
    notFound: "no Argo CD",
    certificate: "certificate not trusted",
  };
  return words[open.state.kind] ?? "unreachable";
}
