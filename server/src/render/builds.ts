import type { BuildResult } from "../kustomize/build";
import type { Snapshot } from "../workspace/snapshot";
import type { RenderedText } from "./renderedText";

/** Builds of kustomizations, kept as long as what they read stays the same. */
export interface Builds {
  /**
   * The build of the kustomization in the directory `root` over a snapshot; from memory when nothing that it read (or looked
   * for and did not find) changed. Never throws. `pending` of the result says what the snapshot lacked.
   */
  build(root: string, snapshot: Snapshot): RootBuild;
}

/** A build, and the text it renders to. */
export interface RootBuild {
  readonly root: string;
  readonly result: BuildResult;
  /** How long the build took, in milliseconds. */
  readonly milliseconds: number;
  /** What it prints; made on first use. Of an incomplete build: what could be built. */
  readonly text: () => RenderedText;
}
