import { Disposable, type TreeView } from "vscode";
import { instancesOf } from "../../cluster/argocd/instances";
import type { ClusterContents } from "../../cluster/clusterContents";
import type { ClusterChange, OpenClusters } from "../../cluster/openClusters";
import type { ClusterNode } from "./clusterNodes";
import type { ClusterTree } from "./clusterTree";

export interface LookInsideOptions {
  readonly clusters: OpenClusters;
  readonly contents: ClusterContents;
  readonly tree: ClusterTree;
  readonly view: TreeView<ClusterNode>;
}

/** Keeps the view up to date, and lets it look into the contexts that are unfolded for as long as the view can be seen. */
export function lookInside({ clusters, contents, tree, view }: LookInsideOptions): Disposable {
  const folded = new Set<string>();
  const follow = (): void => {
    const contexts = clusters.all.filter(({ isServer }) => isServer !== true);
    const open = view.visible ? contexts.map(({ context }) => context.name) : [];
    contents.look(new Set(open.filter((name) => !folded.has(name))));
  };
  const setFolded = (row: ClusterNode, isFolded: boolean): void => {
    if (row.type !== "context") return;
    if (isFolded) folded.add(row.context.name);
    else folded.delete(row.context.name);
    follow();
  };
  const counts = new Map<string, string>();
  const changed = ({ name, cluster }: ClusterChange): void => {
    const open = clusters.find(name);
    // It is unfolded when it is opened again.
    if (open === undefined) folded.delete(name);
    if (cluster) follow();
    // Applications change all the time; the view shows only how many there are.
    const now = JSON.stringify(open && instancesOf([], open.applications.values()));
    if (cluster || now !== counts.get(name)) tree.refresh();
    counts.set(name, now);
  };
  return Disposable.from(
    { dispose: clusters.onDidChange(changed) },
    view.onDidExpandElement(({ element }) => setFolded(element, false)),
    view.onDidCollapseElement(({ element }) => setFolded(element, true)),
    view.onDidChangeVisibility(follow),
  );
}
