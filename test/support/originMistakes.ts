import type { Node, Scalar } from "../../server/src/yaml/node";
import { readDocuments } from "../../server/src/yaml/read";
import type { Place } from "../../server/src/yaml/source";

/**
 * What is wrong with the origins below a rendered node, one line each. Every scalar must come from somewhere: the chain of
 * values before its changes ends either in a text that gives that value when it is read as YAML, or in a value that a step
 * created, at a place that is there.
 */
export function originMistakes(node: Node, checked: WeakSet<Node>, path = ""): readonly string[] {
  if (checked.has(node)) return [];
  checked.add(node);
  if (node.kind === "mapping") {
    return node.entries.flatMap(({ key, value }) => originMistakes(value, checked, `${path}/${key.text}`));
  }
  if (node.kind === "sequence") return node.items.flatMap((item, i) => originMistakes(item, checked, `${path}/${i}`));
  const mistake = scalarMistake(node);
  return mistake === undefined ? [] : [`${path}: ${mistake}`];
}

function scalarMistake(rendered: Scalar): string | undefined {
  let first: Node = rendered;
  while (first.origin.change?.before !== undefined) first = first.origin.change.before;
  const { place, change } = first.origin;
  const where = `${place.file.path}:${place.start}-${place.end}`;
  if (place.start < 0 || place.start > place.end || place.end > place.file.text.length)
    return `${where} is outside its file`;
  if (change !== undefined || first.kind !== "scalar") return undefined;
  return givesValue(place, first)
    ? undefined
    : `${where} reads ${JSON.stringify(sliceOf(place))}, not ${JSON.stringify(first.text)}`;
}

function sliceOf({ file, start, end }: Place): string {
  return file.text.slice(start, end);
}

/** Whether the text at a place, read as YAML, gives the value of a scalar. */
function givesValue(place: Place, { text, style, tag }: Scalar): boolean {
  const written = sliceOf(place);
  // A null may be what is left where nothing was written, as after a copy from nowhere.
  if (written === text || tag === "null") return true;
  if (style !== "literal" && style !== "folded") return scalarText(written) === text;
  // A place ends with the last visible character; blanks and line breaks after it may still belong to a block, and a
  // comment at the end of the document adds one.
  const rest = place.file.text.slice(place.end);
  const block = written + (/^\s*(?:#.*\s*)*$/.test(rest) ? rest : (/^\s*\n/.exec(rest)?.[0] ?? "\n"));
  // A number in the head of a block counts from the indentation of its parent, which is not in the slice.
  const [, head = "", number, body = ""] = /^([|>][-+]?)(\d)([\s\S]*)$/.exec(block) ?? [];
  if (number === undefined) return scalarText(block) === text;
  return Array.from({ length: 8 }, (_, more) => scalarText(`${head}${Number(number) + more}${body}`)).includes(text);
}

/** The value of a scalar that stands alone; empty for nothing, `undefined` for anything else. */
function scalarText(text: string): string | undefined {
  const [document] = readDocuments({ path: "/slice.yaml", text });
  if (document?.root === undefined) return "";
  return document.root.kind === "scalar" ? document.root.text : undefined;
}
