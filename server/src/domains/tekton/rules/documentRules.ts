import type { Rule } from "../../../analysis/rule";
import { clusterTask } from "./clusterTask";
import { customTask } from "./customTask";
import { embeddedTaskKind } from "./embeddedTaskKind";
import { incompleteWhen } from "./incompleteWhen";
import { missingResolverParam } from "./missingResolverParam";
import { nameTooLong } from "./nameTooLong";
import { noSteps } from "./noSteps";
import { nothingToRun } from "./nothingToRun";
import { objectName } from "./objectName";
import { objectWithoutProperties } from "./objectWithoutProperties";
import { onErrorValue } from "./onErrorValue";
import { onErrorWithRetries } from "./onErrorWithRetries";
import { paramDefault } from "./paramDefault";
import { paramEnum } from "./paramEnum";
import { referenceConflict } from "./referenceConflict";
import { reservedMount } from "./reservedMount";
import { reservedSidecar } from "./reservedSidecar";
import { resolverConflict } from "./resolverConflict";
import { resultValue } from "./resultValue";
import { scriptAndCommand } from "./scriptAndCommand";
import { severalToRun } from "./severalToRun";
import { sharedMountPath } from "./sharedMountPath";
import { stepRefConflict } from "./stepRefConflict";
import { stepWithoutImage } from "./stepWithoutImage";
import { taskApiVersion } from "./taskApiVersion";
import { undeclaredWorkspace } from "./undeclaredWorkspace";
import { undefinedVolume } from "./undefinedVolume";
import { unknownResolverParam } from "./unknownResolverParam";
import { unquotedVersion } from "./unquotedVersion";

/** The rules that look at one object of Tekton alone. */
export const documentRules: readonly Rule[] = [
  nameTooLong,
  noSteps,
  stepWithoutImage,
  scriptAndCommand,
  stepRefConflict,
  onErrorValue,
  onErrorWithRetries,
  reservedMount,
  reservedSidecar,
  sharedMountPath,
  undeclaredWorkspace,
  undefinedVolume,
  paramDefault,
  objectWithoutProperties,
  objectName,
  paramEnum,
  resultValue,
  incompleteWhen,
  nothingToRun,
  severalToRun,
  embeddedTaskKind,
  customTask,
  taskApiVersion,
  clusterTask,
  referenceConflict,
  missingResolverParam,
  unknownResolverParam,
  resolverConflict,
  unquotedVersion,
];
