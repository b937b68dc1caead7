import {
  Document,
  isCollection,
  isPair,
  isScalar,
  Pair,
  parseDocument,
  visit,
  YAMLMap,
  YAMLSeq,
  type Node as YamlNode,
  Scalar as YamlScalar,
} from "yaml";
import type { Node, Scalar, Style } from "./node";
import { resolveTag } from "./scalar";

/**
 * Writes a YAML text anew with some of its values changed, as go-yaml v3 writes a tree of nodes: order, comments, quotes and
 * flow style stay, indentation becomes two spaces with lists not indented under their key, blank lines go.
 *
 * @param before the root of the first document of `text`, as it was read.
 * @param after the same root with its changes; nodes that did not change are shared with `before`.
 */
export function rewriteDocument(text: string, before: Node, after: Node): string {
  const document = parseDocument(text, { schema: "failsafe", customTags: ["null"], uniqueKeys: false });
  const contents = document.contents;
  if (contents === null) return text;
  const changed = applyChanges(contents, before, after);
  const result = new Document(null, { schema: "failsafe", customTags: ["null"] });
  result.contents = changed;
  result.commentBefore = document.commentBefore;
  result.comment = document.comment;
  visit(result, {
    Node: (_, node) => {
      if (isScalar(node) || isCollection(node)) node.spaceBefore = false;
    },
  });
  return result.toString({ indent: 2, indentSeq: false, lineWidth: 0, flowCollectionPadding: false });
}

/** Brings `written` to what `after` says, touching only what differs from `before`. */
function applyChanges(written: YamlNode, before: Node | undefined, after: Node): YamlNode {
  if (before === after) return written;
  if (before?.kind === "mapping" && after.kind === "mapping" && written instanceof YAMLMap) {
    const old = new Map(before.entries.map(({ key, value }) => [key.text, value]));
    for (const { key, value } of after.entries) {
      const pair = written.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key.text);
      if (pair === undefined) written.items.push(new Pair(madeScalar(key), made(value)));
      else pair.value = applyChanges(pair.value as YamlNode, old.get(key.text), value);
    }
    return written;
  }
  if (before?.kind === "sequence" && after.kind === "sequence" && written instanceof YAMLSeq) {
    after.items.forEach((item, i) => {
      const there = written.items[i] as YamlNode | undefined;
      written.items[i] = there === undefined ? made(item) : applyChanges(there, before.items[i], item);
    });
    return written;
  }
  const replaced = made(after);
  replaced.comment = written.comment ?? null;
  replaced.commentBefore = written.commentBefore ?? null;
  return replaced;
}

function made(node: Node): YamlNode {
  if (node.kind === "scalar") return madeScalar(node);
  const collection: YAMLMap | YAMLSeq = node.kind === "mapping" ? new YAMLMap() : new YAMLSeq();
  collection.flow = isFlow(node);
  if (node.kind === "mapping") {
    collection.items = node.entries.map(({ key, value }) => new Pair(madeScalar(key), made(value)));
  } else {
    collection.items = node.items.map(made);
  }
  return collection;
}

function madeScalar({ text, tag, style }: Scalar): YamlScalar {
  const scalar = new YamlScalar<unknown>(tag === "null" ? null : text);
  // A string that would be read as something else needs quotes.
  scalar.type = tag === "str" && style === "plain" && resolveTag(text) !== "str" ? "QUOTE_DOUBLE" : types[style];
  if (tag === "null") scalar.source = text;
  return scalar;
}

function isFlow({ origin: { place } }: Node): boolean {
  return place.file.text[place.start] === "{" || place.file.text[place.start] === "[";
}

const types: Readonly<Record<Style, YamlScalar.Type>> = {
  plain: "PLAIN",
  single: "QUOTE_SINGLE",
  double: "QUOTE_DOUBLE",
  literal: "BLOCK_LITERAL",
  folded: "BLOCK_FOLDED",
};
