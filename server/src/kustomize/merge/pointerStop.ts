import { didYouMean } from "../../platform/didYouMean";
import type { Node, Scalar } from "../../yaml/node";
import { toPointerStep } from "../../yaml/pointerStep";
import type { Place } from "../../yaml/source";
import { isNull } from "./conflict";
import { getChild, parsePointer } from "./jsonPointer";

/** Where a JSON pointer leaves an object. */
export interface PointerStop {
  /** The step that cannot be made, of those behind the first slash. */
  readonly step: number;
  readonly key: string;
  /** The value in which the key is missing. */
  readonly within: Node;
  /** A key that is there and looks like the missing one. */
  readonly suggestion?: string | undefined;
}

/** Follows a pointer as far as it goes; `undefined` when it goes all the way, or is none. */
export function findPointerStop(root: Node, path: string): PointerStop | undefined {
  const pointer = parsePointer(path);
  if (pointer === undefined) return undefined;
  let within = root;
  for (const [step, key] of [...pointer.parents, pointer.key].entries()) {
    const next = childOf(within, key);
    if (next === undefined) return { step, key, within, suggestion: suggestionFor(within, key) };
    within = next;
  }
  return undefined;
}

/** Why the pointer goes no further, one sentence. `path` is the whole pointer. */
export function describeStop({ step, key, within }: PointerStop, path: string): string {
  const before = path
    .split("/")
    .slice(0, step + 1)
    .join("/");
  const holder = before === "" ? "the object" : `\`${before}\``;
  if (within.kind === "scalar") return `${capital(holder)} is a single value, so there is no \`${key}\` in it.`;
  if (within.kind === "mapping") return `There is no \`${key}\` in ${holder}.`;
  const { length } = within.items;
  if (!/^-?\d+$/.test(key)) return `${capital(holder)} is a list, and \`${key}\` is no position in it.`;
  return `${capital(holder)} has ${length === 1 ? "one item" : `${length} items`}, so there is no item \`${key}\`.`;
}

/** The step of a pointer in the text that writes it; all of the text when it is written with escapes. */
export function placeOfStep(written: Scalar, step: number): Place {
  const { file, start, end } = written.origin.place;
  const at = file.text.slice(start, end).indexOf(written.text);
  if (at < 0) return written.origin.place;
  const before =
    written.text
      .split("/")
      .slice(0, step + 1)
      .join("/").length + 1;
  const length = written.text.split("/")[step + 1]?.length ?? 0;
  if (length === 0) return written.origin.place;
  return { file, start: start + at + before, end: start + at + before + length };
}

function childOf(node: Node, key: string): Node | undefined {
  if (node.kind === "scalar") return undefined;
  try {
    return getChild(node, key);
  } catch {
    return undefined;
  }
}

function suggestionFor(within: Node, key: string): string | undefined {
  if (within.kind !== "mapping") return undefined;
  const keys = within.entries.filter(({ value }) => !isNull(value)).map((entry) => entry.key.text);
  const near = didYouMean(key, keys);
  return near === undefined ? undefined : toPointerStep(near);
}

function capital(text: string): string {
  return text.startsWith("the") ? `T${text.slice(1)}` : text;
}
