import { groupOf } from "../kubernetes/apiGroup";
import { toPointer } from "../kubernetes/json";
import type { Mention, ObjectName } from "../workspace/symbols";
import { getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import type { Place } from "../yaml/source";

/**
 * "This field names an object of that kind", said once as data. Go-to-definition, find-references and the rules about what does not exist
 * all follow from it.
 */
export interface NameReference {
  readonly from: { readonly group: string; readonly kinds: readonly string[] };
  /** Keys from the root of the object to the name; `*` is any item of a list, `**` any depth. */
  readonly path: readonly string[];
  readonly to: ReferenceTarget;
  /** The name counts in the namespace of the object that mentions it, unless a field beside it says another. */
  readonly namespace?: { readonly field: string } | "same" | "none" | undefined;
  /** A field beside the name that makes it optional when true, for example `optional`. */
  readonly optionalField?: string | undefined;
  /** Applies only when fields beside the name have these values; an absent field counts as empty. */
  readonly when?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The kind that a name belongs to: a fixed one, or one that fields beside the name say. */
export type ReferenceTarget =
  | { readonly group: string; readonly kind: string }
  | {
      /** The field beside the name that holds the kind. */
      readonly kindField: string;
      readonly defaultKind?: string | undefined;
      /** The field beside the name that holds an API group, or an apiVersion. */
      readonly groupField?: string | undefined;
      readonly defaultGroup: string;
    };

/** A name that a field of an object mentions. */
export type FoundReference = Mention & { readonly node: Scalar };

/** What an object mentions, by the declarations; for a manifest as written as well as for a rendered object. */
export function findReferences(root: Mapping, references: readonly NameReference[]): readonly FoundReference[] {
  const from = mentionerNameOf(root);
  if (from === undefined) return [];
  const found: FoundReference[] = [];
  for (const reference of ofKind(references, from)) {
    const keep: Walk["found"] = (node, path, beside) => {
      const mention = toMention(node, path, beside, reference, from);
      if (mention !== undefined) found.push(mention);
    };
    visit(root, 0, undefined, { path: reference.path, steps: [], found: keep });
  }
  return found;
}

type ByKind = ReadonlyMap<string, readonly NameReference[]>;

const indexes = new WeakMap<readonly NameReference[], ByKind>();

/** The declarations for objects of one kind; all are sorted by kind once, since many objects are asked. */
function ofKind(references: readonly NameReference[], { group, kind }: ObjectName): readonly NameReference[] {
  let index = indexes.get(references);
  if (index === undefined) {
    const lists = new Map<string, NameReference[]>();
    for (const reference of references) {
      for (const each of reference.from.kinds) {
        const key = `${reference.from.group}\n${each}`;
        const list = lists.get(key);
        if (list === undefined) lists.set(key, [reference]);
        else list.push(reference);
      }
    }
    index = lists;
    indexes.set(references, index);
  }
  return index.get(`${group}\n${kind}`) ?? [];
}

/** The name of an object; `undefined` when it lacks apiVersion, kind or name. */
export function objectNameOf(root: Node | undefined): ObjectName | undefined {
  return nameOf(root, "name");
}

/**
 * The name of an object that mentions others: its own, else its `generateName`, which ends in a `-` and so is the name of none. Nothing
 * can mention such an object, yet it mentions others like any.
 */
export function mentionerNameOf(root: Node | undefined): ObjectName | undefined {
  return nameOf(root, "name") ?? nameOf(root, "generateName");
}

function nameOf(root: Node | undefined, field: "name" | "generateName"): ObjectName | undefined {
  const apiVersion = textOf(getValue(root, "apiVersion"));
  const kind = textOf(getValue(root, "kind"));
  const name = textOf(getIn(root, ["metadata", field]));
  if (apiVersion === undefined || kind === undefined || name === undefined || name === "") return undefined;
  const namespace = textOf(getIn(root, ["metadata", "namespace"])) || undefined;
  return { group: groupOf(apiVersion), kind, name, namespace };
}

/** A walk along the path of a declaration. */
interface Walk {
  readonly path: readonly string[];
  /** Keys and positions from the root to where the walk is; a JSON pointer is made of them only where something is found. */
  readonly steps: (string | number)[];
  readonly found: (node: Scalar, pointer: string, beside: Mapping | undefined) => void;
}

/** Goes on from the step number `at` of the path. */
function visit(node: Node | undefined, at: number, beside: Mapping | undefined, walk: Walk): void {
  const step = walk.path[at];
  if (step === undefined) {
    if (node?.kind === "scalar" && node.tag !== "null" && node.text !== "")
      walk.found(node, toPointer(walk.steps), beside);
  } else if (step === "**") {
    visit(node, at + 1, beside, walk);
    for (const [key, child, around] of childrenOf(node)) {
      enter(key, walk, () => visit(child, at, around, walk));
    }
  } else if (step === "*") {
    if (node?.kind !== "sequence") return;
    for (const [i, item] of node.items.entries()) {
      enter(i, walk, () => visit(item, at + 1, beside, walk));
    }
  } else if (node?.kind === "mapping") {
    const value = getValue(node, step);
    if (value !== undefined) enter(step, walk, () => visit(value, at + 1, node, walk));
  }
}

function enter(key: string | number, { steps }: Walk, visitInside: () => void): void {
  steps.push(key);
  visitInside();
  steps.pop();
}

function childrenOf(node: Node | undefined): readonly (readonly [string, Node, Mapping | undefined])[] {
  if (node?.kind === "mapping") return node.entries.map(({ key, value }) => [key.text, value, node]);
  if (node?.kind === "sequence") return node.items.map((item, i) => [String(i), item, undefined]);
  return [];
}

function toMention(
  node: Scalar,
  path: string,
  beside: Mapping | undefined,
  { to, namespace, optionalField, when }: NameReference,
  from: ObjectName,
): FoundReference | undefined {
  for (const [field, values] of Object.entries(when ?? {})) {
    if (!values.includes(textOf(getValue(beside, field)) ?? "")) return undefined;
  }
  const target = targetOf(to, beside);
  if (target === undefined) return undefined;
  const isOptional = optionalField !== undefined && textOf(getValue(beside, optionalField)) === "true";
  return {
    object: { ...target, name: node.text, namespace: namespaceOf(namespace, beside, from) },
    from,
    path,
    place: placeOfText(node),
    node,
    ...(isOptional && { optional: true as const }),
  };
}

function targetOf(
  to: ReferenceTarget,
  beside: Mapping | undefined,
): { readonly group: string; readonly kind: string } | undefined {
  if (!("kindField" in to)) return to;
  const kind = textOf(getValue(beside, to.kindField)) || to.defaultKind;
  if (kind === undefined) return undefined;
  const group = to.groupField === undefined ? undefined : textOf(getValue(beside, to.groupField));
  const isVersion = to.groupField === "apiVersion" && group !== undefined;
  return { kind, group: isVersion ? groupOf(group) : group || to.defaultGroup };
}

function namespaceOf(
  namespace: NameReference["namespace"],
  beside: Mapping | undefined,
  from: ObjectName,
): string | undefined {
  if (namespace === "none") return undefined;
  const written = typeof namespace === "object" ? textOf(getValue(beside, namespace.field)) : undefined;
  return written || from.namespace;
}

/** Where the text of a scalar stands, without its quotes. */
export function placeOfText({ origin, style, text }: Scalar): Place {
  const { file, start, end } = origin.place;
  const isQuoted = (style === "single" || style === "double") && end - start === text.length + 2;
  return isQuoted ? { file, start: start + 1, end: end - 1 } : origin.place;
}
