import type { Rule } from "../../../analysis/rule";
import { allowEmpty } from "./allowEmpty";
import { ambiguousDestination } from "./ambiguousDestination";
import { annotationAsLabel } from "./annotationAsLabel";
import { annotationOnWrongKind } from "./annotationOnWrongKind";
import { automatedOff } from "./automatedOff";
import { automatedWithRollingSync } from "./automatedWithRollingSync";
import { brokenTemplate } from "./brokenTemplate";
import { chartRevision } from "./chartRevision";
import { constantName } from "./constantName";
import { crossFileRules } from "./crossFileRules";
import { deletePolicyWithoutHook } from "./deletePolicyWithoutHook";
import { denyAllPattern } from "./denyAllPattern";
import { duplicateProjectEntry } from "./duplicateProjectEntry";
import { duplicateRef } from "./duplicateRef";
import { duplicateSourceName } from "./duplicateSourceName";
import { generatedHookStays } from "./generatedHookStays";
import { generatorCount } from "./generatorCount";
import { generatorNesting } from "./generatorNesting";
import { gitGeneratorPaths } from "./gitGeneratorPaths";
import { hookExpires } from "./hookExpires";
import { ignoredNamespaceMetadata } from "./ignoredNamespaceMetadata";
import { ignoredSource } from "./ignoredSource";
import { ignoredTemplateNamespace } from "./ignoredTemplateNamespace";
import { incompleteHydrator } from "./incompleteHydrator";
import { incompleteSource } from "./incompleteSource";
import { ineffectiveStrategy } from "./ineffectiveStrategy";
import { invalidAnnotation } from "./invalidAnnotation";
import { invalidBackoff } from "./invalidBackoff";
import { invalidGroup } from "./invalidGroup";
import { invalidJqPath } from "./invalidJqPath";
import { invalidJsonPointer } from "./invalidJsonPointer";
import { invalidPolicy } from "./invalidPolicy";
import { invalidSchedule } from "./invalidSchedule";
import { invalidServiceAccount } from "./invalidServiceAccount";
import { invalidSyncWave } from "./invalidSyncWave";
import { listElementText } from "./listElementText";
import { longName } from "./longName";
import { missingDestination } from "./missingDestination";
import { missingKeyOption } from "./missingKeyOption";
import { misspeltKind } from "./misspeltKind";
import { ociChart } from "./ociChart";
import { optionsOfOtherTool } from "./optionsOfOtherTool";
import { pathBesideChart } from "./pathBesideChart";
import { refWithoutEffect } from "./refWithoutEffect";
import { severalSourceTypes } from "./severalSourceTypes";
import { templateSyntax } from "./templateSyntax";
import { trackingAnnotation } from "./trackingAnnotation";
import { unknownAnnotation } from "./unknownAnnotation";
import { unknownCompareOption } from "./unknownCompareOption";
import { unknownDeletePolicy } from "./unknownDeletePolicy";
import { unknownFinalizer } from "./unknownFinalizer";
import { unknownHook } from "./unknownHook";
import { unknownMergeKey } from "./unknownMergeKey";
import { unknownParameter } from "./unknownParameter";
import { unknownRef } from "./unknownRef";
import { unknownSecretType } from "./unknownSecretType";
import { unknownSyncOption } from "./unknownSyncOption";
import { unknownTimeZone } from "./unknownTimeZone";
import { versionInGroup } from "./versionInGroup";
import { windowWithoutTarget } from "./windowWithoutTarget";
import { withoutFinalizer } from "./withoutFinalizer";
import { withoutPrune } from "./withoutPrune";

/** Every rule about Argo CD. To add one, write its file here and add it to this list. */
export const argocdRules: readonly Rule[] = [
  incompleteSource,
  ignoredSource,
  pathBesideChart,
  severalSourceTypes,
  optionsOfOtherTool,
  ociChart,
  chartRevision,
  duplicateSourceName,
  duplicateRef,
  unknownRef,
  refWithoutEffect,
  missingDestination,
  ambiguousDestination,
  incompleteHydrator,
  invalidBackoff,
  ignoredNamespaceMetadata,
  allowEmpty,
  versionInGroup,
  misspeltKind,
  invalidJqPath,
  invalidJsonPointer,
  denyAllPattern,
  duplicateProjectEntry,
  invalidPolicy,
  invalidGroup,
  invalidSchedule,
  unknownTimeZone,
  windowWithoutTarget,
  invalidServiceAccount,
  generatorCount,
  generatorNesting,
  gitGeneratorPaths,
  unknownParameter,
  templateSyntax,
  missingKeyOption,
  constantName,
  listElementText,
  unknownMergeKey,
  ineffectiveStrategy,
  longName,
  automatedOff,
  ignoredTemplateNamespace,
  brokenTemplate,
  automatedWithRollingSync,
  unknownAnnotation,
  invalidAnnotation,
  invalidSyncWave,
  unknownHook,
  unknownDeletePolicy,
  deletePolicyWithoutHook,
  generatedHookStays,
  hookExpires,
  unknownSyncOption,
  unknownCompareOption,
  trackingAnnotation,
  annotationAsLabel,
  annotationOnWrongKind,
  unknownSecretType,
  unknownFinalizer,
  withoutFinalizer,
  withoutPrune,
  ...crossFileRules,
];
