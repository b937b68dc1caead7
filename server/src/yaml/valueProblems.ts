import { type AliasFailure, maxDepth } from "./anchors";
import type { YamlProblem } from "./document";
import type { Entry, Scalar } from "./node";

/** What the full reader says about values that the `yaml` package reads and go-yaml does not, or not so. */
export interface Words {
  readonly message: string;
  readonly help: string;
  readonly detail: string;
}

/** A name of an anchor with other than letters, digits, `_` and `-`. */
export function badAnchor(anchor: string): Words {
  return {
    message: `\`&${anchor}\` is no name for an anchor.`,
    help: "Use letters, digits, `_` and `-`, or put a text that begins with `&` in quotes.",
    detail: "did not find expected alphabetic or numeric character",
  };
}

/** A `?` in a plain text in brackets. */
export const questionMark: Words = {
  message: "A `?` cannot stand in a text inside `[…]` or `{…}` without quotes.",
  help: "Put the text in quotes.",
  detail: "did not find expected ',' or ']'",
};

/** An alias that has no value. */
export function aliasProblem(outcome: AliasFailure, name: string): Words & { readonly code: string } {
  switch (outcome) {
    case "unknown":
      return {
        code: "yaml/unknown-alias",
        message: `The alias \`*${name}\` names no anchor before it in this document.`,
        help: `Write \`&${name}\` before the value that it shall repeat, or put the text in quotes.`,
        detail: `unknown anchor '${name}' referenced`,
      };
    case "cycle":
      return {
        code: "yaml/alias-cycle",
        message: `The alias \`*${name}\` stands inside the value that it names.`,
        help: "Name another anchor, or write the value out.",
        detail: `anchor '${name}' value contains itself`,
      };
    case "excess":
      return {
        code: "yaml/alias-bomb",
        message: "The aliases of this document stand for too many values, or nest them too deep.",
        help: "Write the values out, or share fewer of them.",
        detail: "document contains excessive aliasing",
      };
  }
}

/** The keys that stand again in a map; of a second object without `---` before it, only where it begins. */
export function duplicateKeys(entries: readonly Entry[]): readonly YamlProblem[] {
  const seen = new Set<string>();
  const twins: Scalar[] = [];
  for (const { key } of entries) {
    if (seen.has(key.text)) twins.push(key);
    seen.add(key.text);
  }
  const begin = beginOfSecond(twins);
  return begin === undefined ? twins.map(duplicateKey) : [{ ...duplicateKey(begin), ...missingSeparator }];
}

/** Where a second object begins, if these keys stand twice. */
export function beginOfSecond(twins: readonly Scalar[]): Scalar | undefined {
  if (!["apiVersion", "kind"].every((name) => twins.some(({ text }) => text === name))) return undefined;
  return twins.reduce((first, each) => (each.origin.place.start < first.origin.place.start ? each : first));
}

/** Two objects in one document. */
export const missingSeparator = {
  message: "A second object begins here: `apiVersion` and `kind` stand twice.",
  help: "Put `---` on a line of its own above it.",
} as const;

function duplicateKey({ text, origin }: Scalar): YamlProblem {
  return {
    code: "yaml/duplicate-key",
    start: origin.place.start,
    end: origin.place.end,
    message: `The key \`${text}\` stands twice in this map.`,
    help: "Remove one of the two; the last one counts, if the document is accepted at all.",
    detail: `mapping key "${text}" already defined`,
  };
}

/** Values within values, deeper than we read. */
export const tooDeep: Words = {
  message: `Values are nested more than ${maxDepth} levels deep.`,
  help: "Flatten the document.",
  detail: "exceeded max depth of 10000",
};

/** A map or list as a key. */
export const complexKey: Words = {
  message: "A key must be a plain text; this one is a map or a list.",
  help: "Put text that begins with `{` or `[` in quotes, a template such as `{{ .Values.x }}` too.",
  detail: "invalid map key",
};

/** A backslash before something that go-yaml does not know. */
export const unknownEscape: Words = {
  message: "This text holds an escape sequence that go-yaml does not know.",
  help: "Write `\\\\` for a backslash, or use single quotes.",
  detail: "found unknown escape character",
};
