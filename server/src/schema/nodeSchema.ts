import { getValue, type Node, textOf } from "../yaml/node";
import type { EnumValue, Schema, SchemaType } from "./schema";
import { isType } from "./written";

/** Finds what a `$ref` names. */
export type ResolveReference = (reference: string) => Schema | undefined;

/** Deeper schemas allow anything below: no value is written that deep. */
const deepest = 100;

/**
 * A schema that is written in a document: the `openAPIV3Schema` of a CustomResourceDefinition, a definition of an OpenAPI file,
 * or a JSON Schema. Words that we do not know (`oneOf`, `not`, validations in CEL) leave open what they say.
 */
export function schemaFromNode(node: Node, resolve: ResolveReference = () => undefined, depth = 0): Schema {
  if (node.kind !== "mapping" || depth > deepest) return {};
  const reference = textOf(getValue(node, "$ref") ?? onlyAlternative(node));
  if (reference !== undefined) return lazily(() => resolve(reference), textOf(getValue(node, "description")));
  const part = (child: Node): Schema => schemaFromNode(child, resolve, depth + 1);
  const properties = getValue(node, "properties");
  const items = getValue(node, "items");
  const open = isOpen(node);
  return {
    ...typeOf(node),
    ...wordsOf(node),
    ...(properties?.kind === "mapping" && {
      properties: new Map(properties.entries.map(({ key, value }) => [key.text, part(value)])),
    }),
    ...(items !== undefined && { items: part(items) }),
    ...(open !== undefined && { others: open === true ? true : part(open) }),
  };
}

/** In OpenAPI v3 a reference with words beside it is written as the only item of `allOf`. */
function onlyAlternative(node: Node): Node | undefined {
  const all = getValue(node, "allOf");
  return all?.kind === "sequence" && all.items.length === 1 ? getValue(all.items[0], "$ref") : undefined;
}

/** What keys beside the properties hold. */
function isOpen(node: Node): Node | true | undefined {
  const keepsUnknown = textOf(getValue(node, "x-kubernetes-preserve-unknown-fields")) === "true";
  const embedded = textOf(getValue(node, "x-kubernetes-embedded-resource")) === "true";
  const others = getValue(node, "additionalProperties");
  if (others?.kind === "mapping") return others.entries.length === 0 ? true : others;
  if (keepsUnknown || embedded || textOf(others) === "true") return true;
  // Fields that only an alternative names (`anyOf`) would be unknown here.
  return ["oneOf", "anyOf", "allOf"].some((word) => definesFields(getValue(node, word))) ? true : undefined;
}

function definesFields(alternatives: Node | undefined): boolean {
  return (
    alternatives?.kind === "sequence" &&
    alternatives.items.some(
      (item) => getValue(item, "properties") !== undefined || getValue(item, "$ref") !== undefined,
    )
  );
}

function typeOf(node: Node): Partial<Schema> {
  if (textOf(getValue(node, "x-kubernetes-int-or-string")) === "true") return intOrString;
  if (textOf(getValue(node, "format")) === "int-or-string") return intOrString;
  const type = getValue(node, "type");
  if (type?.kind === "sequence") {
    const types = textsOf(type).filter(isType);
    return types.length === 1 ? { type: types[0] } : types.length === 0 ? {} : { types };
  }
  const text = textOf(type);
  return isType(text) ? { type: text } : {};
}

const intOrString: Partial<Schema> = { types: ["integer", "string"] as SchemaType[], format: "int-or-string" };

function wordsOf(node: Node): Partial<Schema> {
  const values = getValue(node, "enum");
  const required = getValue(node, "required");
  const keys = getValue(node, "x-kubernetes-list-map-keys");
  const text = (word: string): string | undefined => textOf(getValue(node, word));
  const count = (word: string): number | undefined => numberOf(text(word));
  return dropUndefined({
    description: text("description"),
    values: values?.kind === "sequence" ? enumOf(values.items) : undefined,
    required: required?.kind === "sequence" ? textsOf(required) : undefined,
    format: text("format") === "int-or-string" ? "int-or-string" : text("format"),
    pattern: text("pattern"),
    default: text("default"),
    minimum: text("exclusiveMinimum") === "true" ? undefined : count("minimum"),
    maximum: text("exclusiveMaximum") === "true" ? undefined : count("maximum"),
    minLength: count("minLength"),
    maxLength: count("maxLength"),
    minItems: count("minItems"),
    maxItems: count("maxItems"),
    minProperties: count("minProperties"),
    maxProperties: count("maxProperties"),
    mergeKey: text("x-kubernetes-patch-merge-key") ?? (keys?.kind === "sequence" ? textsOf(keys)[0] : undefined),
    embedded: text("x-kubernetes-embedded-resource") === "true" ? true : undefined,
  });
}

function enumOf(values: readonly Node[]): readonly EnumValue[] | undefined {
  // A null among the values says that the field may be left empty, which is always allowed.
  const found = values.flatMap((value): EnumValue[] =>
    textOf(value) === undefined ? [] : [{ value: textOf(value) ?? "" }],
  );
  return found.length === 0 ? undefined : found;
}

function textsOf(node: Node): readonly string[] {
  return node.kind === "sequence" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function dropUndefined(words: Partial<Schema>): Partial<Schema> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

/** A reference that is followed when somebody asks: definitions may refer to each other in circles. */
function lazily(resolve: () => Schema | undefined, description: string | undefined): Schema {
  let found: Schema | undefined;
  let isAsked = false;
  return new Proxy<Schema>({} as Schema, {
    get(_, word) {
      if (word === "description" && description !== undefined) return description;
      // A definition that is nothing but a reference to itself says nothing.
      if (isAsked) return undefined;
      isAsked = true;
      try {
        found ??= resolve() ?? {};
        return Reflect.get(found, word);
      } finally {
        isAsked = false;
      }
    },
  });
}
