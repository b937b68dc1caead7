import { parseImageReference } from "../kubernetes/imageReference";
import { BuildCache } from "../kustomize/build";
import { naturalOrder } from "../protocol/naturalOrder";
import type { Place } from "../yaml/source";
import { findDecision } from "./deciders";
import type { PlanSource } from "./imagePlan";
import { type OverlayState, openPartly } from "./overlayState";
import { findImageChange, type RenderedImage } from "./renderedImages";
import { findImages } from "./unseenImages";

/** Images by stage, as Git has them: a table for people and programs. */
export interface StageMatrix {
  /** The columns: dev before stage before prod. */
  readonly stages: readonly Stage[];
  /** The rows, by name of the image: `app-2` before `app-10`. */
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
  /** Why it may run more than its cells say, one sentence: part of it comes from elsewhere. */
  readonly unseen?: string | undefined;
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
  const shared = { ...source, cache: source.cache ?? new BuildCache() };
  const opened = stages.map(({ root }) => openPartly(root, shared));
  const cells = opened.map((state) => ("kind" in state ? new Map<string, StageCell>() : cellsOf(state)));
  const names = [...new Set(cells.flatMap((each) => [...each.keys()]))].sort(naturalOrder);
  return {
    stages: stages.map((stage, i) => {
      const state = opened[i];
      if (state === undefined) return stage;
      return "kind" in state ? { ...stage, problem: state.message } : { ...stage, unseen: state.unseen[0]?.message };
    }),
    images: names.map((image) => {
      const row = cells.map((each) => each.get(image));
      return { image, cells: row, drifts: differ(row) };
    }),
  };
}

function cellsOf(state: OverlayState): ReadonlyMap<string, StageCell> {
  const cells = new Map<string, { versions: ImageVersion[]; count: number }>();
  for (const image of findImages(state)) {
    const { name, tag, digest } = parseImageReference(image.value.text);
    const cell = cells.get(name) ?? { versions: [], count: 0 };
    cell.count++;
    cells.set(name, cell);
    if (cell.versions.some((each) => each.tag === tag && each.digest === digest)) continue;
    cell.versions.push({ tag, digest, place: placeOf(state, image) });
  }
  return cells;
}

/** The entry that decides, in the overlay or below it; else where the image is written. */
function placeOf(state: OverlayState, image: RenderedImage): Place {
  const { deciding, before } = findDecision(state, image);
  return deciding?.entry.place ?? findImageChange(before)?.place ?? before.origin.place;
}

/** A tag beside a digest runs nothing else than the digest alone; no tag means `latest`. */
function differ(cells: readonly (StageCell | undefined)[]): boolean {
  const texts = cells.flatMap((cell) => {
    if (cell === undefined) return [];
    return [...new Set(cell.versions.map(({ tag = "latest", digest }) => digest ?? tag))].sort().join(" ");
  });
  return new Set(texts).size > 1;
}
