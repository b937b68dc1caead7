import { getValue, type Mapping, type Node, type Scalar } from "../yaml/node";
import { toPointerStep } from "../yaml/pointerStep";

/** Reads decoded configurations: the types were checked, so what is there has the right one. */

/** A value in a configuration, with its JSON pointer in the file. */
export interface Field<N extends Node = Node> {
  readonly node: N;
  readonly path: string;
}

/** The text of a field; empty when it is absent, as in Go. */
export function textField(mapping: Node | undefined, name: string): string {
  const value = getValue(mapping, name);
  return value?.kind === "scalar" ? value.text : "";
}

/** A boolean field; false when it is absent. */
export function flagField(mapping: Node | undefined, name: string): boolean {
  const value = getValue(mapping, name);
  return value?.kind === "scalar" && value.text === "true";
}

/** The mapping in a field; `undefined` when it is absent. */
export function mappingField(mapping: Node | undefined, name: string): Mapping | undefined {
  const value = getValue(mapping, name);
  return value?.kind === "mapping" ? value : undefined;
}

/** The scalars of a list field with their pointers; empty when it is absent. */
export function scalarItems(field: Field, name: string): readonly Field<Scalar>[] {
  return itemsOf(field, name).filter((item): item is Field<Scalar> => item.node.kind === "scalar");
}

/** The mappings of a list field with their pointers; empty when it is absent. */
export function mappingItems(field: Field, name: string): readonly Field<Mapping>[] {
  return itemsOf(field, name).filter((item): item is Field<Mapping> => item.node.kind === "mapping");
}

/** The texts of a list field; empty when it is absent. */
export function textItems(mapping: Node | undefined, name: string): readonly string[] {
  const value = getValue(mapping, name);
  if (value?.kind !== "sequence") return [];
  return value.items.flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}

/** The entries of a field that maps names to strings; empty when it is absent. */
export function pairsField(mapping: Node | undefined, name: string): ReadonlyMap<string, Scalar> {
  const value = mappingField(mapping, name);
  const pairs = new Map<string, Scalar>();
  for (const entry of value?.entries ?? []) if (entry.value.kind === "scalar") pairs.set(entry.key.text, entry.value);
  return pairs;
}

function itemsOf(field: Field, name: string): readonly Field[] {
  const value = getValue(field.node, name);
  if (value?.kind !== "sequence") return [];
  return value.items.map((node, i) => ({ node, path: `${field.path}/${toPointerStep(name)}/${i}` }));
}
