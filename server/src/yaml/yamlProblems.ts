import type { YamlProblem } from "./document";

/** An error of the `yaml` package; offsets count in the whole file. */
export interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly position: readonly [number, number];
}

interface Words {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  /** go-yaml's words for the same mistake. */
  readonly detail?: string;
}

/** Says in our words what the parser means, with the tightest place there is. */
export function describeError(text: string, error: ParserError): YamlProblem {
  const [start, end] = error.position;
  if (findTabs(text, start) !== undefined) return tabProblem(text, start);
  const mark = findConflictMark(text, start);
  if (mark !== undefined) return { ...mark, ...conflict, detail: conflictDetail(text.slice(0, mark.start)) };
  const { code, message, help, detail } = wordsFor(error);
  return { code, ...clip(text, start, end), message, help, detail: detail ?? error.message };
}

/** The line of `offset`, where Git put it around one side of a conflict (`git merge`: "How conflicts are presented"). */
function findConflictMark(text: string, offset: number): { start: number; end: number } | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [mark] = /^(?:<{7}|\|{7}|={7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|$)/.exec(text.slice(start, start + 1000)) ?? [];
  return mark === undefined || !/^<{7} /m.test(text) ? undefined : { start, end: start + mark.length };
}

const conflict = {
  code: "yaml/syntax",
  message: "This line is the mark of a merge conflict.",
  help: "Keep what should stand here of the two sides, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
};

/** What go-yaml says of a mark behind `before`: one that begins a document is the first line of a text to it, such as `<<<<<<< HEAD a: b`. */
function conflictDetail(before: string): string {
  const isFirst = !/^\s*[^\s#]/m.test(before.split(/^---/m).at(-1) ?? "");
  return isFirst ? "mapping values are not allowed in this context" : "could not find expected ':'";
}

/** The problem of a tab at `offset`; its range covers all tabs in the indentation of the line, for a fix to replace. */
export function tabProblem(text: string, offset: number): YamlProblem {
  const tabs = findTabs(text, offset);
  return {
    code: "yaml/tab-indentation",
    ...(tabs ?? { start: offset, end: offset + 1 }),
    message: tabs === undefined ? "A tab cannot stand here." : "Tabs cannot indent YAML.",
    help: "Use spaces, two for each level.",
    detail: "found character that cannot start any token",
  };
}

/** The tabs in the indentation of the line of `offset`. */
function findTabs(text: string, offset: number): { start: number; end: number } | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const [indentation = ""] = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1000)) ?? [];
  const first = indentation.indexOf("\t");
  if (first < 0) return undefined;
  return { start: lineStart + first, end: lineStart + indentation.lastIndexOf("\t") + 1 };
}

/** Keeps a range on its first line and inside the text; one of white space alone moves to the word behind it. */
function clip(text: string, start: number, end: number): { start: number; end: number } {
  const from = Math.min(start, text.length);
  const to = Math.min(end, text.length);
  if (text.slice(from, to).trim() === "") {
    const word = /^[ \t]*([^\s:]+)/.exec(text.slice(from, from + 200));
    if (word?.[1] !== undefined) return { start: from + word[0].length - word[1].length, end: from + word[0].length };
  }
  const lineEnd = text.slice(from, to).search(/[\r\n]/);
  return { start: from, end: lineEnd > 0 ? from + lineEnd : Math.max(from, to) };
}

function wordsFor({ code, message }: ParserError): Words {
  const quote = /Missing closing (['"])/.exec(message)?.[1];
  if (quote !== undefined) {
    return {
      code: "yaml/unclosed-quote",
      message: `This text begins with ${quote} and has no closing ${quote}.`,
      help: `Close it with ${quote}, or double a ${quote} that belongs to the text.`.replace(
        'double a "',
        'write \\" for a "',
      ),
      detail: "found unexpected end of stream",
    };
  }
  if (/(?:Flow (?:map|sequence)|flow collection).*(?:end with|must be)/i.test(message)) return unclosedFlow;
  return byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? byCode.get(code) ?? fallback;
}

const unclosedFlow: Words = {
  code: "yaml/unclosed-flow",
  message: "A list `[…]` or map `{…}` is not closed before this line.",
  help: "Add the missing `]` or `}`, or indent the line if it belongs inside.",
  detail: "did not find expected ',' or ']'",
};

const fallback: Words = {
  code: "yaml/syntax",
  message: "This is no valid YAML.",
  help: "Compare the indentation, the colons and the quotes with the lines around it.",
};

const badIndentation: Words = {
  code: "yaml/indentation",
  message: "This line is indented differently from those it belongs to.",
  help: "Give all keys of a map, and all `-` of a list, the same column.",
  detail: "did not find expected key",
};

const byMessage: readonly (readonly [RegExp, Words])[] = [
  [
    /Nested mappings are not allowed/,
    {
      code: "yaml/nested-mapping",
      message: "A second `key:` stands on this line.",
      help: "Put a text that holds `: ` in quotes, or begin a new line for the inner map.",
      detail: "mapping values are not allowed in this context",
    },
  ],
  [
    /Implicit map keys need to be followed by map values/,
    {
      code: "yaml/missing-colon",
      message: "This line has no `:` and belongs to no text above it.",
      help: "Write `key: value`, or indent the line if it continues the one above.",
      detail: "could not find expected ':'",
    },
  ],
  [
    /Implicit keys.*single line/,
    {
      code: "yaml/missing-colon",
      message: "This text spans several lines where a key is expected.",
      help: "Write `key: value` on one line, or put the text in quotes.",
      detail: "mapping values are not allowed in this context",
    },
  ],
  [
    /Sequence item without/,
    {
      code: "yaml/missing-dash",
      message: "This line stands between the items of a list and has no `-`.",
      help: "Begin it with `- `, or indent it as part of the item above.",
      detail: "did not find expected '-' indicator",
    },
  ],
  [
    /doc-start|directives-end/,
    {
      code: "yaml/directive",
      message: "A directive such as `%YAML` must be followed by a line `---`, and Kustomize reads none.",
      help: "Remove the directive.",
      detail: "did not find expected <document start>",
    },
  ],
  [
    /Missing (?:,|space after :)/,
    {
      code: "yaml/missing-comma",
      message: "Something is missing between two items of a `[…]` or `{…}`.",
      help: "Separate items by `, ` and a key from its value by `: `.",
      detail: "did not find expected ',' or '}'",
    },
  ],
  [
    /at node end|in YAML stream/,
    {
      code: "yaml/unexpected-text",
      message: "This does not belong to the value before it.",
      help: "Check the indentation and whether the lines above are a list or a map.",
      detail: "did not find expected key",
    },
  ],
];

const byCode: ReadonlyMap<string, Words> = new Map<string, Words>([
  ["BAD_INDENT", badIndentation],
  [
    "BAD_SCALAR_START",
    {
      code: "yaml/reserved-character",
      message: "A text cannot begin with this character.",
      help: "Put the text in quotes.",
      detail: "found character that cannot start any token",
    },
  ],
  [
    "BAD_DQ_ESCAPE",
    {
      code: "yaml/unknown-escape",
      message: "This is no escape sequence that YAML knows.",
      help: "Write `\\\\` for a backslash, or use single quotes.",
      detail: "found unknown escape character",
    },
  ],
  [
    "BLOCK_IN_FLOW",
    {
      code: "yaml/block-in-flow",
      message: "Inside `[…]` and `{…}` no list with `-` and no map by indentation can stand.",
      help: "Write the inner value with brackets too.",
      detail: "block sequence entries are not allowed in this context",
    },
  ],
  [
    "KEY_OVER_1024_CHARS",
    {
      code: "yaml/key-too-long",
      message: "A key and its `:` must lie within 1,024 characters.",
      help: "Shorten the key.",
      detail: "could not find expected ':'",
    },
  ],
  [
    "RESOURCE_EXHAUSTION",
    {
      code: "yaml/too-deep",
      message: "Values are nested too deep to be read.",
      help: "Flatten the document.",
      detail: "exceeded max depth of 10000",
    },
  ],
  [
    "BLOCK_AS_IMPLICIT_KEY",
    {
      code: "yaml/nested-sequence",
      message: "A list cannot begin on the line of its key.",
      help: "Begin the first `-` on a line of its own.",
      detail: "block sequence entries are not allowed in this context",
    },
  ],
  [
    "BAD_ALIAS",
    {
      code: "yaml/empty-alias",
      message: "An alias or anchor needs a name.",
      help: "Put a text that begins with `*` or `&` in quotes.",
      detail: "did not find expected alphabetic or numeric character",
    },
  ],
]);
