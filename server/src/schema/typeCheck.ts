import type { Node, Scalar } from "../yaml/node";
import { resolveYaml11Tag } from "../yaml/scalar";
import { describeType } from "./describe";
import type { Schema, SchemaType } from "./schema";

/** Whether a value is of a type that its schema takes. */
export function fitsType(node: Node, { type, types }: Schema): boolean {
  if (type !== undefined) return hasType(node, type);
  return types === undefined || types.some((each) => hasType(node, each));
}

/**
 * Whether a text without quotes is a boolean for readers of YAML 1.1 (kubectl, Argo CD) though Kustomize reads a text:
 * `yes`, `no`, `on`, `off`, `y`, `n`.
 */
export function isOldBoolean(node: Node): boolean {
  return (
    node.kind === "scalar" &&
    node.style === "plain" &&
    node.tag === "str" &&
    node.tagged !== true &&
    node.text.length <= 3 &&
    resolveYaml11Tag(node.text) === "bool"
  );
}

function hasType(node: Node, type: SchemaType): boolean {
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
      return node.kind === "scalar" && (node.tag === "bool" || isOldBoolean(node));
    case "string":
      return node.kind === "scalar" && (node.tag === "str" || node.tag === "timestamp" || node.tag === "binary");
  }
}

/** What is wrong with the type of a value, and what to do. */
export function typeWords(
  node: Node,
  schema: Schema,
  name: string,
): { readonly message: string; readonly help: string | undefined } {
  const wanted = describeType(schema);
  const message = `${name} must be ${article(wanted)} ${wanted}, not ${describeNode(node)}.`;
  if (node.kind !== "scalar") return { message, help: undefined };
  if (schema.type === "string") return { message, help: trap(node) };
  if (node.style !== "plain" && ["integer", "boolean", "number"].includes(schema.type ?? "")) {
    return { message, help: "Take the quotes away." };
  }
  return { message, help: schema.type === "array" ? "Write it as an item: `- …`." : undefined };
}

/** What YAML made of a scalar that was meant to be text. */
function trap(node: Scalar): string {
  const { file, start, end } = node.origin.place;
  const written = file.text.slice(start, end);
  const quoted = `Put it in quotes: \`"${written}"\`.`;
  if (node.tag === "bool") return `YAML reads \`${written}\` as a boolean. ${quoted}`;
  if (/^0\d+$/.test(written)) return `YAML reads \`${written}\` as an octal number. ${quoted}`;
  if (/^[\d.]+e[+-]?\d+$/i.test(written)) return `YAML reads \`${written}\` as a power of ten. ${quoted}`;
  return `YAML reads \`${written}\` as a number. ${quoted}`;
}

function describeNode(node: Node): string {
  if (node.kind === "mapping") return "an object";
  if (node.kind === "sequence") return "a list";
  if (node.tag === "bool") return "a boolean";
  return node.tag === "int" || node.tag === "float" ? "a number" : "a string";
}

function article(words: string): string {
  return /^[aeiou]/.test(words) ? "an" : "a";
}
