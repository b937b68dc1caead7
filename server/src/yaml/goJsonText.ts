import { goJsonScalar, goJsonString } from "./goJson";
import type { Node } from "./node";

/**
 * A whole value as Go's `encoding/json` writes it: keys sorted, of keys that stand twice the last.
 *
 * @param indent what one level is indented by; empty for everything on one line.
 * @returns `undefined` when some scalar has no JSON.
 */
export function goJsonText(node: Node, indent: string): string | undefined {
  return write(node, indent, indent === "" ? "" : "\n");
}

function write(node: Node, indent: string, newLine: string): string | undefined {
  if (node.kind === "scalar") return goJsonScalar(node);
  const [open, close] = node.kind === "sequence" ? "[]" : "{}";
  const inner = newLine + indent;
  const parts = node.kind === "sequence" ? node.items.map((item) => write(item, indent, inner)) : [];
  if (node.kind === "mapping") {
    const values = new Map(node.entries.map(({ key, value }) => [key.text, value]));
    for (const [key, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const text = write(value, indent, inner);
      parts.push(text === undefined ? undefined : `${goJsonString(key)}:${indent === "" ? "" : " "}${text}`);
    }
  }
  if (parts.includes(undefined)) return undefined;
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${newLine}${close}`;
}
