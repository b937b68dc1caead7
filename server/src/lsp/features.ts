import type { Feature } from "../analysis/feature";
import { codeActionsFeature } from "../features/codeActions";
import { completionFeature } from "../features/completion";
import { completionResolveFeature } from "../features/completionResolve";
import { definitionFeature } from "../features/definition";
import { documentHighlightsFeature } from "../features/documentHighlights";
import { documentLinksFeature } from "../features/documentLinks";
import { documentSymbolsFeature } from "../features/documentSymbols";
import { foldingRangesFeature } from "../features/foldingRanges";
import { hoverFeature } from "../features/hover";
import { manifestTextFeature } from "../features/manifestText";
import { objectDefinitionsFeature } from "../features/objectDefinitions";
import { overlaysFeature } from "../features/overlays";
import { previewLensFeature } from "../features/previewLens";
import { goToSourceFeature, originFeature, renderedPlacesFeature } from "../features/previewOrigin";
import { previewTargetsFeature } from "../features/previewTargets";
import { referencesFeature } from "../features/references";

/** Any feature; parameters and result are its own business. */
// biome-ignore lint/suspicious/noExplicitAny: the only place where features of all shapes stand in one list
export type AnyFeature = Feature<any, unknown>;

/** Every editor feature that answers a request. To add one, write its file in `features/` and add one line here. */
export const features: readonly AnyFeature[] = [
  codeActionsFeature,
  completionFeature,
  completionResolveFeature,
  definitionFeature,
  documentHighlightsFeature,
  documentLinksFeature,
  documentSymbolsFeature,
  foldingRangesFeature,
  goToSourceFeature,
  hoverFeature,
  manifestTextFeature,
  objectDefinitionsFeature,
  originFeature,
  overlaysFeature,
  previewLensFeature,
  previewTargetsFeature,
  referencesFeature,
  renderedPlacesFeature,
];
