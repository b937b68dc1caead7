import { type Cause, getValue, type Mapping, type Node } from "../../yaml/node";
import { demandBoundedPath } from "../bounds";
import { setEntry, splitPath } from "../fieldSpec";
import { isMissing } from "../merge/conflict";
import { setScalar, wrongKind } from "../setScalar";

/** A value that goes into a field, whole or as a part of a file path. */
export interface AddedValue {
  readonly value: string;
  /** Keys divided by `/`, with `\/` for a slash inside of a key. Lists cannot be entered. */
  readonly fieldPath: string;
  /** 0: the value replaces the field. Else where it goes among the parts of the path, counted from 1. */
  readonly filePathPosition: number;
}

/**
 * Puts a value into a field, made where it is missing (upstream `api/filters/valueadd`, used by ValueAddTransformer).
 * Sample: `PEACH` at position 2 turns `/a/b` into `/a/PEACH/b`.
 *
 * @throws BuildFailure when the path meets something other than mappings, or ends in no scalar.
 */
export function addValue(root: Mapping, added: AddedValue, cause: Cause): Mapping {
  const path = splitPath(added.fieldPath, "/").filter((part) => part.trim() !== "");
  demandBoundedPath(path, cause);
  const set = (old: Node | undefined): Node => {
    const before = old?.kind === "scalar" && old.tag !== "null" ? old.text : "";
    const { value, filePathPosition } = added;
    const text = filePathPosition > 0 ? withPathPart(before, filePathPosition - 1, value) : value;
    return setScalar(old, { text }, cause);
  };
  const result = setIn(root, path, set, cause);
  return result.kind === "mapping" ? result : root;
}

function setIn(node: Node, path: readonly string[], set: (old: Node | undefined) => Node, cause: Cause): Node {
  const [key, ...rest] = path;
  if (key === undefined) return set(node);
  if (isMissing(node)) return node;
  if (node.kind !== "mapping") throw wrongKind("mapping", node, cause);
  const old = getValue(node, key);
  const value = old === undefined ? made(rest, set, cause) : setIn(old, rest, set, cause);
  return value === old ? node : setEntry(node, key, value, cause);
}

function made(path: readonly string[], set: (old: Node | undefined) => Node, cause: Cause): Node {
  if (path.length === 0) return set(undefined);
  return setIn({ kind: "mapping", entries: [], origin: { place: cause.place, change: cause } }, path, set, cause);
}

/** Inserts a part before the part at `position`, at the end if there are fewer; a path that is absolute stays so. */
function withPathPart(path: string, position: number, part: string): string {
  if (part === "") return path;
  const absolute = path.startsWith("/");
  const parts = path.split("/").filter((name) => name !== "");
  parts.splice(Math.min(position, parts.length), 0, part);
  return (absolute ? "/" : "") + parts.join("/");
}
