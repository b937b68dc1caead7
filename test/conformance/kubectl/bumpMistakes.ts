import { Lexer, parseAllDocuments } from "yaml";
import type { ImagePlan } from "../../../server/src/release/imagePlan";
import { applyEdits } from "../../../server/src/yaml/textEdit";

/** What two renderings of the real Kustomize differ in that a plan does not say, or the other way round; `undefined` when they agree. */
export function findImageMistake(
  { images, followers }: ImagePlan,
  [before, after]: readonly [string, string],
): string | undefined {
  const found = differences(objectsOf(before), objectsOf(after)).map((each) => each.replace(/^\/\d+/, ""));
  const said = [...images, ...followers]
    .filter((each) => each.before !== each.after)
    .map((each) => `${each.pointer} ${each.before} -> ${each.after}`);
  const [is, expected] = [found, said].map((list) => [...list].sort().join("\n"));
  return is === expected ? undefined : `the plan says\n${expected}\nand Kustomize renders\n${is}`;
}

/** Whether the edits of a plan touch more of a file than they must: other values, comments, line ends, or lines far from a version. */
export function findTextMistake({ files }: ImagePlan): string | undefined {
  for (const { before, edits, after } of files) {
    if (applyEdits(before.text, edits) !== after) return "the edits make another text";
    if (commentsOf(before.text) !== commentsOf(after)) return `comments of ${before.path} differ:\n${after}`;
    const ends = (text: string): boolean => text.includes("\r\n");
    if (ends(before.text) !== ends(after)) return "line ends differ";
    const others = differences(valuesOf(before.text), valuesOf(after)).filter((each) => !concernsVersion(each));
    if (others.length > 0) return `other values of ${before.path} change:\n${others.join("\n")}`;
  }
  return undefined;
}

/** The comments of a file; a `#` in a string is none, and in front of the text of a scalar the lexer puts a mark. */
function commentsOf(text: string): string {
  const tokens = [...new Lexer().lex(text)];
  return tokens.filter((token, i) => token.startsWith("#") && tokens[i - 1] !== "\u001f").join("\n");
}

/** An entry of `images`, the configuration of an ImageTagTransformer, or an image somewhere, perhaps in an inline patch. */
function concernsVersion(difference: string): boolean {
  return /^\/\d+\/(?:images|imageTags|imageTag)\b|\/image |^\/\d+\/(?:patches|patchesStrategicMerge|transformers)\b/.test(
    difference,
  );
}

/** With `transformerAnnotations` every object records a new entry, be it meant or not. */
function objectsOf(text: string): readonly unknown[] {
  return valuesOf(
    text
      .replace(/^ {4}alpha\.config\.kubernetes\.io\/transformations: \|\n(?: {6}.*\n)+/gm, "")
      .replace(/^ {2}annotations:\n(?! {4})/gm, ""),
  );
}

function valuesOf(text: string): readonly unknown[] {
  return parseAllDocuments(text, { uniqueKeys: false }).map((document) => document.toJS({ maxAliasCount: -1 }));
}

function differences(before: unknown, after: unknown, pointer = ""): readonly string[] {
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    const [old, fresh] = [before, after].map((each) => new Map(Object.entries(each)));
    const keys = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
    return [...keys].flatMap((key) =>
      differences(old?.get(key), fresh?.get(key), `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    );
  }
  const same = JSON.stringify(before) === JSON.stringify(after);
  return same ? [] : [`${pointer} ${shown(before)} -> ${shown(after)}`];
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
