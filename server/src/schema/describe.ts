import type { Schema } from "./schema";

/** The type in a few words, for example `list of strings` or `string`. */
export function describeType(schema: Schema): string {
  switch (schema.type) {
    case "array": {
      const items = schema.items === undefined ? "values" : plural(schema.items);
      return `list of ${items}`;
    }
    case "object":
      return schema.properties === undefined && schema.others !== undefined && schema.others !== true
        ? `map of ${plural(schema.others)}`
        : "object";
    case undefined:
      return schema.types === undefined ? "any value" : describeTypes(schema);
    default:
      return schema.type;
  }
}

/**
 * A field as Markdown: name and type, what it is for, its values, its default, since which version of the product, and what
 * replaces it.
 */
export function describeField(name: string, schema: Schema, required = false, product = "Kustomize"): string {
  const head = `**${name}** \`${describeType(schema)}\`${required ? " (required)" : ""}`;
  const facts: string[] = [];
  if (schema.default !== undefined) facts.push(`Default: \`${defaultText(schema.default)}\`.`);
  if (schema.since !== undefined) facts.push(`Since ${product} ${schema.since}.`);
  const parts = [head];
  if (schema.deprecated !== undefined) parts.push(describeDeprecation(schema.deprecated));
  if (schema.description !== undefined) parts.push(schema.description);
  const values = describeValues(schema.values === undefined ? schema.items : schema);
  if (values !== "") parts.push(values);
  if (facts.length > 0) parts.push(facts.join(" "));
  return parts.join("\n\n");
}

function describeValues(schema: Schema | undefined): string {
  if (schema?.values === undefined) return "";
  if (schema.values.every(({ description }) => description === undefined)) {
    const texts = schema.values.map(({ value }) => `\`${value}\``);
    return texts.length === 1 ? `Always ${texts[0]}.` : `One of ${texts.join(", ")}.`;
  }
  return schema.values
    .map(({ value, description }) => `- \`${value}\`${description ? `: ${description}` : ""}`)
    .join("\n");
}

function plural(schema: Schema): string {
  return schema.type === undefined ? "values" : `${schema.type}s`;
}

/** `integer or string`, or what the format calls it. */
function describeTypes({ types, format }: Schema): string {
  return format === "quantity" ? "quantity" : (types ?? []).join(" or ");
}

/** What to do instead: a field's name, or a sentence of its own. */
function describeDeprecation(deprecated: string): string {
  return deprecated.includes(" ") ? `Deprecated: ${deprecated}` : `Deprecated: use \`${deprecated}\`.`;
}

function defaultText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
