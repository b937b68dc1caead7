import { type Cause, getValue, type Mapping, type Node, type Scalar, type Sequence } from "../../yaml/node";
import { resolveTag } from "../../yaml/scalar";
import { madeKey, setEntry } from "../fieldSpec";
import { demandKind, isMissing, MergeConflict } from "../merge/conflict";
import { compileRegexp, type Matcher } from "../regexp";
import { elementPart, type FieldPath, indexPart, isElementPart } from "./fieldPath";

/** What to do with every value that a path finds. */
export interface PathEdit {
  /** The kind of value to make where the path ends in nothing; absent: nothing is made. */
  readonly create: Node["kind"] | undefined;
  /** Gives the new value; `old` is absent for a scalar that is being made. */
  readonly set: (old: Node | undefined) => Node;
  readonly cause: Cause;
}

/** The value with its edits, and how many values the path found. */
export interface PathEdited {
  readonly node: Node;
  readonly found: number;
}

/**
 * Edits every value that a path finds (kyaml's `PathMatcher`): `[key=value]` takes each element whose field matches the
 * regular expression `value` anywhere, `*` takes all.
 *
 * @throws MergeConflict when a part does not fit what it meets; SyntaxError for a bad regular expression.
 */
export function editPath(node: Node, path: FieldPath, edit: PathEdit): PathEdited {
  const [part, ...rest] = path;
  if (part === undefined) return { node: edit.set(node), found: 1 };
  return editPart(node, part, rest, edit);
}

function editPart(node: Node, part: string, rest: FieldPath, edit: PathEdit): PathEdited {
  const index = indexPart(part);
  if (index !== undefined) return editIndex(node, index, rest, edit);
  if (isElementPart(part)) return editElements(node, part, rest, edit);
  if (part === "*") return editItems(listOf(node), rest, edit, () => true);
  return editField(node, part, rest, edit);
}

function editField(node: Node, key: string, rest: FieldPath, edit: PathEdit): PathEdited {
  if (!isMissing(node)) demandKind(node, key === "" ? "scalar" : "mapping");
  const mapping: Mapping | undefined = node.kind === "mapping" ? node : undefined;
  const old = getValue(mapping, key);
  if (old === undefined) {
    // A null has no room for a field: what is made there gets lost, as upstream loses it.
    if (edit.create === undefined) return { node, found: 0 };
    const made = makeValue(rest, edit);
    return { node: mapping === undefined ? node : setEntry(mapping, key, made.node, edit.cause), found: made.found };
  }
  if (old.kind === "scalar" && rest.length > 0) {
    // Upstream reads the scalar as YAML and goes on in there, but what it finds is set in that copy only.
    if (old.tag === "null" && old.text !== "") return { node, found: 0 };
    const kind = old.tag === "null" ? "" : "ScalarNode";
    throw new MergeConflict(`wrong node kind: expected MappingNode but got ${kind}`, old);
  }
  const { node: value, found } = editPath(old, rest, edit);
  return { node: value === old || mapping === undefined ? node : setEntry(mapping, key, value, edit.cause), found };
}

function editIndex(node: Node, index: number, rest: FieldPath, edit: PathEdit): PathEdited {
  const list = listOf(node);
  const items = [...list.items];
  const item = items[index];
  if (item === undefined) {
    if (items.length === index && edit.create !== undefined) {
      const made = makeValue(rest, edit);
      return { node: withItems(list, [...items, made.node]), found: made.found };
    }
    throw new MergeConflict(`index ${index} specified but only ${items.length} elements found`, node);
  }
  const { node: value, found } = editPath(item, rest, edit);
  items[index] = value;
  return { node: withItems(list, items), found };
}

function editElements(node: Node, part: string, rest: FieldPath, edit: PathEdit): PathEdited {
  const { key, value } = elementPart(part, node);
  const matches = compileRegexp(value);
  const takes = (item: Node): boolean => takesElement(item, key, matches);
  // Behind an element that is found by its own text, the path is not followed further.
  const further = key === "" ? [] : rest;
  const result = editItems(listOf(node), further, edit, takes);
  if (result.found > 0 || edit.create === undefined) return result;
  const list = listOf(node);
  const element = madeElement(key, value, edit.cause);
  if (!takes(element)) throw new MergeConflict(`failed to create element for ${JSON.stringify(part)}`, node);
  const made = key === "" ? { node: edit.set(undefined), found: 1 } : editPath(element, rest, edit);
  return { node: withItems(list, [...list.items, made.node]), found: made.found };
}

function takesElement(item: Node, key: string, matches: Matcher): boolean {
  const found = key === "" ? item : getValue(item, key);
  return found?.kind === "scalar" && matches(writtenText(found));
}

function editItems(list: Sequence, rest: FieldPath, edit: PathEdit, takes: (item: Node) => boolean): PathEdited {
  let found = 0;
  const items = list.items.map((item) => {
    if (!takes(item)) return item;
    const result = editPath(item, rest, edit);
    found += result.found;
    return result.node;
  });
  return { node: withItems(list, items), found };
}

/** @throws MergeConflict when the value is no list; null counts as an empty one. */
function listOf(node: Node): Sequence {
  demandKind(node, "sequence");
  return node.kind === "sequence" ? node : { kind: "sequence", items: [], origin: node.origin };
}

function withItems(list: Sequence, items: readonly Node[]): Sequence {
  const same = items.length === list.items.length && items.every((item, i) => item === list.items[i]);
  return same ? list : { ...list, items };
}

/** Makes a value of the kind that the rest of the path wants, and edits it. */
function makeValue(rest: FieldPath, edit: PathEdit): PathEdited {
  const [next, ...further] = rest;
  const origin = { place: edit.cause.place, change: edit.cause };
  const wantsList = next !== undefined && (isElementPart(next) || indexPart(next) !== undefined);
  const kind = wantsList ? "sequence" : next === undefined ? edit.create : "mapping";
  if (kind === "scalar" || kind === undefined) return { node: edit.set(undefined), found: 1 };
  const empty: Node = kind === "sequence" ? { kind, items: [], origin } : { kind, entries: [], origin };
  return next === undefined ? { node: edit.set(empty), found: 1 } : editPart(empty, next, further, edit);
}

function madeElement(key: string, value: string, cause: Cause): Node {
  const origin = { place: cause.place, change: cause };
  const scalar: Scalar = { kind: "scalar", text: value, tag: resolveTag(value), style: "plain", origin };
  if (key === "") return scalar;
  return { kind: "mapping", entries: [{ key: madeKey(key, cause), value: scalar }], origin };
}

/** A scalar as go-yaml writes it, which is what element expressions are matched with: quotes take part. */
function writtenText({ text, tag, style }: Scalar): string {
  switch (style) {
    case "plain":
      return tag === "str" && resolveTag(text) !== "str" ? JSON.stringify(text) : text.trim();
    case "single":
      return `'${text.replaceAll("'", "''")}'`;
    case "double":
      return JSON.stringify(text);
    default:
      return `${style === "literal" ? "|" : ">"}${text.endsWith("\n") ? "" : "-"}\n  ${text.replaceAll("\n", "\n  ").trim()}`;
  }
}
