import type { Rule } from "../../../analysis/rule";
import { misplacedVariable } from "./misplacedVariable";
import { unknownParameter } from "./unknownParameter";
import { unknownVariable } from "./unknownVariable";
import { wrongVariableType } from "./wrongVariableType";

/** The rules about variables, and about what several objects of Tekton say of each other. */
export const crossFileRules: readonly Rule[] = [
  unknownParameter,
  unknownVariable,
  misplacedVariable,
  wrongVariableType,
];
