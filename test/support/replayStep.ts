import { type Change, getIn, getValue, type Node, type Scalar, textOf } from "../../server/src/yaml/node";
import { readDocuments } from "../../server/src/yaml/read";
import type { Place, SourceFile } from "../../server/src/yaml/source";

/** One step in the life of a value, as its record tells it. */
export interface Step {
  readonly change: Change;
  readonly before: Scalar | undefined;
  readonly after: Scalar;
  /** The names and namespaces of all objects of the build, which references follow. */
  readonly names: ReadonlySet<string>;
}

/**
 * Does a step again, from its record alone: who asked for it, the entry of the kustomization, and the value before. It
 * is for steps whose value stands nowhere as a text of its own.
 *
 * @returns whether that gives the value after it; `undefined` for a step that nobody may have recorded so.
 */
export function replays(step: Step): boolean | undefined {
  return replayOf.get(step.change.transformer)?.(step);
}

type Replay = (step: Step) => boolean;

const prefix: Replay = ({ before, after, change }) => after.text === `${asked(change)}${before?.text}`;
const suffix: Replay = ({ before, after, change }) => after.text === `${before?.text}${asked(change)}`;
const affix: Replay = ({ before, after }) => before !== undefined && after.text.includes(before.text);
const hash: Replay = ({ before, after }) => /^-[2456789bcdfghkmt]{10}$/.test(rest(after.text, before?.text ?? ""));
const reference: Replay = ({ after, names }) => names.has(after.text);

const replayOf: ReadonlyMap<string, Replay> = new Map<string, Replay>([
  ["namePrefix", prefix],
  ["nameSuffix", suffix],
  ["PrefixTransformer", affix],
  ["SuffixTransformer", affix],
  ["PrefixSuffixTransformer", affix],
  ["generatorOptions", hash],
  ["HashTransformer", hash],
  ["nameReference", reference],
  ["images", ({ before, after, change }) => after.text === newImage(before?.text ?? "", entryOf(change))],
  ["imageTags", ({ before, after, change }) => after.text === newImage(before?.text ?? "", entryOf(change))],
  ["ImageTagTransformer", ({ before, after }) => before !== undefined && after.text !== before.text],
  ["replicas", ({ after, change }) => after.text === textOf(getValue(entryOf(change), "count"))],
  ["ReplicaCountTransformer", ({ after }) => /^-?\d+$/.test(after.text)],
  ["replacements", replacement],
  [
    "ReplacementTransformer",
    ({ after, before, change }) => change.copied !== undefined || before !== undefined || after.text !== "",
  ],
  ["vars", variables],
  ["ValueAddTransformer", addedPart],
  ["configMapGenerator", generated],
  ["secretGenerator", generated],
  ["ConfigMapGenerator", generated],
  ["SecretGenerator", generated],
  ["IAMPolicyGenerator", ({ before }) => before === undefined],
  ["buildMetadata", ({ before, change }) => before === undefined || change.path === "/buildMetadata"],
  ["patches", throughJson],
  ["patchesJson6902", throughJson],
  ["patchesStrategicMerge", throughJson],
  ["PatchTransformer", throughJson],
  ["PatchJson6902Transformer", throughJson],
  ["PatchStrategicMergeTransformer", throughJson],
]);

const documents = new WeakMap<SourceFile, readonly (Node | undefined)[]>();

/** What stands in the kustomization at the path of the entry that asked for a change. */
function entryOf({ place, path }: Change): Node | undefined {
  const roots = documents.get(place.file) ?? readDocuments(place.file).map(({ root }) => root);
  documents.set(place.file, roots);
  const steps = path.split("/").slice(1);
  return getIn(
    roots[0],
    steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
}

/** The text of a kustomization's field that is a scalar. */
function asked({ place }: Change): string {
  return scalarAt(place) ?? "";
}

/** The value of the scalar that stands at a place, whatever its quotes. */
function scalarAt({ file, start, end }: Place): string | undefined {
  const root = readDocuments({ path: "/part.yaml", text: file.text.slice(start, end) })[0]?.root;
  return root?.kind === "scalar" ? root.text : undefined;
}

/** What follows `start` in a text; the whole text when it does not begin so. */
function rest(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

/** A registry's host may have a port; then come name, tag and digest. */
const imageParts = /^((?:[^/]*\/)?[^:@]*)(?::([^@]*))?(?:@(.*))?$/s;

function newImage(image: string, entry: Node | undefined): string {
  const [, oldName = "", oldTag = "", oldDigest = ""] = imageParts.exec(image) ?? [];
  const wanted = (field: string): string => textOf(getValue(entry, field)) ?? "";
  const changes = wanted("newTag") !== "" || wanted("digest") !== "";
  const suffixed = !changes && wanted("tagSuffix") !== "";
  const tag = changes ? wanted("newTag") : `${oldTag}${suffixed ? wanted("tagSuffix") : ""}`;
  const digest = changes ? wanted("digest") : suffixed ? "" : oldDigest;
  return `${wanted("newName") || oldName}${tag && `:${tag}`}${digest && `@${digest}`}`;
}

/** The copied value, whole or as one part between the delimiters; or the part of a source that is copied. */
function replacement({ before, after, change }: Step): boolean {
  const options = getValue(entryOf(change), "options");
  const delimiter = textOf(getValue(options, "delimiter")) ?? "";
  const index = Number(textOf(getValue(options, "index")) ?? 0);
  const parts = (before?.text ?? "").split(delimiter);
  if (change.path.endsWith("/source")) return delimiter !== "" && after.text === parts[index];
  // What a path such as `[name=x]` makes stands in the path.
  if (change.copied === undefined) return change.place.file.text.includes(after.text);
  const copied = change.copied.kind === "scalar" ? change.copied.text : "";
  if (delimiter === "")
    return after.text === copied || (copied === "" && after.tag === "null") || isInText(after, copied);
  if (index < 0) parts.unshift(copied);
  else if (index >= parts.length) parts.push(copied);
  else parts[index] = copied;
  return after.text === parts.join(delimiter);
}

/** Whether a text that holds YAML or JSON has a value somewhere in it. */
function isInText({ text }: Scalar, value: string): boolean {
  return readDocuments({ path: "/text.yaml", text }).some(({ root }) => root !== undefined && holds(root, value));
}

function holds(node: Node, value: string): boolean {
  if (node.kind === "scalar") return node.text === value;
  return node.kind === "sequence"
    ? node.items.some((item) => holds(item, value))
    : node.entries.some((entry) => holds(entry.value, value));
}

/** What stood between the vars stands there still, in the same order. */
function variables({ before, after }: Step): boolean {
  let at = 0;
  for (const literal of (before?.text ?? "").replaceAll("$$", "$").split(/\$\([^)]*\)/)) {
    at = after.text.indexOf(literal, at);
    if (at < 0) return false;
    at += literal.length;
  }
  return true;
}

/** A value, or one part more in a path. */
function addedPart({ before, after }: Step): boolean {
  const parts = after.text.split("/");
  const fewer = parts.map((_, i) => parts.filter((_part, j) => j !== i).join("/"));
  return before === undefined || parts.length === 1 || fewer.includes(before.text);
}

/** The head of a generated object, content that is kept as base64, or a literal that is written with escapes. */
function generated({ after }: Step): boolean {
  const { file, start, end } = after.origin.place;
  const literal = scalarAt(after.origin.place)?.replace(/^[^=]*=/, "");
  if (literal === after.text || literal?.replace(/^(["'])(.*)\1$/s, "$2") === after.text) return true;
  if (["v1", "ConfigMap", "Secret", "Opaque", "true"].includes(after.text)) return true;
  const content = Buffer.from(after.text.replace(/\n/g, ""), "base64");
  // Of a file that is no text, the place shows nothing.
  return content.toString("utf8") === file.text.slice(start, end) || (file.text === "" && content.length > 0);
}

/** The same value as Go's JSON writes it, or one out of a patch that is itself a string with escapes. */
function throughJson({ before, after, change }: Step): boolean {
  if (after.tag === "null" || after.origin.place.file.text.includes(after.text)) return true;
  const patch = scalarAt(after.origin.place);
  if (patch !== undefined && isInText({ ...after, text: patch }, after.text)) return true;
  if (before === undefined) return change.place === after.origin.place;
  if (after.tag === "float") return Number(after.text) === Number(before.text);
  if (before.tag === "timestamp") return new Date(before.text).getTime() === new Date(after.text).getTime();
  return after.text.replace(/\s+/g, " ").trim() === before.text.replace(/\s+/g, " ").trim();
}
