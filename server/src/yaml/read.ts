import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Node as YamlNode,
} from "yaml";
import type { SourceDocument, YamlProblem } from "./document";
import type { Entry, Node, Origin, Scalar, Style, Tag } from "./node";
import type { SourceFile } from "./source";

/**
 * Reads all documents of a file. Never throws: what cannot be read becomes a problem, and what could be read is given.
 */
export function readDocuments(file: SourceFile): readonly SourceDocument[] {
  const parsed = parseAllDocuments(file.text, { lineCounter: new LineCounter(), uniqueKeys: false, version: "1.2" });
  if (!Array.isArray(parsed)) return [];
  return parsed.map((document) => {
    const problems: YamlProblem[] = document.errors.map((error) => ({
      code: "yaml/syntax",
      start: error.pos[0],
      end: error.pos[1],
      message: error.message,
    }));
    const convert = (node: YamlNode | null | undefined, depth: number): Node => {
      const [start, end] = node?.range ?? [0, 0];
      const origin: Origin = { place: { file, start, end } };
      if (isAlias(node)) return convert((node as Alias).resolve(document), depth + 1);
      if (isMap(node)) {
        const entries: Entry[] = node.items.map((pair) => ({
          key: convert(pair.key as YamlNode, depth + 1) as Scalar,
          value: convert(pair.value as YamlNode, depth + 1),
        }));
        return { kind: "mapping", entries, origin };
      }
      if (isSeq(node)) {
        return { kind: "sequence", items: node.items.map((item) => convert(item as YamlNode, depth + 1)), origin };
      }
      if (isScalar(node)) {
        const style = styles[node.type ?? "PLAIN"] ?? "plain";
        const text = style === "plain" ? (node.source ?? "") : String(node.value);
        return { kind: "scalar", text, tag: tagOf(node.value), style, origin };
      }
      return { kind: "scalar", text: "", tag: "null", style: "plain", origin };
    };
    const root = document.contents === null ? undefined : convert(document.contents, 0);
    return { file, start: document.range[0], end: document.range[1], root, problems };
  });
}

const styles: Readonly<Record<string, Style>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function tagOf(value: unknown): Tag {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "str";
}
