import type { Rule } from "../../../analysis/rule";
import { breakBefore, lineEnd, lineStart } from "../../../yaml/textEdit";

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
    // The reader notices at the next quote or at the end of the file; the quote itself stands at or above that place.
    for (let end = lineEnd(file.text, start), lines = 0; lines < mostLines; lines++) {
      const from = lineStart(file.text, end);
      const quote = /(?:^|[\s[{,:-])(["'])(?:(?!\1).)*$/.exec(file.text.slice(from, end))?.[1];
      if (quote !== undefined) {
        const at = from + file.text.slice(from, end).trimEnd().length;
        return [{ title: `Close it with ${quote}`, edits: [{ place: { file, start: at, end: at }, text: quote }] }];
      }
      if (from === 0) break;
      end = breakBefore(file.text, from);
    }
    return [];
  },
};

/** How far above the place of the finding the quote is looked for. */
const mostLines = 1000;
