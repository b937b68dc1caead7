import type { Mapping, Node, Scalar, Sequence } from "./node";
import { printedFloat } from "./printedJson";
import { scalarValue } from "./scalar";

/**
 * The same value after Kustomize has written it as JSON and as YAML again, which it does with the object that configures a
 * plugin: `1.10` is `1.1`, `0x10` is `16`, `True` is `true`, and a date is a string with a time. Nodes that do not change are
 * shared, and every scalar keeps its place. What JSON cannot hold stays as it is.
 */
export function asPrinted(node: Node): Node {
  if (node.kind === "scalar") return printedScalar(node);
  return node.kind === "sequence" ? printedSequence(node) : printedMapping(node);
}

function printedSequence(node: Sequence): Sequence {
  const items = node.items.map(asPrinted);
  return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
}

function printedMapping(node: Mapping): Mapping {
  let changed = false;
  const entries = node.entries.map((entry) => {
    const value = asPrinted(entry.value);
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value };
  });
  return changed ? { ...node, entries } : node;
}

function printedScalar(node: Scalar): Scalar {
  const value = scalarValue(node);
  switch (value.kind) {
    case "string":
      return node.tag === "str" ? node : { ...node, text: value.value, tag: "str" };
    case "bool":
    case "int": {
      const text = String(value.value);
      return text === node.text ? node : { ...node, text };
    }
    case "float": {
      if (!Number.isFinite(value.value)) return node;
      const text = printedFloat(value.value);
      return { ...node, text, tag: /^-?\d+$/.test(text) ? "int" : "float" };
    }
    default:
      return node;
  }
}
