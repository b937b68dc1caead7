import { getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";

/** Keys and positions from the root of an object down to a value. */
export type FieldPath = readonly (string | number)[];

/** A mapping within an object, and the way to it. */
export interface Field {
  readonly node: Mapping;
  readonly path: FieldPath;
}

/** A mapping that has a name, for example a step or a parameter. */
export interface NamedField extends Field {
  /** Empty while there is none. */
  readonly name: string;
  /** Where the name is written; absent while there is none. */
  readonly nameNode?: Scalar | undefined;
}

/** The mapping that is the value of a key; `undefined` when it is something else. */
export function fieldAt({ node, path }: Field, key: string): Field | undefined {
  const value = getValue(node, key);
  return value?.kind === "mapping" ? { node: value, path: [...path, key] } : undefined;
}

/** The mappings of the list that is the value of a key; what else the list holds is left out. */
export function fieldsAt({ node, path }: Field, key: string): readonly Field[] {
  const list = getValue(node, key);
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item, i) => (item.kind === "mapping" ? [{ node: item, path: [...path, key, i] }] : []));
}

/** The same with their names. */
export function namedFieldsAt(field: Field, key: string): readonly NamedField[] {
  return fieldsAt(field, key).map(withName);
}

/** A mapping with its name. */
export function withName(field: Field): NamedField {
  const nameNode = scalarAt(field.node, "name");
  return { ...field, name: nameNode?.text ?? "", nameNode };
}

/** The scalar that is the value of a key; `undefined` when it is null or something else. */
export function scalarAt(node: Node | undefined, key: string): Scalar | undefined {
  const value = getValue(node, key);
  return value?.kind === "scalar" && value.tag !== "null" ? value : undefined;
}

/** The scalars of the list that is the value of a key. */
export function scalarsAt(node: Node | undefined, key: string): readonly Scalar[] {
  const list = getValue(node, key);
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => (item.kind === "scalar" && item.tag !== "null" ? [item] : []));
}

/** Whether a field is written and is not empty: what Go's `omitempty` and `!= nil` see of it. */
export function isSet(node: Node | undefined, key: string): boolean {
  const value = getValue(node, key);
  if (value === undefined) return false;
  if (value.kind === "sequence") return value.items.length > 0;
  return value.kind === "mapping" || (textOf(value) ?? "") !== "";
}
