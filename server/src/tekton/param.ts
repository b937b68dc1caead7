import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { type Field, type NamedField, namedFieldsAt } from "./field";

/** The types of parameters and results. */
export type ValueType = "string" | "array" | "object";

/** A parameter that a Task, Pipeline or StepAction declares. */
export interface ParamSpec extends NamedField {
  /** The type as written, or as Tekton infers it; `undefined` for a word that is no type. */
  readonly type: ValueType | undefined;
  readonly default?: Node | undefined;
  /** The keys of an object. */
  readonly properties?: Mapping | undefined;
}

/** A value that is given to a parameter. */
export interface ParamValue extends NamedField {
  readonly value?: Node | undefined;
}

/** The parameters declared by the field `params`. */
export function paramSpecsOf(field: Field): readonly ParamSpec[] {
  return namedFieldsAt(field, "params").map((param) => {
    const properties = getValue(param.node, "properties");
    return {
      ...param,
      type: typeOf(param.node),
      default: getValue(param.node, "default"),
      properties: properties?.kind === "mapping" ? properties : undefined,
    };
  });
}

/** The values given by the field `params`. */
export function paramValuesOf(field: Field): readonly ParamValue[] {
  return namedFieldsAt(field, "params").map((param) => ({ ...param, value: getValue(param.node, "value") }));
}

/**
 * The type of a value as it is written: scalars of any kind are strings. Upstream: `ParamValue.UnmarshalJSON`, which also takes text
 * that holds a JSON array or object apart at run time; that is no concern here.
 */
export function valueTypeOf(value: Node): ValueType {
  if (value.kind === "sequence") return "array";
  return value.kind === "mapping" ? "object" : "string";
}

/**
 * Whether a list or map holds texts only. Of numbers, booleans, and lists or maps within, Tekton makes one text of the whole value,
 * in JSON (upstream: `ParamValue.UnmarshalJSON`).
 */
export function holdsTexts(value: Node): boolean {
  const inner =
    value.kind === "sequence" ? value.items : value.kind === "mapping" ? value.entries.map((entry) => entry.value) : [];
  return inner.every((each) => each.kind === "scalar" && !notText.has(each.tag));
}

const notText: ReadonlySet<string> = new Set(["int", "float", "bool"]);

/** Upstream: `ParamSpec.SetDefaults`: the type that is written, else `object` with properties, else that of the default. */
function typeOf(param: Mapping): ValueType | undefined {
  const written = textOf(getValue(param, "type"));
  if (written !== undefined && written !== "") return types.find((type) => type === written);
  if (getValue(param, "properties")?.kind === "mapping") return "object";
  const value = getValue(param, "default");
  return value === undefined ? "string" : valueTypeOf(value);
}

const types: readonly ValueType[] = ["string", "array", "object"];
