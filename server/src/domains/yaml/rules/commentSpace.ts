import type { Rule } from "../../../analysis/rule";

/** A comment that touches the value before it. */
export const commentSpace: Rule = {
  code: "yaml/comment-space",
  severity: "error",
  scope: "document",
  check: "reader",
  docs: {
    summary: "A comment has no space before its `#`.",
    explanation: "A `#` begins a comment only at the start of a line or behind a space.",
    bad: "",
    good: "#- kustomization.yaml\nresources: [] # comment\n",
  },
  fix({ place }) {
    const { file, start } = place;
    const at = file.text.indexOf("#", start);
    if (at < 0 || at > place.end) return [];
    return [
      { title: "Put a space before it", edits: [{ place: { file, start: at, end: at }, text: " " }], preferred: true },
    ];
  },
};
