import type { Entry, Node, Scalar } from "./node";
import { scalarValue } from "./scalar";
import type { Place } from "./source";
import { beginOfSecond, missingSeparator } from "./valueProblems";

/** A value that cannot be printed. */
export interface EmitFailure {
  readonly root: Node;
  readonly code:
    | "yaml/duplicate-key"
    | "yaml/comment-in-brackets"
    | "yaml/emptied-comment"
    | "yaml/non-string-key"
    | "yaml/too-large"
    | "yaml/unprintable-value";
  readonly place: Place;
  readonly message: string;
  readonly help: string;
  /** Upstream's wording. */
  readonly detail: string;
}

/** Keys that stand twice in one object; of a second object without `---` before it, only where it begins. */
export function duplicateKeys(root: Node, twins: readonly Scalar[]): readonly EmitFailure[] {
  const begin = beginOfSecond(twins);
  if (begin === undefined) return twins.map((key) => duplicateKey(root, key));
  return [{ ...duplicateKey(root, begin), ...missingSeparator }];
}

function duplicateKey(root: Node, key: Scalar): EmitFailure {
  return {
    root,
    code: "yaml/duplicate-key",
    place: key.origin.place,
    message: `The key \`${key.text}\` stands twice in this object.`,
    help: "Remove one of the two.",
    detail: `mapping key "${key.text}" already defined`,
  };
}

/** A key such as `10` or `true`: JSON has no place for it. */
export function nonStringKey(root: Node, key: Scalar): EmitFailure {
  return {
    root,
    code: "yaml/non-string-key",
    place: key.origin.place,
    message: `The key \`${key.text}\` is no string, and keys of Kubernetes objects must be.`,
    help: `Write "${key.text}" in quotes.`,
    detail: "json: unsupported type: map[interface {}]interface {}",
  };
}

/** The first document behind more text than one string can hold. */
export function tooMuchText(root: Node): EmitFailure {
  return {
    root,
    code: "yaml/too-large",
    place: root.origin.place,
    message: "From this object on there is more text than can be printed.",
    help: "Divide the objects among several kustomizations.",
    detail: "too much text",
  };
}

/** A value that JSON cannot hold, or that go-yaml would not read again. */
export function unprintable(root: Node, scalar: Scalar, reason: string): EmitFailure {
  const { place, change } = scalar.origin;
  const isReplaced = change?.before?.kind === "scalar" && change.before.tag === scalar.tag;
  return {
    root,
    code: "yaml/unprintable-value",
    place: isReplaced ? change.place : place,
    message: `The value \`${scalar.text}\`${isReplaced ? ", which is set here," : ""} cannot be printed: ${reason}.`,
    help: isReplaced
      ? "Put the value before in quotes, so that it is a string."
      : "Put it in quotes to make it a string.",
    detail: `json: unsupported value: ${scalar.text}`,
  };
}

/**
 * A key with a comment behind it, whose map or list has become empty. Kustomize writes the object and reads it again before
 * it prints it, and `{}` lands on a line of its own behind such a comment, where it cannot be read.
 */
function emptiedComment(root: Node, key: Scalar): EmitFailure {
  return {
    root,
    code: "yaml/emptied-comment",
    place: key.origin.place,
    message: `Nothing is left in \`${key.text}\`, and Kustomize trips over the comment behind this key then.`,
    help: "Put the comment on a line of its own above the key.",
    detail: "yaml: could not find expected ':'",
  };
}

/**
 * A key with a comment behind it and a map or list below, merged into brackets. Kustomize writes a comma between the key and
 * its comment there, and reads what follows as another key.
 */
function commentInBrackets(root: Node, key: Scalar): EmitFailure {
  return {
    root,
    code: "yaml/comment-in-brackets",
    place: key.origin.place,
    message: `\`${key.text}\` lands in brackets, and Kustomize trips over the comment behind this key then.`,
    help: "Put the comment on a line of its own above the key, or write the value around it without brackets.",
    detail: "yaml: invalid map key",
  };
}

/** A comment behind a key, with a map or list by indentation, or nothing, below. */
const commentBehindKey = /\s*:[ \t]+#.*\n(?:\s|#.*\n)*(?![\s#[{])/y;

/** Whether a comment that stands behind the key in its file is still there: a key that was made anew has lost it. */
export function keepsComment({ commented, origin: { place, change } }: Scalar): boolean {
  if (change !== undefined) return false;
  if (commented) return true;
  commentBehindKey.lastIndex = place.end;
  return commentBehindKey.test(place.file.text);
}

/**
 * Why Kustomize cannot read the object again that it has written, if it trips over the comment behind a key.
 *
 * @param inBrackets whether a collection around the entry is written in brackets.
 */
export function commentFailure(root: Node, { key, value }: Entry, inBrackets: boolean): EmitFailure | undefined {
  if (value.kind === "scalar") return undefined;
  const isEmpty = (value.kind === "mapping" ? value.entries : value.items).length === 0;
  if ((!isEmpty && !inBrackets) || !keepsComment(key)) return undefined;
  return inBrackets ? commentInBrackets(root, key) : emptiedComment(root, key);
}

/**
 * What keeps Kustomize from reading an object again after it has written it: a comment in the way, a text that does not fit
 * its type, or a number that JSON cannot hold. JSON patches meet it before printing does.
 */
export function findFailure(root: Node): EmitFailure | undefined {
  const inNode = (node: Node, inBrackets: boolean): EmitFailure | undefined => {
    if (node.kind === "scalar") return typeFailure(root, node);
    const within = inBrackets || node.flow === true;
    if (node.kind === "sequence") return firstOf(node.items, (item) => inNode(item, within));
    return firstOf(node.entries, (entry) => commentFailure(root, entry, within) ?? inNode(entry.value, within));
  };
  return inNode(root, false);
}

function typeFailure(root: Node, scalar: Scalar): EmitFailure | undefined {
  if (scalar.tag === "str") return undefined;
  const value = scalarValue(scalar);
  if (value.kind === "invalid") return unprintable(root, scalar, value.reason);
  if (value.kind !== "float" || Number.isFinite(value.value)) return undefined;
  return unprintable(root, scalar, "JSON knows no infinity and no NaN");
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
