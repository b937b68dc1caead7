import type { FieldPath } from "../../tekton/field";
import type { SourceDocument } from "../../yaml/document";
import { type Edits, insertEntry, removeAt } from "../../yaml/edit";
import { fragmentOf } from "../../yaml/moveValue";
import { getIn } from "../../yaml/node";
import type { RewriteStep } from "../../yaml/rewrite";
import { lineStart } from "../../yaml/textEdit";

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
      if (getIn(document.root, parent) === undefined) return wrap(document, from, to) ?? wrapBlock(document, from, to);
      const value = fragmentOf(document, from);
      return value === undefined ? undefined : insertEntry(document, parent, { key, value });
    },
    (document) => (getIn(document.root, from) === undefined ? [] : removeAt(document, from)),
  ];
}

/** Puts the new key above an entry of one line, which keeps its comments so; `undefined` for any other entry. */
function wrap({ root, file }: SourceDocument, from: FieldPath, to: FieldPath): Edits {
  const around = getIn(root, from.slice(0, -1));
  const entry = around?.kind === "mapping" ? around.entries.find(({ key }) => key.text === from.at(-1)) : undefined;
  if (entry?.value.kind !== "scalar") return undefined;
  const { start, end } = entry.key.origin.place;
  const margin = file.text.slice(lineStart(file.text, start), start);
  const written = file.text.slice(start, entry.value.origin.place.end);
  if (!/^ *$/.test(margin) || /[\r\n]/.test(written)) return undefined;
  const eol = file.text.includes("\r\n") ? "\r\n" : "\n";
  return [{ start, end, text: `${String(to.at(-2))}:${eol}${margin}  ${String(to.at(-1))}` }];
}

function wrapBlock(document: SourceDocument, from: FieldPath, to: FieldPath): Edits {
  const value = fragmentOf(document, from);
  if (value === undefined) return undefined;
  const outer = to.slice(0, -2);
  const around = getIn(document.root, outer);
  const at = around?.kind === "mapping" ? around.entries.findIndex(({ key }) => key.text === from.at(-1)) : -1;
  const made = new Map([[String(to.at(-1)), value]]);
  return insertEntry(document, outer, { key: String(to.at(-2)), value: made, at: at < 0 ? undefined : at });
}
