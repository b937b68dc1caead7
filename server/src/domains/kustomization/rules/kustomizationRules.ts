import type { Rule } from "../../../analysis/rule";
import { changedSelector } from "./changedSelector";
import { componentMixups } from "./componentMixup";
import { deprecatedEnv } from "./deprecatedEnv";
import { deprecatedField } from "./deprecatedField";
import { deprecatedHelmGenerator } from "./deprecatedHelmGenerator";
import { duplicateEntry } from "./duplicateEntry";
import { duplicateKey } from "./duplicateKey";
import { duplicateResource } from "./duplicateResource";
import { engineRules } from "./engineRules";
import { ignoredDirective } from "./ignoredDirective";
import { ignoredTagSuffix } from "./ignoredTagSuffix";
import { imageNamePattern } from "./imageNamePattern";
import { imageNameWithTag } from "./imageNameWithTag";
import { invalidGeneratorKey } from "./invalidGeneratorKey";
import { invalidImageTag } from "./invalidImageTag";
import { jsonPatchFailed } from "./jsonPatchFailed";
import { letterCase } from "./letterCase";
import { missingFile } from "./missingFile";
import { missingKustomization } from "./missingKustomization";
import { missingName } from "./missingName";
import { nameNotFollowed } from "./nameNotFollowed";
import { newNameWithTag } from "./newNameWithTag";
import { notAnObject } from "./notAnObject";
import { orphanManifest } from "./orphanManifest";
import { patchByPosition } from "./patchByPosition";
import { patchChangesNothing } from "./patchChangesNothing";
import { patchSelectsNothing } from "./patchSelectsNothing";
import { patchTargetNotFound } from "./patchTargetNotFound";
import { plainSecret } from "./plainSecret";
import { removableEntries } from "./removableEntry";
import { repeatedLabel } from "./repeatedLabel";
import { replacementSelectsNothing } from "./replacementSelectsNothing";
import { replicasTargetNotFound } from "./replicasTargetNotFound";
import { twoVersions } from "./twoVersions";
import { unknownBehavior } from "./unknownBehavior";
import { unknownField } from "./unknownField";
import { unlistedHook } from "./unlistedHook";
import { unmatchedImage } from "./unmatchedImage";
import { unpinnedRemote } from "./unpinnedRemote";
import { wrongApiVersion } from "./wrongApiVersion";
import { wrongType } from "./wrongType";

/** Every rule about kustomizations. To add one, write its file here and add it to this list. */
export const kustomizationRules: readonly Rule[] = [
  unknownField,
  wrongType,
  wrongApiVersion,
  letterCase,
  missingFile,
  missingKustomization,
  notAnObject,
  missingName,
  duplicateResource,
  duplicateEntry,
  duplicateKey,
  deprecatedField,
  deprecatedEnv,
  deprecatedHelmGenerator,
  unknownBehavior,
  patchTargetNotFound,
  patchSelectsNothing,
  patchChangesNothing,
  jsonPatchFailed,
  replacementSelectsNothing,
  replicasTargetNotFound,
  imageNameWithTag,
  imageNamePattern,
  newNameWithTag,
  ignoredTagSuffix,
  invalidImageTag,
  unpinnedRemote,
  unmatchedImage,
  nameNotFollowed,
  changedSelector,
  orphanManifest,
  unlistedHook,
  ignoredDirective,
  twoVersions,
  invalidGeneratorKey,
  repeatedLabel,
  patchByPosition,
  plainSecret,
  ...removableEntries,
  ...componentMixups,
  ...engineRules,
];
