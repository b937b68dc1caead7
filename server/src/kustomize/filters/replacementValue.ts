import type { Cause, Node, Scalar } from "../../yaml/node";
import { demandBoundedText } from "../bounds";
import { styleOver, tagWritten } from "../setScalar";
import { unsharedWithin } from "../sharedScalar";
import { notScalar } from "./replacementFailure";

/** How the source or target field is read and written. */
export interface FieldOptions {
  /** Empty: the whole field. */
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

/** A scalar keeps its own type and quotes, whatever the type of the value; anything else is replaced as it is. */
export function newValue(old: Node | undefined, value: Node, options: FieldOptions | undefined, cause: Cause): Node {
  const { delimiter = "", index = 0 } = options ?? {};
  let text = value.kind === "scalar" ? value.text : "";
  let place = value.origin.place;
  if (delimiter !== "") {
    if (old !== undefined && old.kind !== "scalar") throw notScalar(cause);
    text = withPart(old?.text ?? "", delimiter, index, text);
    demandBoundedText(text.length, cause.place);
    place = old?.origin.place ?? place;
  }
  const origin = { place, change: { ...cause, before: old, copied: value } };
  if (old === undefined || old.kind === "scalar") {
    const style = styleOver(old);
    // A field that replacements have made has no type of its own: the next replacement may turn a string into a number.
    const untyped = old === undefined || old.untyped === true ? true : undefined;
    const tag = untyped ? undefined : old?.tag;
    // An empty text without a type is a null, and one that stays: a patch takes only what says null, or nothing, for no value.
    if (text === "" && tag === undefined && style === "plain") text = "null";
    const made: Scalar = { kind: "scalar", text, tag: tagWritten(text, tag, style), style, untyped, origin };
    // A text that does not fit the type stays for now, as with upstream: it fails where the object is printed.
    return made;
  }
  return { ...unsharedWithin(value), origin };
}

/** Replaces one part; an index before the first puts the text in front, one behind the last at the end. */
function withPart(text: string, delimiter: string, index: number, part: string): string {
  const parts = text.split(delimiter);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  return parts.join(delimiter);
}
