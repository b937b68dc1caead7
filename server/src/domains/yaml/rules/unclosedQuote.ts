import type { Rule } from "../../../analysis/rule";
import { lineEnd } from "../../../yaml/textEdit";

/** A quote without its partner. */
export const unclosedQuote: Rule = {
  code: "yaml/unclosed-quote",
  severity: "error",
  scope: "document",
  check: "reader",
  docs: {
    summary: "A text in quotes has no closing quote.",
    explanation: "Everything up to the next quote, or to the end of the file, then belongs to the text.",
    bad: '#- kustomization.yaml\nnamePrefix: "a-\n',
    good: '#- kustomization.yaml\nnamePrefix: "a-"\n',
  },
  fix({ place: { file, start } }) {
    const line = file.text.slice(start, lineEnd(file.text, start)).trimEnd();
    const quote = line.charAt(0);
    if (quote !== '"' && quote !== "'") return [];
    const at = start + line.length;
    return [{ title: `Close it with ${quote}`, edits: [{ place: { file, start: at, end: at }, text: quote }] }];
  },
};
