import { didYouMean } from "../platform/didYouMean";
import type { Mapping, Node, Scalar } from "../yaml/node";
import type { Place } from "../yaml/source";
import { describeType } from "./describe";
import { fieldOf } from "./lookUp";
import type { Schema } from "./schema";

/** Something in a document that its schema does not allow. */
export interface Violation {
  readonly kind: "unknown-field" | "wrong-type" | "unknown-value" | "too-small" | "missing-field";
  readonly place: Place;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly help?: string | undefined;
  /** The word that was probably meant. */
  readonly suggestion?: string | undefined;
}

/** How strict to be. */
export interface ValidateOptions {
  /** Patches are partial objects: nothing is required of them. */
  readonly partial?: boolean | undefined;
  /** Values such as `$(VAR)` or `{{ x }}` that something else fills in: they fit everywhere. */
  readonly isPlaceholder?: ((text: string) => boolean) | undefined;
}

/** Checks a value against a schema. Null fits everywhere, as the API server and Kustomize drop it. */
export function validate(node: Node, schema: Schema, options: ValidateOptions = {}): readonly Violation[] {
  const violations: Violation[] = [];
  check(node, schema, { path: [], options, report: (violation) => violations.push(violation) });
  return violations;
}

interface Context {
  readonly path: readonly (string | number)[];
  readonly options: ValidateOptions;
  readonly report: (violation: Violation) => void;
}

function check(node: Node, schema: Schema, context: Context): void {
  if (node.kind === "scalar" && (node.tag === "null" || context.options.isPlaceholder?.(node.text))) return;
  if (schema.type !== undefined && !hasType(node, schema.type)) {
    context.report({
      kind: "wrong-type",
      place: node.origin.place,
      path: context.path,
      ...typeWords(node, schema, context),
    });
    return;
  }
  if (node.kind === "scalar") checkScalar(node, schema, context);
  else if (node.kind === "mapping") checkMapping(node, schema, context);
  else if (schema.items !== undefined) {
    for (const [i, item] of node.items.entries()) check(item, schema.items, { ...context, path: [...context.path, i] });
  }
}

function checkMapping(node: Mapping, schema: Schema, context: Context): void {
  const known = schema.properties;
  if (known === undefined && schema.others === undefined) return;
  for (const { key, value } of node.entries) {
    const path = [...context.path, key.text];
    const field = fieldOf(schema, key.text);
    if (field !== undefined) check(value, field, { ...context, path });
    else if (schema.others === undefined && known !== undefined) {
      const suggestion = nearestField(key.text, known.keys(), node);
      context.report({
        kind: "unknown-field",
        place: key.origin.place,
        path,
        message: `\`${key.text}\` is no field of ${nameOf(context.path)}.`,
        help: suggestion === undefined ? "Remove it, or correct its name." : `Did you mean \`${suggestion}\`?`,
        suggestion,
      });
    }
  }
  if (context.options.partial) return;
  const present = new Set(node.entries.map(({ key }) => key.text));
  for (const name of schema.required ?? []) {
    if (present.has(name)) continue;
    const place = node.entries[0]?.key.origin.place ?? node.origin.place;
    const message = `\`${name}\` is missing in ${nameOf(context.path)}.`;
    context.report({ kind: "missing-field", place, path: context.path, message, help: `Add \`${name}\`.` });
  }
}

function checkScalar(node: Scalar, schema: Schema, context: Context): void {
  const { place } = node.origin;
  const values = schema.values?.map(({ value }) => value);
  if (values !== undefined && !values.includes(node.text)) {
    const suggestion = didYouMean(node.text, values);
    const all = values.map((value) => `\`${value}\``).join(", ");
    context.report({
      kind: "unknown-value",
      place,
      path: context.path,
      message: `\`${node.text}\` is no value of ${nameOf(context.path)}.`,
      help: suggestion === undefined ? `Write one of ${all}.` : `Did you mean \`${suggestion}\`? Possible are ${all}.`,
      suggestion,
    });
  }
  if (schema.minimum !== undefined && Number(node.text) < schema.minimum) {
    const message = `${nameOf(context.path)} must be at least ${schema.minimum}.`;
    context.report({ kind: "too-small", place, path: context.path, message });
  }
}

/** A field that is meant: near in spelling, and not there already. */
function nearestField(name: string, known: Iterable<string>, mapping: Mapping): string | undefined {
  const present = new Set(mapping.entries.map(({ key }) => key.text));
  return didYouMean(
    name,
    [...known].filter((candidate) => !present.has(candidate)),
  );
}

function hasType(node: Node, type: NonNullable<Schema["type"]>): boolean {
  switch (type) {
    case "object":
      return node.kind === "mapping";
    case "array":
      return node.kind === "sequence";
    case "integer":
      return (
        node.kind === "scalar" && (node.tag === "int" || (node.tag === "float" && Number.isInteger(Number(node.text))))
      );
    case "number":
      return node.kind === "scalar" && (node.tag === "int" || node.tag === "float");
    case "boolean":
      return node.kind === "scalar" && node.tag === "bool";
    case "string":
      return node.kind === "scalar" && (node.tag === "str" || node.tag === "timestamp" || node.tag === "binary");
  }
}

function typeWords(node: Node, schema: Schema, context: Context): { message: string; help: string | undefined } {
  const wanted = describeType(schema);
  const message = `${nameOf(context.path)} must be ${article(wanted)} ${wanted}, not ${found(node)}.`;
  if (node.kind !== "scalar") return { message, help: undefined };
  if (schema.type === "string") return { message, help: trap(node) };
  if (node.style !== "plain" && (schema.type === "integer" || schema.type === "boolean" || schema.type === "number")) {
    return { message, help: "Take the quotes away." };
  }
  return { message, help: schema.type === "array" ? "Write it as an item: `- …`." : undefined };
}

/** What YAML made of a scalar that was meant to be text. */
function trap(node: Scalar): string {
  const { file, start, end } = node.origin.place;
  const written = file.text.slice(start, end);
  if (node.tag === "bool") return `YAML reads \`${written}\` as a boolean. Put it in quotes: \`"${written}"\`.`;
  if (/^0\d+$/.test(written)) {
    return `YAML reads \`${written}\` as an octal number. Put it in quotes: \`"${written}"\`.`;
  }
  return `YAML reads \`${written}\` as a number. Put it in quotes: \`"${written}"\`.`;
}

function found(node: Node): string {
  if (node.kind === "mapping") return "an object";
  if (node.kind === "sequence") return "a list";
  if (node.tag === "bool") return "a boolean";
  return node.tag === "int" || node.tag === "float" ? "a number" : "a string";
}

function article(words: string): string {
  return /^[aeiou]/.test(words) ? "an" : "a";
}

function nameOf(path: readonly (string | number)[]): string {
  const field = path.findLast((step) => typeof step === "string");
  if (field === undefined) return "this document";
  return typeof path.at(-1) === "number" ? `an item of \`${field}\`` : `\`${field}\``;
}
