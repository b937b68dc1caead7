import { getValue, type Mapping, type Node } from "../../yaml/node";
import { asYaml11 } from "../../yaml/scalar";

/** One operation of a JSON patch (RFC 6902), as it is written. What is wrong with it shows when it is applied. */
export interface JsonPatchOperation {
  /** `unknown` when the operation does not say it as a string. */
  readonly op: string;
  readonly path: string | undefined;
  readonly from: string | undefined;
  /** Absent is not the same as null, though both add null. */
  readonly value: Node | undefined;
  readonly node: Mapping;
  /** Written as JSON: `test` compares numbers by the text they are written with. */
  readonly isJson: boolean;
}

/** The operations, or upstream's words for why there are none. */
export type ParsedJsonPatch =
  | { readonly operations: readonly JsonPatchOperation[] }
  | { readonly error: string; readonly at: Node | undefined };

/**
 * Reads the operations of a JSON patch.
 *
 * @param root the first document of the text; null and nothing give no operations.
 * @param isJson the text begins with `[`, so upstream reads it as JSON. Anything else is YAML 1.1: `n` is false.
 */
export function parseJsonPatch(root: Node | undefined, isJson: boolean): ParsedJsonPatch {
  if (root === undefined || isNull(root)) return { operations: [] };
  const value = lastWins(isJson ? root : asYaml11(root));
  if (value.kind !== "sequence") return { error: cannotUnmarshal(value, "jsonpatch.Patch"), at: value };
  const operations: JsonPatchOperation[] = [];
  for (const item of value.items) {
    if (item.kind === "mapping") operations.push(operationOf(item, isJson));
    else if (isNull(item)) operations.push(operationOf({ kind: "mapping", entries: [], origin: item.origin }, isJson));
    else return { error: cannotUnmarshal(item, "jsonpatch.Operation"), at: item };
  }
  return { operations };
}

function operationOf(node: Mapping, isJson: boolean): JsonPatchOperation {
  return {
    op: stringOf(node, "op") ?? "unknown",
    path: stringOf(node, "path"),
    from: stringOf(node, "from"),
    value: getValue(node, "value"),
    node,
    isJson,
  };
}

/** Of keys that stand twice, which becoming JSON can also bring about (`y` and `true`), the last counts. */
function lastWins(node: Node): Node {
  if (node.kind === "scalar") return node;
  if (node.kind === "sequence") {
    const items = node.items.map(lastWins);
    return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
  }
  const entries = new Map(node.entries.map((entry) => [entry.key.text, entry]));
  let changed = entries.size < node.entries.length;
  const kept = [...entries.values()].map((entry) => {
    const value = lastWins(entry.value);
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value };
  });
  return changed ? { ...node, entries: kept } : node;
}

function stringOf(node: Mapping, key: string): string | undefined {
  const value = getValue(node, key);
  return value?.kind === "scalar" && value.tag === "str" ? value.text : undefined;
}

function cannotUnmarshal(node: Node, type: string): string {
  return `json: cannot unmarshal ${jsonKind(node)} into Go value of type ${type}`;
}

function jsonKind(node: Node): string {
  if (node.kind === "mapping") return "object";
  if (node.kind === "sequence") return "array";
  if (node.tag === "bool") return "bool";
  return node.tag === "int" || node.tag === "float" ? "number" : "string";
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.tag === "null";
}
