import type { Place } from "../yaml/source";

/** Something in a document that its schema does not allow. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly place: Place;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly help?: string | undefined;
  /** The word that was probably meant. */
  readonly suggestion?: string | undefined;
  /** The type that is due, when that is what is wrong. */
  readonly expected?: string | undefined;
}

export type ViolationKind =
  | "unknown-field"
  | "wrong-type"
  | "old-boolean"
  | "unknown-value"
  | "bad-format"
  | "bad-pattern"
  | "out-of-bounds"
  | "missing-field";

/** A field of a path in words: `` `replicas` ``, `` an item of `containers` ``, `this document`. */
export function nameOf(path: readonly (string | number)[]): string {
  const field = path.findLast((step) => typeof step === "string");
  if (field === undefined) return "this document";
  return typeof path.at(-1) === "number" ? `an item of \`${field}\`` : `\`${field}\``;
}
