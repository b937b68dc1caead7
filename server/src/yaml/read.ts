import type { SourceDocument, YamlProblem } from "./document";
import { fastRead, whereFastReadStops } from "./fastRead";
import { findDeepNesting } from "./nesting";
import type { Node } from "./node";
import { readFully } from "./readFully";
import type { SourceFile } from "./source";
import { type DocumentText, splitDocuments } from "./splitDocuments";

/**
 * Reads all documents of a file. Never throws: what cannot be read becomes a problem, and what could be read is given.
 * Documents are cut apart before they are parsed, as Kustomize does, so a mistake in one leaves the others whole.
 */
export function readDocuments(file: SourceFile): readonly SourceDocument[] {
  const text = withPlainBreaks(file.text);
  return splitDocuments(text).map((document) => ({ ...readDocument(file, text, document), content: {} }));
}

/**
 * Reads a newer text of the file that `before` was read from. What an edit left alone, in front of it and behind it, is not read again
 * until somebody asks for its values: most of a long file nobody asks for at each keystroke.
 */
export function rereadDocuments(file: SourceFile, before: readonly SourceDocument[]): readonly SourceDocument[] {
  const text = withPlainBreaks(file.text);
  const texts = splitDocuments(text);
  const isSame = (known: SourceDocument | undefined, document: DocumentText | undefined): boolean =>
    known !== undefined && document !== undefined && sameText(known, file, document);
  const shorter = Math.min(before.length, texts.length);
  let front = 0;
  while (front < shorter && isSame(before[front], texts[front])) front++;
  let back = 0;
  while (back < shorter - front && isSame(before.at(-1 - back), texts.at(-1 - back))) back++;
  return texts.map((document, i) => {
    const known =
      i < front ? before[i] : i >= texts.length - back ? before[i + before.length - texts.length] : undefined;
    const content = known === undefined || hasMistakes(known) ? undefined : known.content;
    if (content === undefined) return { ...readDocument(file, text, document), content: {} };
    return new UnreadDocument(file, text, document, content);
  });
}

/** Whether a document holds the same letters, and is the last one, or not, as before: a text at the end of a file may lack its line break. */
function sameText({ file: old, start, end }: SourceDocument, file: SourceFile, document: DocumentText): boolean {
  if (end - start !== document.end - document.start || document.problem !== undefined) return false;
  if ((end === old.text.length) !== (document.end === file.text.length)) return false;
  return old.text.slice(start, end) === file.text.slice(document.start, document.end);
}

function hasMistakes({ problems, warnings = [] }: SourceDocument): boolean {
  return problems.length > 0 || warnings.length > 0;
}

/** A document without mistakes that is read when its values are asked for. */
class UnreadDocument implements SourceDocument {
  readonly problems = none;
  readonly warnings = none;
  readonly start: number;
  readonly end: number;
  private read: Pick<SourceDocument, "root"> | undefined;

  constructor(
    readonly file: SourceFile,
    private readonly text: string,
    document: DocumentText,
    readonly content: object,
  ) {
    this.start = document.start;
    this.end = document.end;
  }

  get root(): Node | undefined {
    this.read ??= readDocument(this.file, this.text, { start: this.start, end: this.end });
    return this.read.root;
  }
}

const none: readonly YamlProblem[] = [];

function readDocument(file: SourceFile, text: string, document: DocumentText): SourceDocument {
  const problem = findControlCharacter(text, document);
  if (problem === undefined) return fastRead(file, text, document) ?? readRest(file, text, document);
  const read = readRest(file, text, document);
  return { ...read, problems: [problem, ...read.problems] };
}

/**
 * The full reader takes half a second for each megabyte, and more than a hundred times the size of the text in memory, so it sees only documents that
 * people write: up to this many characters.
 */
const largestForFullReader = 2_000_000;

/** The full reader calls itself for each level; it refuses far fewer levels than this with a message of its own. */
const deepestForFullReader = 1000;

function tooDeep(at: number): YamlProblem {
  return {
    code: "yaml/too-deep",
    start: at,
    end: at + 1,
    message: "Values are nested too deep to be read.",
    help: "Flatten the document.",
    detail: "exceeded max depth of 10000",
  };
}

/** Reads what the fast reader left. */
function readRest(file: SourceFile, text: string, document: DocumentText): SourceDocument {
  const { start, end } = document;
  const deep = findDeepNesting(text, start, end, deepestForFullReader);
  if (deep !== undefined) return { file, start, end, root: undefined, problems: [tooDeep(deep)] };
  if (end - start <= largestForFullReader) return readFully(file, text, document);
  const at = whereFastReadStops(file, text, document);
  const problem: YamlProblem = {
    code: "yaml/too-large",
    start: at,
    end: Math.min(at + 1, end),
    message:
      "This document is too large for anything but plain maps, lists and texts, and here is something else, or a mistake.",
    help: "Correct the mistake if it is one; else write anchors, aliases and tags out, or split the document.",
  };
  return { file, start, end, root: undefined, problems: [problem] };
}

/** go-yaml takes a lone carriage return and U+0085 for line breaks. The replacement has the same length, so offsets stay. */
function withPlainBreaks(text: string): string {
  return /\r(?!\n)|\u0085/.test(text) ? text.replace(/\r(?!\n)|\u0085/g, "\n") : text;
}

/** Characters that YAML does not allow in a text, not even in quotes. */
const controlCharacter = /[^\t\n\r\u0020-\u007e\u00a0-\ufffd]/;

function findControlCharacter(text: string, { start, end }: DocumentText): YamlProblem | undefined {
  const found = controlCharacter.exec(text.slice(start, end));
  if (found === null) return undefined;
  const at = start + found.index;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  return {
    code: "yaml/control-character",
    start: at,
    end: at + 1,
    message: `The control character U+${code} cannot stand in YAML.`,
    help: `Remove it, or write it as \`"\\u${code}"\` in double quotes.`,
    detail: "control characters are not allowed",
  };
}
