import type { Rule } from "../../../analysis/rule";

/** Tabs in the indentation. */
export const tabIndentation: Rule = {
  code: "yaml/tab-indentation",
  severity: "error",
  scope: "document",
  check: "reader",
  docs: {
    summary: "A line is indented with tabs.",
    explanation: "YAML indents with spaces only. The fix writes two spaces for each tab, here or in the whole file.",
    bad: "#- kustomization.yaml\nsortOptions:\n\torder: fifo\n",
    good: "#- kustomization.yaml\nsortOptions:\n  order: fifo\n",
  },
  fix({ place }) {
    const { file, start, end } = place;
    const here = file.text.slice(start, end).replaceAll("\t", "  ");
    const everywhere = [...file.text.matchAll(/^ *\t[ \t]*/gm)].map((match) => ({
      place: { file, start: match.index, end: match.index + match[0].length },
      text: match[0].replaceAll("\t", "  "),
    }));
    const one = { title: "Use spaces", edits: [{ place, text: here }], preferred: true };
    return everywhere.length < 2 ? [one] : [one, { title: "Use spaces in the whole file", edits: everywhere }];
  },
};
