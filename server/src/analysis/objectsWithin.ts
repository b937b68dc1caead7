import { getValue, type Node, textOf } from "../yaml/node";

/** The objects of an object: the items of a list, what a template makes; else the object itself. */
export function objectsWithin(root: Node): readonly Node[] {
  const kind = textOf(getValue(root, "kind"));
  const field = kind === "Template" ? "objects" : kind?.endsWith("List") ? "items" : undefined;
  const list = field === undefined ? undefined : getValue(root, field);
  if (list?.kind !== "sequence") return [root];
  const inner = list.items.filter((item) => textOf(getValue(item, "apiVersion")) !== undefined);
  return kind === "Template" ? [root, ...inner] : inner;
}
