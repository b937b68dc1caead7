import type { Cause, Mapping, Node, Scalar, Sequence } from "../../yaml/node";
import { getValue, withoutKey, withValue } from "../../yaml/node";
import { madeKey } from "../fieldSpec";
import { isNull } from "./conflict";
import { lessened } from "./stamp";

/** A mapping or list, and what a JSON patch can do with one of its values; `key` is a key or an index. */
export type Container = Mapping | Sequence;

/** A step that cannot be done; `message` is the wording of evanphx/json-patch v4, which Kustomize uses. */
export class PointerError extends Error {}

/** Where a path leads: the keys on the way, and the last one. */
export interface Pointer {
  readonly parents: readonly string[];
  readonly key: string;
}

/**
 * Splits a JSON pointer. As upstream, whatever stands before the first slash is not looked at.
 * @returns `undefined` for a path without any slash.
 */
export function parsePointer(path: string): Pointer | undefined {
  const parts = path.split("/").map((part) => part.replace(/~[01]/g, (code) => (code === "~1" ? "/" : "~")));
  if (parts.length < 2) return undefined;
  return { parents: parts.slice(1, -1), key: parts.at(-1) ?? "" };
}

/**
 * Replaces the container that a pointer leads into by what `change` gives.
 * @returns the new root, or how many of the parents could be followed when the way ends early.
 */
export function changeContainer(
  root: Container,
  pointer: Pointer,
  change: (container: Container) => Container,
): Container | number {
  const steps: Container[] = [root];
  for (const part of pointer.parents) {
    const next = followed(steps.at(-1) ?? root, part);
    if (next === undefined) return steps.length - 1;
    steps.push(next);
  }
  let result = change(steps.at(-1) ?? root);
  for (let i = pointer.parents.length - 1; i >= 0; i--) {
    const [parent, part] = [steps[i], pointer.parents[i]];
    if (parent !== undefined && part !== undefined) result = withChild(parent, part, result);
  }
  return result;
}

/** The container under a key; `undefined` where there is none, or a scalar. */
function followed(container: Container, part: string): Container | undefined {
  let next: Node | undefined;
  try {
    next = getChild(container, part);
  } catch (error) {
    if (!(error instanceof PointerError)) throw error;
  }
  return next === undefined || next.kind === "scalar" ? undefined : next;
}

function withChild(parent: Container, part: string, child: Container): Container {
  if (parent.kind === "sequence") {
    const at = indexOf(parent, part);
    return { ...parent, items: parent.items.map((item, i) => (i === at ? child : item)) };
  }
  const entries = parent.entries.map((entry) => (entry.key.text === part ? { key: entry.key, value: child } : entry));
  return { ...parent, entries };
}

/**
 * The value under a key; a key that a mapping lacks gives `undefined`, and so does null.
 * @throws PointerError for an index that a list does not have.
 */
export function getChild(container: Container, key: string): Node | undefined {
  if (container.kind === "sequence") return container.items[indexOf(container, key)];
  const value = getValue(container, key);
  return value === undefined || isNull(value) ? undefined : value;
}

/** Puts a value under a key of a mapping, or before an index of a list; `-` is behind its end. */
export function addChild(container: Container, key: string, value: Node, cause: Cause): Container {
  if (container.kind === "mapping") return withValue(container, keyOf(key, cause), value);
  const { items } = container;
  if (key === "-") return { ...container, items: [...items, value] };
  const index = parseIndex(key);
  if (index === undefined) {
    throw new PointerError(`value was not a proper array index: '${key}': ${invalidSyntax(key)}`);
  }
  const at = index < 0 ? index + items.length + 1 : index;
  if (at < 0 || at > items.length) throw invalidIndex(index);
  return { ...container, items: [...items.slice(0, at), value, ...items.slice(at)] };
}

/** In JSON every key is a string, also `5`. */
function keyOf(text: string, cause: Cause): Scalar {
  return { ...madeKey(text, cause), tag: "str" };
}

/** Replaces the value under a key; a key that a mapping lacks is added. */
export function setChild(container: Container, key: string, value: Node, cause: Cause): Container {
  if (container.kind === "mapping") return withValue(container, keyOf(key, cause), value);
  const at = indexOf(container, key);
  return { ...container, items: container.items.map((item, i) => (i === at ? value : item)) };
}

/** Takes the value under a key away; the container remembers what it was. */
export function removeChild(container: Container, key: string, cause: Cause): Container {
  if (container.kind === "sequence") {
    const at = indexOf(container, key);
    return lessened({ ...container, items: container.items.filter((_, i) => i !== at) }, container, cause);
  }
  const rest = withoutKey(container, key);
  if (rest === container) throw new PointerError(`Unable to remove nonexistent key: ${key}: missing value`);
  return lessened(rest, container, cause);
}

/** The position that an index means; negative ones count from the end. */
function indexOf(list: Sequence, key: string): number {
  const index = parseIndex(key);
  if (index === undefined) throw new PointerError(invalidSyntax(key));
  const at = index < 0 ? index + list.items.length : index;
  if (at < 0 || at >= list.items.length) throw invalidIndex(index);
  return at;
}

function parseIndex(key: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(key) ? Number(key) : undefined;
}

function invalidSyntax(key: string): string {
  return `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
}

function invalidIndex(index: number): PointerError {
  return new PointerError(`Unable to access invalid index: ${index}: invalid index referenced`);
}
