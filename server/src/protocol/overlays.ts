/** Request without parameters: the kustomization graph of the workspace, for a tree view. `OverlayGraph`. */
export const overlaysRequest = "gitopsAuthor/overlays";

/** Notification from the server, without parameters: the graph or a problem count changed, ask again. */
export const overlaysChangedNotification = "gitopsAuthor/overlaysChanged";

export interface OverlayGraph {
  /** Every kustomization of the workspace, sorted by path. */
  readonly kustomizations: readonly KustomizationNode[];
  /** False while the workspace is being read. */
  readonly complete: boolean;
}

export interface KustomizationNode {
  /** URI of the directory: the identity of the node. */
  readonly root: string;
  /** URI of the kustomization file. */
  readonly file: string;
  /** URI of the rendered document. */
  readonly rendered: string;
  /**
   * Path of the directory relative to its workspace folder, `.` for the folder itself. Where there are several folders, the
   * folder's name comes first.
   */
  readonly label: string;
  readonly kind: "Kustomization" | "Component";
  /** `base`: another kustomization includes it; `overlay`: nothing includes it and it includes others; `standalone`: neither. */
  readonly role: "base" | "overlay" | "standalone" | "component";
  /** What it includes, in the order of the file. */
  readonly includes: readonly IncludeNode[];
  /** Findings on files of this kustomization alone, and of its build as a whole. */
  readonly problems: ProblemCounts;
}

export interface IncludeNode {
  /** The field of the kustomization file, for example `resources`, `components`, `patches`. */
  readonly field: string;
  /** As it is written, for example `../../base`. */
  readonly text: string;
  /** URI of what it names: a directory when `kind` is `kustomization`; absent when `kind` is `remote`. */
  readonly target?: string | undefined;
  readonly kind: "kustomization" | "file" | "remote" | "missing";
  /** Of the file alone; of a kustomization, see its own node. */
  readonly problems: ProblemCounts;
}

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
}
