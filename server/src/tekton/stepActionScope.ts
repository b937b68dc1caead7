import { isRefused, paramFault, paramScope } from "./paramScope";
import { stepFields, substitutedTexts } from "./substitutedFields";
import type { StepActionView } from "./task";
import { problemOf, type VariableProblem } from "./variableProblem";
import { findVariables } from "./variables";

/** The parameters in the fields of a StepAction that it does not declare. None may stand in its script, which is another matter. */
export function* stepActionVariableProblems(action: StepActionView): Iterable<VariableProblem> {
  const scope = paramScope([action.params]);
  for (const { scalar, field } of substitutedTexts(action, stepFields)) {
    if (scalar === action.script) continue;
    for (const variable of findVariables(scalar.text)) {
      if (variable.names[0] !== "params") continue;
      const use = { scalar, field, variable };
      const fault = paramFault(use, scope);
      if (fault !== undefined) yield problemOf(use, fault, isRefused(fault, field));
    }
  }
}
