import type { YamlProblem } from "./document";

/** The text of one document in its file. */
export interface DocumentText {
  /** Offsets without the separator before it and the one behind it. */
  readonly start: number;
  readonly end: number;
  /** Set when something other than a comment stands behind the `---` before it. */
  readonly problem?: YamlProblem | undefined;
}

/**
 * Cuts a text into documents at lines that begin with `---`, as Kustomize does before it parses anything (kyaml's
 * `splitDocuments`). A separator right behind another one belongs to the document, where it does no harm.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let problem: YamlProblem | undefined;
  let search = start;
  for (;;) {
    const newline = text.indexOf("\n---", search);
    const lineEnd = newline < 0 ? -1 : text.indexOf("\n", newline + 4);
    if (lineEnd < 0) break;
    documents.push(withoutMarkers(text, { start, end: newline + 1, problem }));
    problem = separatorProblem(text, newline + 1, lineEnd);
    start = lineEnd + 1;
    search = start;
  }
  documents.push(withoutMarkers(text, { start, end: text.length, problem }));
  return documents;
}

/** Leaves out a line `---` at the start of a document, and one at the end of the file that has no line break. */
function withoutMarkers(text: string, document: DocumentText): DocumentText {
  let { start, end } = document;
  const marker = /^---[ \t]*(?:#.*)?\r?\n/.exec(text.slice(start, start + 200));
  if (marker !== null) start += marker[0].length;
  const last = text.lastIndexOf("\n", end - 1) + 1;
  if (end === text.length && last > start && /^---[ \t]*$/.test(text.slice(last, end))) end = last;
  return { ...document, start, end };
}

function separatorProblem(text: string, start: number, lineEnd: number): YamlProblem | undefined {
  const rest = text.slice(start + 3, lineEnd);
  const content = rest.trim();
  if (content === "" || content.startsWith("#")) return undefined;
  const from = start + 3 + rest.indexOf(content);
  return {
    code: "yaml/document-separator",
    start: from,
    end: from + content.length,
    message: "Only a comment may stand behind the `---` that separates two documents.",
    help: "Put the document on the lines below.",
    detail: `invalid document separator: ---${rest.trimEnd()}`,
  };
}
