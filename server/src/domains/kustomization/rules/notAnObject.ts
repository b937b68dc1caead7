import type { Finding, Fix, TextChange } from "../../../analysis/finding";
import type { FixContext, Rule } from "../../../analysis/rule";
import { readEmbedded } from "../../../kustomize/embedded";
import { getValue, type Node } from "../../../yaml/node";

const listed = "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n";

/** A document that is no object, among resources or patches; an operation of a JSON patch that stands alone has a fix. */
export const notAnObject: Rule = {
  code: "kustomization/not-an-object",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A document of a resource file, or a patch, is no Kubernetes object.",
    explanation:
      "Every document must be a map with `apiVersion`, `kind` and `metadata`. A JSON patch is a list of operations, be it of one only.",
    bad: `${listed}- just\n- a list\n`,
    good: `${listed}apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n`,
  },
  fix: makeList,
};

function makeList({ place }: Finding, { snapshot }: FixContext): readonly Fix[] {
  const { path, text } = place.file;
  if (snapshot.file(path)?.text !== text) return [];
  const embedded = (snapshot.facts(path).inlinePatches ?? []).filter(({ style }) => style === "literal");
  const documents = [...embedded.flatMap(readEmbedded), ...snapshot.documents(path)];
  const operation = documents.map(({ root }) => root).find((root) => isOperation(root) && startsAt(root, place.start));
  if (operation === undefined) return [];
  return [{ title: "Make it a list of operations", edits: indented(operation), preferred: true }];
}

function isOperation(root: Node | undefined): root is Node {
  return getValue(root, "op") !== undefined && getValue(root, "path") !== undefined;
}

function startsAt(root: Node, offset: number): boolean {
  return root.kind === "mapping" && root.entries[0]?.key.origin.place.start === offset;
}

/** `- ` before the first line, and as many blanks before each of the others. */
function indented({ origin: { place } }: Node): readonly TextChange[] {
  const { file, start, end } = place;
  const edits: TextChange[] = [{ place: { file, start, end: start }, text: "- " }];
  for (const { index } of file.text.slice(start, end).matchAll(/\n(?=[^\r\n])/g)) {
    const at = start + index + 1;
    edits.push({ place: { file, start: at, end: at }, text: "  " });
  }
  return edits;
}
