import type { Mapping, Node, Sequence } from "../../yaml/node";
import { getValue, withoutKey } from "../../yaml/node";
import { MergeConflict } from "./conflict";
import { matchField, removeElements } from "./elements";

/** What a patch wants done with the value it meets. */
export type Directive = "merge" | "replace" | "delete";

/** A directive, and the patch without it. */
export interface Directed<T extends Node> {
  readonly directive: Directive;
  readonly patch: T;
}

const directiveKey = "$patch";

/**
 * Takes `$patch` out of a mapping of a strategic-merge patch (upstream `kyaml/yaml/merge2/smpdirective.go`).
 * @throws MergeConflict for a word other than merge, replace and delete
 */
export function directiveOfMapping(patch: Mapping): Directed<Mapping> {
  const value = getValue(patch, directiveKey);
  if (value === undefined) return { directive: "merge", patch };
  return { directive: read(value), patch: withoutKey(patch, directiveKey) };
}

/**
 * Takes an element `$patch: …` that says nothing else out of a list of a patch, and with it every element that has the same
 * directive (as upstream does).
 * @throws MergeConflict for a word other than merge, replace and delete
 */
export function directiveOfList(patch: Sequence): Directed<Sequence> {
  const element = patch.items.find((item) => item.kind === "mapping" && getValue(item, directiveKey) !== undefined);
  const value = getValue(element, directiveKey);
  if (value === undefined || (element?.kind === "mapping" && element.entries.length > 1)) {
    return { directive: "merge", patch };
  }
  const directive = read(value);
  const items = removeElements(patch.items, (item) => matchField(item, directiveKey, directive) !== undefined);
  return { directive, patch: { ...patch, items } };
}

function read(value: Node): Directive {
  const word = value.kind === "scalar" ? value.text : "";
  if (word === "merge" || word === "replace" || word === "delete") return word;
  throw new MergeConflict(`unknown patch strategy '${word}'`, value);
}
