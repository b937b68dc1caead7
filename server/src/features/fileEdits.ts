import type { FeatureContext } from "../analysis/feature";
import type { Fix } from "../analysis/finding";
import type { FileEdits } from "../protocol/newObjects";
import { toRange } from "./range";

/** Changes of files as they leave the server. */
export function toFileEdits(
  { edits, creates = [] }: Pick<Fix, "edits" | "creates">,
  { toUri }: FeatureContext,
): FileEdits {
  return {
    creates: creates.map(({ path, text }) => ({ uri: toUri(path), text })),
    changes: edits.map(({ place, text }) => ({ uri: toUri(place.file.path), range: toRange(place), text })),
  };
}
