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
  fix({ place }) {
    const { file, start } = place;
    const line = file.text.slice(0, lineEnd(file.text, start));
    const quote = /(["'])[^"']*$/.exec(line.slice(line.lastIndexOf("\n") + 1))?.[1];
    if (quote === undefined) return [];
    const end = line.trimEnd().length;
    return [{ title: `Close it with ${quote}`, edits: [{ place: { file, start: end, end }, text: quote }] }];
  },
};
