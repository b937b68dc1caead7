import type { PathReference } from "./facts";

/** A kustomization of the workspace: a directory with a kustomization file. */
export interface Kustomization {
  /** The directory. */
  readonly root: string;
  /** The kustomization file. */
  readonly file: string;
  readonly kind: "Kustomization" | "Component";
  readonly references: readonly PathReference[];
}

/** Who includes whom: kustomizations, and the files they name, through resources, components, patches, generators, bases … */
export interface KustomizationGraph {
  /** Every kustomization, sorted by root. */
  readonly kustomizations: readonly Kustomization[];
  /** The kustomization in a directory. */
  at(root: string): Kustomization | undefined;
  /** The kustomizations that name `path` (a file or a directory) themselves, sorted by root. */
  includersOf(path: string): readonly Kustomization[];
  /** The kustomizations that name `path` themselves or through others, the nearest first. Safe in cycles. */
  reachedFrom(path: string): readonly Kustomization[];
}
