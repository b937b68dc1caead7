import type { Rule } from "../../../analysis/rule";
import { misplacedVariable } from "./misplacedVariable";
import { missingParameter } from "./missingParameter";
import { parameterMismatch } from "./parameterMismatch";
import { parameterType } from "./parameterType";
import { unboundWorkspace } from "./unboundWorkspace";
import { unexpectedParameter } from "./unexpectedParameter";
import { unexpectedWorkspace } from "./unexpectedWorkspace";
import { unknownParameter } from "./unknownParameter";
import { unknownVariable } from "./unknownVariable";
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
];
