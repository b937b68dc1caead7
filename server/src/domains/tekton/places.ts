import type { NamedField } from "../../tekton/field";
import type { Mapping, Node } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** Where a key of a mapping is written; the mapping itself when the key is not there. */
export function keyPlace(node: Mapping, key: string): Place {
  return (node.entries.find((entry) => entry.key.text === key)?.key ?? node.entries[0]?.key ?? node).origin.place;
}

/** Where to point at for all of a mapping: its name, else its first key. */
export function headPlace({ node, nameNode }: Pick<NamedField, "node" | "nameNode">): Place {
  return (nameNode ?? node.entries[0]?.key ?? node).origin.place;
}

/** Where a value is written; of a list or map the key that holds it. */
export function valuePlace(node: Mapping, key: string): Place {
  const entry = node.entries.find((each) => each.key.text === key);
  const value: Node | undefined = entry?.value;
  return value?.kind === "scalar" && value.origin.place.start < value.origin.place.end
    ? value.origin.place
    : keyPlace(node, key);
}
