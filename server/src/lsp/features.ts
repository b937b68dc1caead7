import type { Feature } from "../analysis/feature";
import { bumpFeature, promoteFeature } from "../features/bump";
import { bumpWrittenFeature, imageAtFeature } from "../features/bumpWritten";
import { codeActionsFeature } from "../features/codeActions";
import { codeLensFeature } from "../features/codeLens";
import { compareObjectsFeature } from "../features/compareObjects";
import { completionFeature } from "../features/completion";
import { completionResolveFeature } from "../features/completionResolve";
import { definitionFeature } from "../features/definition";
import { documentHighlightsFeature } from "../features/documentHighlights";
import { documentLinksFeature } from "../features/documentLinks";
import { documentSymbolsFeature } from "../features/documentSymbols";
import { foldingRangesFeature } from "../features/foldingRanges";
import { hoverFeature } from "../features/hover";
import { liveApplicationsFeature } from "../features/liveApplications";
import { manifestTextFeature } from "../features/manifestText";
import { newApplicationFeature } from "../features/newApplication";
import { newBindingFeature } from "../features/newBinding";
import { objectChoicesFeature } from "../features/objectChoices";
import { objectDefinitionsFeature } from "../features/objectDefinitions";
import {
  imageTagsFeature,
  imageUpdatesFeature,
  imageVersionFeature,
  overlayImagesFeature,
} from "../features/overlayImages";
import { overlaysFeature } from "../features/overlays";
import { goToSourceFeature, originFeature, renderedPlacesFeature } from "../features/previewOrigin";
import { previewTargetsFeature } from "../features/previewTargets";
import { pullSecretsFeature, usePullSecretFeature } from "../features/pullSecrets";
import { referencesFeature } from "../features/references";
import { renderedObjectsFeature } from "../features/renderedObjects";
import { revertFilesFeature } from "../features/revertFiles";
import { stageMatrixFeature } from "../features/stageMatrix";
import { syncPlanFeature } from "../features/syncPlan";
import { syncWindowsFeature } from "../features/syncWindows";
import { wantedSchemasFeature } from "../features/wantedSchemas";

/** Any feature; parameters and result are its own business. */
// biome-ignore lint/suspicious/noExplicitAny: the only place where features of all shapes stand in one list
export type AnyFeature = Feature<any, unknown>;

/** Every editor feature that answers a request. To add one, write its file in `features/` and add one line here. */
export const features: readonly AnyFeature[] = [
  bumpFeature,
  bumpWrittenFeature,
  codeActionsFeature,
  compareObjectsFeature,
  codeLensFeature,
  completionFeature,
  completionResolveFeature,
  definitionFeature,
  documentHighlightsFeature,
  documentLinksFeature,
  documentSymbolsFeature,
  foldingRangesFeature,
  goToSourceFeature,
  hoverFeature,
  imageAtFeature,
  imageTagsFeature,
  imageUpdatesFeature,
  imageVersionFeature,
  liveApplicationsFeature,
  manifestTextFeature,
  newApplicationFeature,
  newBindingFeature,
  objectChoicesFeature,
  objectDefinitionsFeature,
  originFeature,
  overlayImagesFeature,
  overlaysFeature,
  previewTargetsFeature,
  promoteFeature,
  pullSecretsFeature,
  referencesFeature,
  renderedObjectsFeature,
  renderedPlacesFeature,
  revertFilesFeature,
  stageMatrixFeature,
  syncPlanFeature,
  syncWindowsFeature,
  usePullSecretFeature,
  wantedSchemasFeature,
];
