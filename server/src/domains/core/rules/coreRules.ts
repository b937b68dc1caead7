import type { Rule } from "../../../analysis/rule";
import { badFormat } from "./badFormat";
import { badPattern } from "./badPattern";
import { deprecatedApi } from "./deprecatedApi";
import { invalidName } from "./invalidName";
import { jsonPatchOperation } from "./jsonPatchOperation";
import { missingClaim } from "./missingClaim";
import { missingConfigMap } from "./missingConfigMap";
import { missingField } from "./missingField";
import { missingScaleTarget } from "./missingScaleTarget";
import { missingSecret } from "./missingSecret";
import { missingService } from "./missingService";
import { missingServiceAccount } from "./missingServiceAccount";
import { nameAndGenerateName } from "./nameAndGenerateName";
import { namespaceOnClusterKind } from "./namespaceOnClusterKind";
import { outOfBounds } from "./outOfBounds";
import { patchedValue } from "./patchedValue";
import { removedApi } from "./removedApi";
import { selectorMismatch } from "./selectorMismatch";
import { unknownField } from "./unknownField";
import { unknownValue } from "./unknownValue";
import { wrongType } from "./wrongType";
import { yamlBoolean } from "./yamlBoolean";

/** Every rule about objects of any kind. To add one, write its file here and add it to this list. */
export const coreRules: readonly Rule[] = [
  unknownField,
  wrongType,
  yamlBoolean,
  missingField,
  unknownValue,
  badFormat,
  badPattern,
  outOfBounds,
  patchedValue,
  jsonPatchOperation,
  invalidName,
  nameAndGenerateName,
  namespaceOnClusterKind,
  selectorMismatch,
  removedApi,
  deprecatedApi,
  missingConfigMap,
  missingSecret,
  missingClaim,
  missingServiceAccount,
  missingService,
  missingScaleTarget,
];
