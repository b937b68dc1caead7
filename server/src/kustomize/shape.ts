/**
 * What a field of a configuration may hold. The shapes are data: the decoder checks against them, and an editor can offer
 * the same fields.
 */
export type Shape = Form & {
  /**
   * The field belongs to a struct that upstream embeds in another. There, and below, sigs.k8s.io/yaml does not find out that
   * a string is wanted, and Go refuses numbers.
   */
  readonly embedded?: true;
};

type Form =
  | { readonly kind: "string" }
  | { readonly kind: "boolean" }
  | { readonly kind: "integer" }
  /** Keys to strings, for example labels. */
  | { readonly kind: "pairs" }
  /** Anything, kept as it is. */
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly items: Shape }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Shape> };

export const text: Shape = { kind: "string" };
export const flag: Shape = { kind: "boolean" };
export const integer: Shape = { kind: "integer" };
export const pairs: Shape = { kind: "pairs" };
export const anything: Shape = { kind: "any" };
export const texts: Shape = { kind: "list", items: text };

/** A list of one shape. */
export function list(items: Shape): Shape {
  return { kind: "list", items };
}

/** An object with these fields; parts shared by several objects are given as further records. */
export function object(...parts: readonly Readonly<Record<string, Shape>>[]): Shape {
  return { kind: "object", fields: new Map(parts.flatMap((part) => Object.entries(part))) };
}

/** The fields of a struct that upstream embeds, where numbers are no strings even in lenient configurations. */
export function embedded(fields: Readonly<Record<string, Shape>>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, { ...shape, embedded: true }]));
}

/** What upstream's messages call a value of this shape. */
export function goType(shape: Shape): string {
  switch (shape.kind) {
    case "boolean":
      return "bool";
    case "integer":
      return "int";
    case "pairs":
      return "map[string]string";
    case "list":
      return `[]${goType(shape.items)}`;
    default:
      return shape.kind === "string" ? "string" : "struct";
  }
}
