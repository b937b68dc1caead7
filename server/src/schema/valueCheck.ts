import { didYouMean } from "../platform/didYouMean";
import { compileRegexp, type Matcher } from "../platform/goRegexp";
import type { Mapping, Scalar, Sequence } from "../yaml/node";
import { scalarValue } from "../yaml/scalar";
import { formatMistake } from "./formats";
import type { Schema } from "./schema";
import { nameOf, type Violation } from "./violation";

type Words = Pick<Violation, "kind" | "message" | "help" | "suggestion">;

/** What is wrong with a scalar of the right type: not one of the values, a format, a pattern, or bounds. */
export function* scalarMistakes(node: Scalar, schema: Schema, path: readonly (string | number)[]): Iterable<Words> {
  const name = nameOf(path);
  const { text } = node;
  const values = schema.values;
  if (values !== undefined && !values.some(({ value }) => value === text)) {
    yield unknownValue(
      text,
      values.map(({ value }) => value),
      name,
    );
    return;
  }
  const mistake = schema.format === undefined ? undefined : formatMistake(text, schema.format);
  if (mistake !== undefined) yield { kind: "bad-format", message: `\`${shorten(text)}\` in ${name} ${mistake}.` };
  if (schema.pattern !== undefined && !matches(schema, schema.pattern, text)) {
    const message = `\`${shorten(text)}\` is no value of ${name}.`;
    yield { kind: "bad-pattern", message, help: `It must match \`${schema.pattern}\`.` };
  }
  const { minimum, maximum, minLength, maxLength } = schema;
  if (node.tag === "int" || node.tag === "float")
    yield* bounds(numberOf(node), { minimum, maximum }, (limit) => `${name} must be ${limit}.`);
  else if (minLength !== undefined || maxLength !== undefined) {
    const inCharacters = (limit: string): string => `${name} must have ${limit} characters.`;
    yield* bounds([...text].length, { minimum: minLength, maximum: maxLength }, inCharacters);
  }
}

/** The number that a scalar means: `0755` is octal. */
function numberOf(node: Scalar): number {
  const known = scalarValue(node);
  return known.kind === "int" || known.kind === "float" ? Number(known.value) : Number.NaN;
}

/** What is wrong with the number of items. */
export function sequenceMistakes(
  { items }: Sequence,
  schema: Schema,
  path: readonly (string | number)[],
): Iterable<Words> {
  const range = { minimum: schema.minItems, maximum: schema.maxItems };
  return bounds(items.length, range, (limit) => `${nameOf(path)} must have ${limit} items.`);
}

/** What is wrong with the number of keys; `partial` objects may have too few. */
export function mappingMistakes(
  { entries }: Mapping,
  schema: Schema,
  path: readonly (string | number)[],
  partial: boolean,
): Iterable<Words> {
  const range = { minimum: partial ? undefined : schema.minProperties, maximum: schema.maxProperties };
  return bounds(entries.length, range, (limit) => `${nameOf(path)} must have ${limit} keys.`);
}

function unknownValue(text: string, values: readonly string[], name: string): Words {
  const suggestion = didYouMean(text, values);
  const all = values.map((value) => (value === "" ? "the empty text" : `\`${value}\``)).join(", ");
  return {
    kind: "unknown-value",
    message: `\`${shorten(text)}\` is no value of ${name}.`,
    help: suggestion === undefined ? `Write one of ${all}.` : `Did you mean \`${suggestion}\`? Possible are ${all}.`,
    suggestion,
  };
}

function* bounds(
  value: number,
  { minimum, maximum }: { readonly minimum: number | undefined; readonly maximum: number | undefined },
  say: (limit: string) => string,
): Iterable<Words> {
  if (minimum !== undefined && value < minimum) yield { kind: "out-of-bounds", message: say(`at least ${minimum}`) };
  if (maximum !== undefined && value > maximum) yield { kind: "out-of-bounds", message: say(`at most ${maximum}`) };
}

const matchers = new WeakMap<Schema, Matcher>();

/** A pattern that cannot be compiled allows everything. */
function matches(schema: Schema, pattern: string, text: string): boolean {
  let matcher = matchers.get(schema);
  if (matcher === undefined) {
    matcher = compile(pattern);
    matchers.set(schema, matcher);
  }
  return matcher(text);
}

function compile(pattern: string): Matcher {
  try {
    return compileRegexp(pattern);
  } catch {
    return () => true;
  }
}

function shorten(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
