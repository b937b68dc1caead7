import type { Place } from "./source";

/**
 * YAML values that know where they came from. They are immutable and shared: a transformer that changes one value makes
 * new nodes along the path from the root to it and leaves all others alone, so that provenance and incremental rendering
 * are one mechanism.
 */
export type Node = Scalar | Mapping | Sequence;

/** The type that go-yaml gives a scalar (Kustomize reads with it). */
export type Tag = "str" | "int" | "float" | "bool" | "null" | "timestamp" | "binary";

/** How a scalar is written. `plain` is the only style in which the text decides the tag. */
export type Style = "plain" | "single" | "double" | "literal" | "folded";

export interface Scalar {
  readonly kind: "scalar";
  /** The value after unescaping and folding, for example `8080`, `true` or the text of a block scalar. */
  readonly text: string;
  readonly tag: Tag;
  readonly style: Style;
  /** The tag was written (`!!str 8`), so that the text does not decide it even in plain style. */
  readonly tagged?: true | undefined;
  /** A step made it without a type: so far the text decides, and a later step may let it become a string. */
  readonly untyped?: true | undefined;
  /** A key with a comment behind it, where the text around its place does not show that: it stands in a quoted string. */
  readonly commented?: true | undefined;
  readonly origin: Origin;
}

export interface Mapping {
  readonly kind: "mapping";
  /** In the order of the text. Keys are compared by their text; a key may stand twice in a broken file. */
  readonly entries: readonly Entry[];
  /** Written in braces. Upstream keeps to that until a JSON patch has been over the object. */
  readonly flow?: true | undefined;
  readonly origin: Origin;
}

export interface Entry {
  readonly key: Scalar;
  readonly value: Node;
}

export interface Sequence {
  readonly kind: "sequence";
  readonly items: readonly Node[];
  /** Written in brackets, as with mappings. */
  readonly flow?: true | undefined;
  readonly origin: Origin;
}

/** Where a value was written, and the last change made to it, if any. */
export interface Origin {
  /** The text that gives the value: in a manifest, a patch, a generator's literal or file, or the kustomization's own field. */
  readonly place: Place;
  readonly change?: Change | undefined;
}

/**
 * One step in the life of a value. The value before it is a whole node with an origin of its own, so the chain of changes is
 * `node.origin.change?.before?.origin.change?…`, newest first.
 */
export interface Change extends Cause {
  /** The value before; absent when the step created the value. */
  readonly before?: Node | undefined;
  /** The value that was copied, with a history of its own; only replacements copy. */
  readonly copied?: Node | undefined;
}

/** Who asked for a change. */
export interface Cause {
  /** The kustomization file's field, for example `images`, `patches`, `namePrefix`; a name reference says `nameReference`. */
  readonly transformer: string;
  /** The entry of the kustomization that asked for it, for example the item of `images`. */
  readonly place: Place;
  /** JSON pointer of that entry in its file, for example `/images/0`. */
  readonly path: string;
  /** A sentence for people when transformer and place do not say enough, for example the rule of a name reference. */
  readonly note?: string | undefined;
}

/** Finds the value of a key; where the key stands twice, the last wins, as in go-yaml. */
export function getValue(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== "mapping") return undefined;
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i];
    if (entry?.key.text === key) return entry.value;
  }
  return undefined;
}

/** Follows keys (strings) and list positions (numbers) down from `node`. */
export function getIn(node: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  let current = node;
  for (const step of path) {
    if (typeof step === "string") current = getValue(current, step);
    else current = current?.kind === "sequence" ? current.items[step] : undefined;
    if (current === undefined) return undefined;
  }
  return current;
}

/** The text of a scalar that is not null, else `undefined`. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && node.tag !== "null" ? node.text : undefined;
}

/** A copy of `mapping` in which `key` has `value`; a new key goes last. */
export function withValue(mapping: Mapping, key: Scalar, value: Node): Mapping {
  let replaced = false;
  const entries = mapping.entries.map((entry) => {
    if (entry.key.text !== key.text) return entry;
    replaced = true;
    return entry.value === value ? entry : { key: entry.key, value };
  });
  if (!replaced) entries.push({ key, value });
  return { ...mapping, entries };
}

/** A copy of `mapping` without `key`; the same object when the key is not there. */
export function withoutKey(mapping: Mapping, key: string): Mapping {
  if (!mapping.entries.some((entry) => entry.key.text === key)) return mapping;
  return { ...mapping, entries: mapping.entries.filter((entry) => entry.key.text !== key) };
}

/** A string made by a transformer rather than read from a file. */
export function madeString(text: string, place: Place, cause: Cause, before?: Node): Scalar {
  return { kind: "scalar", text, tag: "str", style: "plain", origin: { place, change: { ...cause, before } } };
}
