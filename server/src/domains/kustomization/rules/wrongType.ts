import type { Fix } from "../../../analysis/finding";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import type { SourceDocument } from "../../../yaml/document";
import { setValue } from "../../../yaml/edit";
import type { YamlPath } from "../../../yaml/editTree";
import { toEditValue } from "../../../yaml/moveValue";
import { getIn } from "../../../yaml/node";
import { fieldProblems } from "./fieldProblems";

/** A value of a type that the field does not take. */
export const wrongType: Rule = {
  code: "kustomization/wrong-type",
  severity: "error",
  scope: "document",
  check: fieldProblems("kustomization/wrong-type"),
  docs: {
    summary: "A value has a type that its field does not take.",
    explanation:
      "YAML reads `1.27` as a number, `yes` and `on` as booleans and `012` as 10. Where the field takes a string, put such a value in quotes.",
    bad: "#- kustomization.yaml\nimages:\n- name: web\n  newTag: 1.27\n",
    good: '#- kustomization.yaml\nimages:\n- name: web\n  newTag: "1.27"\n',
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const { start, end } = finding.place;
    const path = document && pathAt(document, start, end);
    if (document === undefined || path === undefined) return [];
    return repair(document, path, String(finding.data?.["expected"]));
  },
};

function repair(document: SourceDocument, path: YamlPath, expected: string): readonly Fix[] {
  const node = getIn(document.root, path);
  if (node === undefined) return [];
  const { file, start, end } = node.origin.place;
  const written = file.text.slice(start, end);
  if (expected === "list" && node.kind === "scalar") {
    return fixOf("Make it a list", file, setValue(document, path, [toEditValue(node)]), true);
  }
  if (node.kind !== "scalar") return [];
  if (expected === "string" && node.style === "plain") {
    return [
      { title: "Put it in quotes", edits: [{ place: node.origin.place, text: `"${written}"` }], preferred: true },
    ];
  }
  const fits = expected === "boolean" ? /^(?:true|false)$/ : expected === "integer" ? /^-?\d+$/ : undefined;
  if (node.style === "plain" || fits === undefined || !fits.test(node.text)) return [];
  return [{ title: "Take the quotes away", edits: [{ place: node.origin.place, text: node.text }], preferred: true }];
}
