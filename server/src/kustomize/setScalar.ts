import { type Cause, type Node, type Scalar, type Style, type Tag, textOf } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import { resolveTag, resolveYaml11Tag } from "../yaml/scalar";
import type { Place } from "../yaml/source";
import { BuildFailure } from "./failure";

/** What a transformer writes into a field. */
export interface NewText {
  readonly text: string;
  /** Absent: plain text decides its own type, as YAML does. */
  readonly tag?: Tag | undefined;
  /** The text that gives the value. Absent: the value is derived, and keeps the place of the one before. */
  readonly place?: Place | undefined;
}

/**
 * Puts a text into a scalar field, as kyaml's `FieldSetter` does: the quotes of the value before stay, and with them its
 * being a string. Sample: a replica count of 3 set over `"1"` becomes the string `3`.
 *
 * @param old the value before; `undefined` for a new field.
 * @throws BuildFailure when a mapping or list stands in the field.
 */
export function setScalar(old: Node | undefined, value: NewText, cause: Cause): Scalar {
  if (old !== undefined && old.kind !== "scalar") throw wrongKind("scalar", old, cause);
  const style = styleOver(old);
  const place = value.place ?? old?.origin.place ?? cause.place;
  const tag = tagWritten(value.text, value.tag, style);
  // Upstream gives it no type: a replacement may make a number of it, and a later merge makes a string of a number.
  const untyped = value.tag === undefined ? true : undefined;
  const same = old !== undefined && old.text === value.text && old.tag === tag;
  if (same && value.place === undefined) return old.untyped === untyped ? old : { ...old, untyped };
  return {
    kind: "scalar",
    text: value.text,
    tag,
    style,
    untyped,
    origin: { place, change: { ...cause, before: old } },
  };
}

/** The style that a value takes over from the one before. A null has none, whatever it is written like. */
export function styleOver(old: Scalar | undefined): Style {
  return old === undefined || old.tag === "null" ? "plain" : old.style;
}

/**
 * The tag that a scalar has once go-yaml has written it and read it again, which is what Kustomize does between its steps.
 * A tag that the plain text has by itself is left out when writing, and then quotes turn the value into a string.
 */
export function tagWritten(text: string, tag: Tag | undefined, style: Style): Tag {
  if (tag === "str") return "str";
  const plain = style === "plain" && !text.includes("\n");
  if (tag === undefined) return plain ? resolveTag(text) : "str";
  return plain || resolveTag(text) !== tag ? tag : "str";
}

/**
 * A plain string that YAML 1.1 reads as something else gets quotes when kyaml sets it as a field (`FieldSetter`). They are
 * never printed as such, but a later patch of the field keeps them, and with them its being a string. Sample: `a: b`, once a
 * quoted string and then merged over a plain one, is a map by itself. A value without a type, say a copied `0x1F`, becomes a string so.
 */
export function quotedIfAmbiguous(scalar: Scalar): Scalar {
  const { text, tag, style, untyped } = scalar;
  if (untyped && style === "plain" && tag !== "timestamp" && !isEmptyCopy(scalar)) {
    return isStringByItself(text) ? scalar : { ...scalar, tag: "str", style: "double" };
  }
  if (tag !== "str" || style !== "plain" || isStringByItself(text)) return scalar;
  return { ...scalar, style: "double" };
}

/** A null that stands for the empty text that a replacement has copied. */
export function isEmptyCopy({ tag, origin: { change } }: Scalar): boolean {
  const copied = change?.copied;
  return tag === "null" && copied !== undefined && (copied.kind !== "scalar" || copied.text === "");
}

/** Whether YAML 1.1 reads a text that stands alone as a string, or not at all; texts of several lines are not looked at. */
function isStringByItself(text: string): boolean {
  if (text === "" || text.includes("\n")) return true;
  const tag = resolveYaml11Tag(text);
  if (tag !== "str") return tag === "timestamp";
  if (!/^[[{&#?!-]|:(?: |$)/.test(text)) return true;
  const [document] = readDocuments({ path: "", text });
  return document !== undefined && (document.problems.length > 0 || textOf(document.root) !== undefined);
}

const upstreamKinds = { scalar: "ScalarNode", mapping: "MappingNode", sequence: "SequenceNode" };

/** The failure of a transformer that meets another kind of value than it can change. */
export function wrongKind(expected: Node["kind"], found: Node, cause: Cause): BuildFailure {
  return new BuildFailure({
    code: "kustomization/wrong-kind",
    severity: "error",
    place: cause.place,
    message: `A ${expected} is to be changed here, but a ${found.kind} stands in its place.`,
    help: "Correct the value, or the path that leads to it.",
    detail: wrongKindDetail(expected, found),
    related: [{ place: found.origin.place, message: `This is a ${found.kind}.` }],
  });
}

/** Upstream's words for {@link wrongKind}. */
export function wrongKindDetail(expected: Node["kind"], found: Node): string {
  return `wrong node kind: expected ${upstreamKinds[expected]} but got ${upstreamKinds[found.kind]}`;
}
