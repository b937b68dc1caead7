import type { Rule } from "../../../analysis/rule";
import type { SourceDocument } from "../../../yaml/document";
import type { Entry, Mapping, Node } from "../../../yaml/node";
import { readDocuments } from "../../../yaml/read";
import { breakAfter, lineEnd, lineStart } from "../../../yaml/textEdit";

/** The same key twice in one map. */
export const duplicateKey: Rule = {
  code: "yaml/duplicate-key",
  severity: "error",
  scope: "document",
  check: "reader",
  docs: {
    summary: "A key stands twice in one map.",
    explanation:
      "In a kustomization the last one counts. In a resource the build fails. Mostly the first one was forgotten, or an indentation is wrong.",
    bad: "#- kustomization.yaml\nnamePrefix: a-\nnamePrefix: b-\n",
    good: "#- kustomization.yaml\nnamePrefix: b-\n",
  },
  fix({ place }) {
    const { file, start } = place;
    for (const document of readDocuments(file)) {
      const mapping = mappingWith(document, start);
      const name = mapping?.entries.find(({ key }) => key.origin.place.start === start)?.key.text;
      const twins = mapping?.entries.filter(({ key }) => key.text === name) ?? [];
      const first = twins[0];
      if (first === undefined || twins.length < 2 || !isOnOwnLines(first)) continue;
      const from = lineStart(file.text, first.key.origin.place.start);
      const to = breakAfter(file.text, lineEnd(file.text, first.value.origin.place.end));
      return [
        {
          title: "Remove the first one, which does not count",
          edits: [{ place: { file, start: from, end: to }, text: "" }],
        },
      ];
    }
    return [];
  },
};

/** A scalar on the line of its key, alone there: other values may reach further than is safe to remove here. */
function isOnOwnLines({ key, value }: Entry): boolean {
  const { file, start } = key.origin.place;
  const line = file.text.slice(lineStart(file.text, start), lineEnd(file.text, start));
  const sameLine = value.kind === "scalar" && !file.text.slice(start, value.origin.place.end).includes("\n");
  return sameLine && file.text.slice(lineStart(file.text, start), start).trim() === "" && !/[{[]/.test(line);
}

function mappingWith(document: SourceDocument, keyStart: number): Mapping | undefined {
  const pending: (Node | undefined)[] = [document.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "sequence") pending.push(...node.items);
    if (node.kind !== "mapping") continue;
    if (node.entries.some(({ key }) => key.origin.place.start === keyStart)) return node;
    pending.push(...node.entries.map(({ value }) => value));
  }
  return undefined;
}
