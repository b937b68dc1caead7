import { getIn, getValue, type Mapping, textOf } from "../yaml/node";

/** The objects that a TriggerTemplate makes, as it writes them: with `$(tt.params.…)` in them. None for any other object. */
export function templatedNodes(node: Mapping): readonly Mapping[] {
  if (textOf(getValue(node, "kind")) !== "TriggerTemplate") return [];
  const list = getIn(node, ["spec", "resourcetemplates"]);
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => (item.kind === "mapping" ? [item] : []));
}
