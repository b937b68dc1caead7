import { asPrinted } from "../../server/src/yaml/asPrinted";
import { formatGoFloat, formatGoFloat32 } from "../../server/src/yaml/goNumber";
import { getIn, type Node, type Scalar, textOf } from "../../server/src/yaml/node";
import { readDocuments } from "../../server/src/yaml/read";
import { asYaml11, scalarValue } from "../../server/src/yaml/scalar";
import type { Place } from "../../server/src/yaml/source";
import { replays } from "./replayStep";

/**
 * What is wrong with the origins below the values of a build, one line each. Every scalar has a place that is there, and a
 * chain of values before it. Each link is checked: a text that gives the value when it is read as YAML, or a step that gives
 * it when it is done again with its record and the value before.
 *
 * @param checked the nodes that were looked at; builds that share nodes share this too.
 */
export function originMistakes(roots: readonly Node[], checked = new WeakSet<Node>()): readonly string[] {
  const names = new Set(["default"]);
  for (const root of roots) {
    for (const field of ["name", "namespace"]) names.add(textOf(getIn(root, ["metadata", field])) ?? "");
  }
  const below = (node: Node, path: string): readonly string[] => {
    if (checked.has(node)) return [];
    checked.add(node);
    if (node.kind === "mapping") return node.entries.flatMap(({ key, value }) => below(value, `${path}/${key.text}`));
    if (node.kind === "sequence") return node.items.flatMap((item, i) => below(item, `${path}/${i}`));
    return chainMistakes(node, names).map((mistake) => `${path}: ${mistake}`);
  };
  return roots.flatMap((root) => below(root, ""));
}

function chainMistakes(rendered: Scalar, names: ReadonlySet<string>): readonly string[] {
  const mistakes: string[] = [];
  // A copied value has a history of its own, besides that of the value it replaces.
  const links: Node[] = [rendered];
  for (let node = links.pop(); node !== undefined; node = links.pop()) {
    if (node.kind !== "scalar") continue;
    const mistake = linkMistake(node, names);
    if (mistake !== undefined) mistakes.push(mistake);
    const { before, copied } = node.origin.change ?? {};
    for (const earlier of [before, copied]) if (earlier !== undefined) links.push(earlier);
  }
  return mistakes;
}

/** A value and what its record says of how it came to be. */
function linkMistake(after: Scalar, names: ReadonlySet<string>): string | undefined {
  const { place, change } = after.origin;
  const where = `${place.file.path}:${place.start}-${place.end}`;
  if (place.start < 0 || place.start > place.end || place.end > place.file.text.length)
    return `${where} is outside its file`;
  if (givesValue(place, after)) return undefined;
  const reads = `${where} reads ${JSON.stringify(sliceOf(place))}, not ${JSON.stringify(after.text)}`;
  if (change === undefined) return reads;
  const before = change.before?.kind === "scalar" ? change.before : undefined;
  const outcome = replays({ after, before, change, names });
  if (outcome === true) return undefined;
  const step = `${change.transformer} ${change.path} over ${JSON.stringify(before?.text)}`;
  return `${reads}, and ${step} ${outcome === undefined ? "is no step that gives it" : "does not give it"}`;
}

function sliceOf({ file, start, end }: Place): string {
  return file.text.slice(start, end);
}

/** Whether the text at a place, read as YAML, gives the value of a scalar. */
function givesValue(place: Place, { text, style, tag }: Scalar): boolean {
  const written = sliceOf(place);
  // A null may be what is left where nothing was written, as after a copy from nowhere.
  if (written === text || tag === "null") return true;
  if (style !== "literal" && style !== "folded") return scalarTexts(written).includes(text);
  // A place ends with the last visible character; blanks and line breaks after it may still belong to a block, and a
  // comment at the end of the document adds one.
  const rest = place.file.text.slice(place.end);
  const block = written + (/^\s*(?:#.*\s*)*$/.test(rest) ? rest : (/^\s*\n/.exec(rest)?.[0] ?? "\n"));
  // A number in the head of a block counts from the indentation of its parent, which is not in the slice.
  const [, head = "", number, body = ""] = /^([|>][-+]?)(\d)([\s\S]*)$/.exec(block) ?? [];
  const blocks = number === undefined ? [block] : deeper.map((more) => `${head}${Number(number) + more}${body}`);
  // The string that the patch is written in may have ended before the last line break.
  return blocks.flatMap(scalarTexts).some((value) => value === text || value === `${text}\n`);
}

const deeper = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The value of a scalar that stands alone, as resources, kustomizations and plugins are read; empty for nothing and null. */
function scalarTexts(text: string): readonly string[] {
  const [document] = readDocuments({ path: "/slice.yaml", text });
  const root = document?.root;
  if (root === undefined) return [""];
  return [root, asYaml11(root), asPrinted(root)].flatMap((node) =>
    node.kind === "scalar" ? [node.tag === "null" ? "" : node.text, ...numberTexts(node)] : [],
  );
}

/** The texts that a number has after a JSON patch, `1e+06` for 1000000, and in the configuration of a plugin. */
function numberTexts(scalar: Scalar): readonly string[] {
  const value = scalarValue(scalar);
  if (value.kind !== "int" && value.kind !== "float") return [];
  return [formatGoFloat(Number(value.value)), formatGoFloat32(Number(value.value))];
}
