import { getValue, type Node } from "../../yaml/node";
import { splitPath } from "../fieldSpec";
import { demandKind, isMissing, MergeConflict } from "../merge/conflict";
import { plainText } from "../merge/elements";

/** The path of a replacement, split. A part `[name=web]` finds a list's elements, a number is an index, `*` all elements. */
export type FieldPath = readonly string[];

/**
 * Splits a path at its dots. Brackets hold a part with dots together: `[name=a.b]` stays as it is, `[example.com/size]` is
 * the key `example.com/size`; a dot after a backslash belongs to the key too.
 */
export function splitFieldPath(path: string): FieldPath {
  const parts = splitPath(path, ".");
  const result: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i] ?? "";
    if (part.startsWith("[") && !part.endsWith("]")) {
      while (i < parts.length - 1 && !part.endsWith("]")) {
        i++;
        part = `${part}.${parts[i] ?? ""}`;
      }
      if (!part.includes("=")) part = part.replace(/^[[\]]+|[[\]]+$/g, "");
    }
    result.push(part);
  }
  return result;
}

/** A part that finds elements of a list: by the value of a field, or (with an empty key) by their own text. */
export interface ElementPart {
  readonly key: string;
  readonly value: string;
}

/** Whether a part is written in brackets. */
export function isElementPart(part: string): boolean {
  return part.startsWith("[") && part.endsWith("]");
}

/** @throws MergeConflict for brackets without `=`. */
export function elementPart(part: string, at: Node): ElementPart {
  const inner = part.slice(1, -1);
  const equals = inner.indexOf("=");
  if (equals >= 0) return { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
  throw new MergeConflict("list path element must contain fieldName=fieldValue for element to match", at);
}

/** The index that a part is, if it is one. */
export function indexPart(part: string): number | undefined {
  return /^\+?\d{1,15}$/.test(part) ? Number(part) : undefined;
}

/**
 * Finds the one value that a path leads to (kyaml's `PathGetter`): elements are compared exactly, `-` is the last one, `*` is
 * not allowed.
 * @throws MergeConflict when a part does not fit what it meets.
 */
export function lookUp(root: Node, path: FieldPath): Node | undefined {
  let node: Node | undefined = root;
  for (const written of path) {
    const part = written.trim();
    if (part === "") continue;
    node = step(node, part);
    if (node === undefined) return undefined;
  }
  return node;
}

function step(node: Node, part: string): Node | undefined {
  const index = /^-\d+$/.test(part) ? Number(part) : indexPart(part);
  if (index !== undefined && index < 0) throw new MergeConflict(`array index ${index} cannot be negative`, node);
  if (index !== undefined || part === "-") {
    demandKind(node, "sequence");
    const items = node.kind === "sequence" ? node.items : [];
    return index === undefined ? items.at(-1) : items[index];
  }
  if (part === "*") throw new MergeConflict("wildcard is not supported in PathGetter", node);
  if (isElementPart(part)) {
    const { key, value } = elementPart(part, node);
    demandKind(node, "sequence");
    const items = node.kind === "sequence" ? node.items : [];
    return items.find((item) => {
      const found = key === "" ? item : getValue(item, key);
      return found !== undefined && plainText(found) === value;
    });
  }
  if (isMissing(node)) return undefined;
  demandKind(node, "mapping");
  return getValue(node, part);
}
