import { fieldOf, isList, isMap, type Json, type JsonPath } from "../kubernetes/json";
import { findItemKey } from "../kubernetes/listKeys";
import { getValue, type Node, textOf } from "../yaml/node";

/**
 * The rendered value that stands for the value at a path of another state of the same object, whose lists may hold other items in another
 * order: items are matched by their names where they have such. Where the rendered object has no such value, the nearest around it.
 */
export function findRendered(root: Node, state: Json, path: JsonPath): Node {
  let node = root;
  let value: Json | undefined = state;
  for (const step of path) {
    const below = typeof step === "string" ? getValue(node, step) : itemOf(node, value, step);
    value = typeof step === "string" ? fieldOf(value, step) : isList(value) ? value[step] : undefined;
    if (below === undefined) return node;
    node = below;
  }
  return node;
}

function itemOf(node: Node, list: Json | undefined, index: number): Node | undefined {
  if (node.kind !== "sequence" || !isList(list)) return undefined;
  const item = list[index];
  if (!isMap(item) || findItemKey(list) === undefined) return node.items[index];
  const name = fieldOf(item, "name");
  if (typeof name !== "string") return node.items[index];
  return node.items.find((each) => textOf(getValue(each, "name")) === name);
}
