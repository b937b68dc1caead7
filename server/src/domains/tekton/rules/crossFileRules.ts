import type { Rule } from "../../../analysis/rule";
import { changedRun } from "./changedRun";
import { forbiddenVariable } from "./forbiddenVariable";
import { imageNotInOverlay } from "./imageNotInOverlay";
import { misplacedVariable } from "./misplacedVariable";
import { missingGitPath } from "./missingGitPath";
import { missingOverlay } from "./missingOverlay";
import { missingParameter } from "./missingParameter";
import { missingRunObject } from "./missingRunObject";
import { missingTask } from "./missingTask";
import { parameterMismatch } from "./parameterMismatch";
import { parameterType } from "./parameterType";
import { severalClaims } from "./severalClaims";
import { unboundWorkspace } from "./unboundWorkspace";
import { unexpectedParameter } from "./unexpectedParameter";
import { unexpectedWorkspace } from "./unexpectedWorkspace";
import { unknownParameter } from "./unknownParameter";
import { unknownResult } from "./unknownResult";
import { unknownVariable } from "./unknownVariable";
import { unlistedSecret } from "./unlistedSecret";
import { unusedParameter } from "./unusedParameter";
import { unusedWorkspace } from "./unusedWorkspace";
import { workspaceMismatch } from "./workspaceMismatch";
import { wrongVariableType } from "./wrongVariableType";

/** The rules about variables, and about what several objects of Tekton say of each other. */
export const crossFileRules: readonly Rule[] = [
  unknownParameter,
  unknownVariable,
  misplacedVariable,
  wrongVariableType,
  parameterMismatch,
  missingParameter,
  unexpectedParameter,
  parameterType,
  workspaceMismatch,
  unboundWorkspace,
  unexpectedWorkspace,
  changedRun,
  severalClaims,
  forbiddenVariable,
  imageNotInOverlay,
  missingGitPath,
  missingOverlay,
  missingRunObject,
  missingTask,
  unknownResult,
  unlistedSecret,
  unusedParameter,
  unusedWorkspace,
];
