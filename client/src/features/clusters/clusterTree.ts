import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import type { ClusterContents } from "../../cluster/clusterContents";
import type { FoundKubeconfig } from "../../cluster/kubeconfigFiles";
import type { OpenClusters } from "../../cluster/openClusters";
import { clusterItem } from "./clusterItems";
import { type ClusterNode, childRows, topRows } from "./clusterNodes";

const nothing: FoundKubeconfig = { paths: [], contexts: [], problems: [], unreadable: [] };

/** The contexts of the kubeconfig files as the rows of a tree. */
export class ClusterTree implements TreeDataProvider<ClusterNode>, Disposable {
  #kubeconfig = nothing;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;

  constructor(
    private readonly clusters: OpenClusters,
    private readonly patterns: () => readonly string[],
    private readonly contents: Pick<ClusterContents, "find">,
  ) {}

  get kubeconfig(): FoundKubeconfig {
    return this.#kubeconfig;
  }

  show(kubeconfig: FoundKubeconfig): void {
    this.#kubeconfig = kubeconfig;
    this.#changed.fire(undefined);
  }

  /** The tree is small: a row for each context, and for what is in those that are open. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  getChildren(row?: ClusterNode): ClusterNode[] {
    if (row !== undefined) return [...childRows(row)];
    const find = (name: string): ReturnType<OpenClusters["find"]> => this.clusters.find(name);
    const contents = (name: string): ReturnType<ClusterContents["find"]> => this.contents.find(name);
    const servers = this.clusters.all.filter(({ isServer }) => isServer === true);
    return [...topRows({ kubeconfig: this.#kubeconfig, patterns: this.patterns(), find, servers, contents })];
  }

  getTreeItem(row: ClusterNode): TreeItem {
    return clusterItem(row);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
