import type { ParamSpec, ParamValue, ValueType } from "./param";
import { valueTypeOf } from "./param";
import type { SubstitutedField } from "./substitutedFields";
import type { TypeFault, VariableFault, VariableUse } from "./variableProblem";
import { isAlone } from "./variables";

/** A parameter that variables may name. */
export interface KnownParam {
  /** `undefined` when it cannot be told, for example because a run gives it a text that may hold anything. */
  readonly type?: ValueType | undefined;
  /** The keys of an object. */
  readonly keys?: ReadonlySet<string> | undefined;
}

/** The parameters that variables may name, by name. */
export type ParamScope = ReadonlyMap<string, KnownParam>;

/** What is declared, and what a run gives; the nearest first. */
export function paramScope(
  declared: readonly (readonly ParamSpec[])[],
  given: readonly (readonly ParamValue[])[] = [],
): ParamScope {
  const scope = new Map<string, KnownParam>();
  for (const { name, type, properties } of declared.flat()) {
    if (name === "" || scope.has(name)) continue;
    const keys = properties && new Set(properties.entries.map(({ key }) => key.text));
    scope.set(name, { type, keys });
  }
  for (const { name, value } of given.flat()) {
    if (name === "" || scope.has(name)) continue;
    const type = value === undefined || value.kind === "scalar" ? undefined : valueTypeOf(value);
    scope.set(name, { type });
  }
  return scope;
}

/**
 * What is wrong with a `$(params.…)`. Upstream: `ValidateNoReferencesToUnknownVariables` and its siblings in pkg/substitution, of which
 * a name without brackets has at most two parts, the second one the key of an object.
 */
export function paramFault(use: VariableUse, scope: ParamScope): VariableFault | undefined {
  const { variable, field } = use;
  const [, name = "", key, ...more] = variable.names;
  if (name === "") return undefined;
  const known = scope.get(name);
  if (!variable.bracketed && key !== undefined && (more.length > 0 || known === undefined)) {
    const whole = [name, key, ...more].join(".");
    if (scope.has(whole)) return { kind: "needsBrackets", name: whole };
    if (known !== undefined) return { kind: "wrongType", name, fault: "noObject" };
  }
  if (known === undefined) return { kind: "unknownParameter", name, known: [...scope.keys()] };
  if (variable.bracketed && key !== undefined) return undefined;
  if (key !== undefined) return keyFault(name, key, known);
  const fault = typeFault(use, known, field.holds);
  return fault && { kind: "wrongType", name, fault };
}

function keyFault(name: string, key: string, { type, keys }: KnownParam): VariableFault | undefined {
  if (type === undefined) return undefined;
  if (type !== "object") return { kind: "wrongType", name, fault: "noObject" };
  if (keys === undefined || keys.has(key)) return undefined;
  return { kind: "unknownProperty", of: `params.${name}`, name: key, known: [...keys] };
}

function typeFault(
  { variable, scalar }: VariableUse,
  { type }: KnownParam,
  holds: SubstitutedField["holds"],
): TypeFault | undefined {
  const { index } = variable;
  const alone = isAlone(variable, scalar.text);
  const isWhole = index === undefined || index === "*";
  if (type === "string") return index === undefined ? undefined : "noArray";
  if (type === undefined || (holds === "value" && alone && index === "*")) return undefined;
  if (type === "object") return isWhole ? "objectInText" : "noArray";
  if (!isWhole) return undefined;
  if (holds !== "item") return "arrayInText";
  return alone ? undefined : "arrayNotAlone";
}

/** Whether the webhook, too, sees a fault of this kind in a field that it checks. */
export function isRefused(fault: VariableFault, field: SubstitutedField): boolean {
  if (fault.kind === "wrongType" && (fault.fault === "noArray" || fault.fault === "noObject")) return false;
  return field.checked;
}
