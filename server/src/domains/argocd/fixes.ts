import { documentOf, pathAt, removeFix } from "../../analysis/repair";
import type { Rule } from "../../analysis/rule";

type MakeFixes = NonNullable<Rule["fix"]>;

/** Removes the field at whose key a finding stands. Of a patch inside of a kustomization it leaves all as it is. */
export const removeField: MakeFixes = (finding, context) => {
  const { file, start, end } = finding.place;
  const document = documentOf(finding, context);
  const path = document && pathAt(document, start, end);
  const name = file.text.slice(start, end).replace(/^(["'])(.*)\1$/, "$2");
  if (document === undefined || path?.at(-1) !== name) return [];
  return removeFix(`Remove '${name}'`, document, path).map((fix) => ({ ...fix, preferred: true }));
};

/** Removes the item of a list at which a finding stands. */
export const removeItem: MakeFixes = (finding, context) => {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  const isItem = path !== undefined && typeof path.at(-1) === "number";
  return document === undefined || !isItem ? [] : removeFix("Remove this entry", document, path);
};
