import type { Rule } from "../../../analysis/rule";
import { badFormat } from "./badFormat";
import { badPattern } from "./badPattern";
import { containerWithoutImage } from "./containerWithoutImage";
import { deprecatedApi } from "./deprecatedApi";
import { duplicatePodPart } from "./duplicatePodPart";
import { exportedFields } from "./exportedFields";
import { incompleteObject } from "./incompleteObject";
import { invalidLabel } from "./invalidLabel";
import { invalidName } from "./invalidName";
import { jsonPatchOperation } from "./jsonPatchOperation";
import { limitsBelowRequests } from "./limitsBelowRequests";
import { missingClaim } from "./missingClaim";
import { missingConfigMap } from "./missingConfigMap";
import { missingField } from "./missingField";
import { missingKey } from "./missingKey";
import { missingProbePort } from "./missingProbePort";
import { missingScaleTarget } from "./missingScaleTarget";
import { missingSecret } from "./missingSecret";
import { missingService } from "./missingService";
import { missingServiceAccount } from "./missingServiceAccount";
import { missingServicePort } from "./missingServicePort";
import { missingTargetPort } from "./missingTargetPort";
import { missingVolume } from "./missingVolume";
import { nameAndGenerateName } from "./nameAndGenerateName";
import { namespaceOnClusterKind } from "./namespaceOnClusterKind";
import { outOfBounds } from "./outOfBounds";
import { patchedValue } from "./patchedValue";
import { plainSecret } from "./plainSecret";
import { removedApi } from "./removedApi";
import { routeConflict } from "./routeConflict";
import { routeWithoutRedirect } from "./routeWithoutRedirect";
import { routeWithoutTls } from "./routeWithoutTls";
import { selectorMismatch } from "./selectorMismatch";
import { selectsNoPods } from "./selectsNoPods";
import { sharedRouteHost } from "./sharedRouteHost";
import { unknownField } from "./unknownField";
import { unknownImage } from "./unknownImage";
import { unknownValue } from "./unknownValue";
import { unpinnedImage } from "./unpinnedImage";
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
  containerWithoutImage,
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
  missingKey,
  unpinnedImage,
  unknownImage,
  limitsBelowRequests,
  missingVolume,
  missingProbePort,
  duplicatePodPart,
  selectsNoPods,
  missingTargetPort,
  missingServicePort,
  plainSecret,
  exportedFields,
  invalidLabel,
  routeConflict,
  routeWithoutTls,
  incompleteObject,
  sharedRouteHost,
  routeWithoutRedirect,
];
