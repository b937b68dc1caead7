import type { Scalar } from "../yaml/node";
import type { SubstitutedField } from "./substitutedFields";
import type { Variable } from "./variables";

/** What is wrong with a variable, apart from where it stands. */
export type VariableFault =
  /** No such parameter is declared. */
  | { readonly kind: "unknownParameter"; readonly name: string; readonly known: readonly string[] }
  /** There is no such thing: a workspace, a result, a step, a task. */
  | { readonly kind: "unknownName"; readonly what: string; readonly name: string; readonly known: readonly string[] }
  /** The thing is there, but it has no such property, for example `workspaces.source.pat`. */
  | { readonly kind: "unknownProperty"; readonly of: string; readonly name: string; readonly known: readonly string[] }
  /** The name has a point in it and must stand in brackets. */
  | { readonly kind: "needsBrackets"; readonly name: string }
  /** Tekton does not replace it in this place; `where` says where it would, for example `in the tasks of \`finally\``. */
  | { readonly kind: "notHere"; readonly where: string }
  /** Text for a shell in a place that Tekton reads as a variable. */
  | { readonly kind: "noVariable" }
  /** A task that runs once for each combination of a matrix has a list of results, of which only the whole can be named. */
  | { readonly kind: "matrixResult"; readonly name: string }
  /** An array or object in a place for a text, or a text taken for an array or object. */
  | { readonly kind: "wrongType"; readonly name: string; readonly fault: TypeFault };

export type TypeFault = "arrayInText" | "arrayNotAlone" | "objectInText" | "noArray" | "noObject";

/** A variable that names nothing, or not here. */
export interface VariableProblem {
  readonly scalar: Scalar;
  readonly variable: Variable;
  readonly field: SubstitutedField;
  readonly fault: VariableFault;
  /** The webhook refuses the object; else it is taken, and the text is never replaced or the run fails. */
  readonly refused: boolean;
}

/** A variable at its place. */
export interface VariableUse {
  readonly scalar: Scalar;
  readonly variable: Variable;
  readonly field: SubstitutedField;
}

/** A fault at its place; `refused` is what the field says unless something else is known. */
export function problemOf(use: VariableUse, fault: VariableFault, refused = use.field.checked): VariableProblem {
  return { ...use, fault, refused };
}

/** A fault when the name is not among the known ones. */
export function unlessKnown(
  what: string,
  name: string,
  known: Iterable<string>,
): Extract<VariableFault, { kind: "unknownName" }> | undefined {
  const names = [...known];
  return names.includes(name) ? undefined : { kind: "unknownName", what, name, known: names };
}
