import type { PlaceInFile } from "./origin";

/**
 * Request: images by stage, `StageMatrixParameters` → `StageTable`. Registries are asked only with `lookUp`, when a person wants it; what they said
 * before is shown in any case.
 */
export const stageMatrixRequest = "gitopsAuthor/stageMatrix";

export interface StageMatrixParameters {
  readonly lookUp: boolean;
}

export interface StageTable {
  /** One table for each set of overlays that are stages of one thing, by the path of these. */
  readonly groups: readonly StageGroupTable[];
  /** Sentences on what the overlays do not tell, and why. */
  readonly notes: readonly string[];
  /** Sentences on what registries did not answer, and why; none when they were not asked. */
  readonly failures: readonly string[];
  /** False while the workspace is being read. */
  readonly complete: boolean;
}

export interface StageGroupTable {
  /** Where the overlays lie, for people: `apps/shop/overlays`, or `envs/*\/shop` where the stage is in the middle. */
  readonly label: string;
  /** The columns: dev before stage before prod. */
  readonly stages: readonly StageColumn[];
  /** The rows, by name of the image. */
  readonly images: readonly ImageRow[];
}

export interface StageColumn {
  /** For example `dev`. */
  readonly name: string;
  /** URI of the directory of the overlay. */
  readonly root: string;
  /** Its path for people. */
  readonly label: string;
  /** Why there is nothing in this column, a sentence. */
  readonly problem?: string | undefined;
}

export interface ImageRow {
  /** Without tag and digest. */
  readonly image: string;
  /** One for each stage; null where the stage does not run the image. */
  readonly cells: readonly (ImageCell | null)[];
  /** What the registry has, for people: `newest 1.4.0 of 12 tags`; absent when nobody asked. */
  readonly registry?: string | undefined;
}

export interface ImageCell {
  /** What Git has; several where the stage renders several versions. */
  readonly versions: readonly CellVersion[];
  /** Where that is decided. */
  readonly place?: PlaceInFile | undefined;
  /** What clusters run, as their Applications say. */
  readonly live: readonly LiveVersion[];
  /** What is to be known of it: `behind dev`, `2 versions behind 1.4.0`, `the cluster runs something else`. */
  readonly words: readonly string[];
}

export interface CellVersion {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

export interface LiveVersion extends CellVersion {
  /** The name of the context. */
  readonly cluster: string;
  /** The name of the Application. */
  readonly application: string;
}
