import type { FieldPath } from "../../tekton/field";
import { insertEntry, removeAt } from "../../yaml/edit";
import { fragmentOf } from "../../yaml/moveValue";
import { getIn } from "../../yaml/node";
import type { RewriteStep } from "../../yaml/rewrite";

/**
 * The steps that move an entry into another mapping, which is made where the entry stands when it is not there. Nothing is done when there is
 * no such entry; gives up when the new place is taken.
 */
export function moveEntry(from: FieldPath, to: FieldPath): readonly RewriteStep[] {
  const key = String(to.at(-1));
  const parent = to.slice(0, -1);
  return [
    (document) => {
      if (getIn(document.root, from) === undefined) return [];
      const value = fragmentOf(document, from);
      if (value === undefined) return undefined;
      if (getIn(document.root, parent) !== undefined) return insertEntry(document, parent, { key, value });
      const around = getIn(document.root, parent.slice(0, -1));
      const at = around?.kind === "mapping" ? around.entries.findIndex((entry) => entry.key.text === from.at(-1)) : -1;
      const entry = { key: String(parent.at(-1)), value: new Map([[key, value]]), at: at < 0 ? undefined : at };
      return insertEntry(document, parent.slice(0, -1), entry);
    },
    (document) => (getIn(document.root, from) === undefined ? [] : removeAt(document, from)),
  ];
}
