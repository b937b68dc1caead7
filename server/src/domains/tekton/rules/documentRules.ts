import type { Rule } from "../../../analysis/rule";
import { bashWithoutShebang } from "./bashWithoutShebang";
import { bindingExpression } from "./bindingExpression";
import { bundleReference } from "./bundleReference";
import { clientConfig } from "./clientConfig";
import { clusterTask } from "./clusterTask";
import { customTask } from "./customTask";
import { duplicateName } from "./duplicateName";
import { embeddedTaskKind } from "./embeddedTaskKind";
import { emptyTemplate } from "./emptyTemplate";
import { incompleteWhen } from "./incompleteWhen";
import { interceptorTarget } from "./interceptorTarget";
import { listenerResources } from "./listenerResources";
import { listenerWithoutTriggers } from "./listenerWithoutTriggers";
import { matrixSize } from "./matrixSize";
import { matrixValue } from "./matrixValue";
import { missingResolverParam } from "./missingResolverParam";
import { nameTooLong } from "./nameTooLong";
import { negativeTimeout } from "./negativeTimeout";
import { noSteps } from "./noSteps";
import { noTasks } from "./noTasks";
import { nothingToRun } from "./nothingToRun";
import { objectName } from "./objectName";
import { objectWithoutProperties } from "./objectWithoutProperties";
import { oldVersion } from "./oldVersion";
import { onErrorValue } from "./onErrorValue";
import { onErrorWithRetries } from "./onErrorWithRetries";
import { paramDefault } from "./paramDefault";
import { paramEnum } from "./paramEnum";
import { paramInActionScript } from "./paramInActionScript";
import { paramInMatrix } from "./paramInMatrix";
import { payloadValidation } from "./payloadValidation";
import { pushToMain } from "./pushToMain";
import { referenceConflict } from "./referenceConflict";
import { removedField } from "./removedField";
import { reservedMount } from "./reservedMount";
import { reservedSidecar } from "./reservedSidecar";
import { resolverConflict } from "./resolverConflict";
import { resourcesTwice } from "./resourcesTwice";
import { resultInRun } from "./resultInRun";
import { resultValue } from "./resultValue";
import { runAfterInFinally } from "./runAfterInFinally";
import { scriptAndCommand } from "./scriptAndCommand";
import { severalToRun } from "./severalToRun";
import { sharedMountPath } from "./sharedMountPath";
import { statusMessage } from "./statusMessage";
import { stepActionVolume } from "./stepActionVolume";
import { stepRefConflict } from "./stepRefConflict";
import { stepWithoutImage } from "./stepWithoutImage";
import { taskApiVersion } from "./taskApiVersion";
import { taskCycle } from "./taskCycle";
import { timeoutTooLong } from "./timeoutTooLong";
import { timeoutTwice } from "./timeoutTwice";
import { triggerBinding } from "./triggerBinding";
import { triggerTarget } from "./triggerTarget";
import { undeclaredTemplateParam } from "./undeclaredTemplateParam";
import { undeclaredWorkspace } from "./undeclaredWorkspace";
import { undefinedVolume } from "./undefinedVolume";
import { unknownInterceptorParam } from "./unknownInterceptorParam";
import { unknownResolverParam } from "./unknownResolverParam";
import { unknownTask } from "./unknownTask";
import { unknownTaskRunSpec } from "./unknownTaskRunSpec";
import { unpinnedImage } from "./unpinnedImage";
import { unquotedVersion } from "./unquotedVersion";
import { unusedTemplateParam } from "./unusedTemplateParam";
import { verificationKey } from "./verificationKey";
import { webhookHeader } from "./webhookHeader";
import { workspaceVolume } from "./workspaceVolume";

/** The rules that look at one object of Tekton alone. */
export const documentRules: readonly Rule[] = [
  nameTooLong,
  duplicateName,
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
  noTasks,
  nothingToRun,
  severalToRun,
  embeddedTaskKind,
  customTask,
  taskApiVersion,
  clusterTask,
  unknownTask,
  taskCycle,
  runAfterInFinally,
  matrixValue,
  matrixSize,
  paramInMatrix,
  referenceConflict,
  missingResolverParam,
  unknownResolverParam,
  resolverConflict,
  unquotedVersion,
  workspaceVolume,
  resourcesTwice,
  statusMessage,
  negativeTimeout,
  timeoutTooLong,
  timeoutTwice,
  unknownTaskRunSpec,
  stepActionVolume,
  paramInActionScript,
  resultInRun,
  oldVersion,
  removedField,
  bundleReference,
  bashWithoutShebang,
  pushToMain,
  unpinnedImage,
  verificationKey,
  listenerWithoutTriggers,
  listenerResources,
  triggerTarget,
  triggerBinding,
  bindingExpression,
  interceptorTarget,
  webhookHeader,
  emptyTemplate,
  undeclaredTemplateParam,
  unusedTemplateParam,
  unknownInterceptorParam,
  clientConfig,
  payloadValidation,
];
