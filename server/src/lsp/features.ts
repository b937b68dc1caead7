import type { Feature } from "../analysis/feature";
import { overlaysFeature } from "../features/overlays";
import { previewLensFeature } from "../features/previewLens";
import { goToSourceFeature, originFeature, renderedPlacesFeature } from "../features/previewOrigin";
import { previewTargetsFeature } from "../features/previewTargets";

/** Any feature; parameters and result are its own business. */
// biome-ignore lint/suspicious/noExplicitAny: the only place where features of all shapes stand in one list
export type AnyFeature = Feature<any, unknown>;

/** Every editor feature that answers a request. To add one, write its file in `features/` and add one line here. */
export const features: readonly AnyFeature[] = [
  goToSourceFeature,
  originFeature,
  overlaysFeature,
  previewLensFeature,
  previewTargetsFeature,
  renderedPlacesFeature,
];
