import type { Node, Scalar } from "./node";
import type { Place } from "./source";

/** A value that cannot be printed. */
export interface EmitFailure {
  readonly root: Node;
  readonly code:
    | "yaml/duplicate-key"
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

/** A key that stands twice in one object. */
export function duplicateKey(root: Node, key: Scalar): EmitFailure {
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
  return {
    root,
    code: "yaml/unprintable-value",
    place: scalar.origin.place,
    message: `The value \`${scalar.text}\` cannot be printed: ${reason}.`,
    help: "Put it in quotes to make it a string.",
    detail: `json: unsupported value: ${scalar.text}`,
  };
}

/**
 * A key with a comment behind it, whose map or list has become empty. Kustomize writes the object and reads it again before
 * it prints it, and `{}` lands on a line of its own behind such a comment, where it cannot be read.
 */
export function emptiedComment(root: Node, key: Scalar): EmitFailure {
  return {
    root,
    code: "yaml/emptied-comment",
    place: key.origin.place,
    message: `Nothing is left in \`${key.text}\`, and Kustomize trips over the comment behind this key then.`,
    help: "Put the comment on a line of its own above the key.",
    detail: "yaml: could not find expected ':'",
  };
}

/** A comment behind a key, with a map or list by indentation, or nothing, below. */
const commentBehindKey = /\s*:[ \t]+#.*\n(?:\s|#.*\n)*(?![\s#[{])/y;

/** Whether a comment that stands behind the key in its file is still there: a key that was made anew has lost it. */
export function keepsComment({ origin: { place, change } }: Scalar): boolean {
  if (change !== undefined) return false;
  commentBehindKey.lastIndex = place.end;
  return commentBehindKey.test(place.file.text);
}
