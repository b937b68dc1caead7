import type { Rule } from "../../../analysis/rule";
import { annotationAsLabel } from "./annotationAsLabel";
import { deletePolicyWithoutHook } from "./deletePolicyWithoutHook";
import { generatedHookStays } from "./generatedHookStays";
import { invalidAnnotation } from "./invalidAnnotation";
import { invalidSyncWave } from "./invalidSyncWave";
import { trackingAnnotation } from "./trackingAnnotation";
import { unknownAnnotation } from "./unknownAnnotation";
import { unknownCompareOption } from "./unknownCompareOption";
import { unknownDeletePolicy } from "./unknownDeletePolicy";
import { unknownFinalizer } from "./unknownFinalizer";
import { unknownHook } from "./unknownHook";
import { unknownSyncOption } from "./unknownSyncOption";

/** Every rule about Argo CD. To add one, write its file here and add it to this list. */
export const argocdRules: readonly Rule[] = [
  unknownAnnotation,
  invalidAnnotation,
  invalidSyncWave,
  unknownHook,
  unknownDeletePolicy,
  deletePolicyWithoutHook,
  generatedHookStays,
  unknownSyncOption,
  unknownCompareOption,
  trackingAnnotation,
  annotationAsLabel,
  unknownFinalizer,
];
