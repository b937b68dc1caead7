import { jsonOfFloat, parseGoFloat, parseGoInteger } from "./goNumber";
import type { Mapping, Node, Scalar, Tag } from "./node";
import { normaliseTimestamp } from "./timestamp";

/**
 * What plain scalars mean. Kustomize reads with two libraries that disagree: resources with go-yaml v3, where `yes` is a
 * string, kustomization files and JSON patches with go-yaml v2 (through sigs.k8s.io/yaml), where it is `true`.
 */

/** The value of a scalar, ready to be printed or compared. */
export type ScalarValue =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  /** At most 64 bits. */
  | { readonly kind: "int"; readonly value: bigint }
  /** May be infinite or no number, which no JSON can hold. */
  | { readonly kind: "float"; readonly value: number }
  /** The text does not fit its explicit tag, for example `!!int abc`. */
  | { readonly kind: "invalid"; readonly reason: string };

const nulls: ReadonlySet<string> = new Set(["", "~", "null", "Null", "NULL"]);
const trues: ReadonlySet<string> = new Set(["true", "True", "TRUE"]);
const falses: ReadonlySet<string> = new Set(["false", "False", "FALSE"]);
const oldTrues: ReadonlySet<string> = new Set(["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"]);
const oldFalses: ReadonlySet<string> = new Set(["n", "N", "no", "No", "NO", "off", "Off", "OFF"]);
const infinities: ReadonlySet<string> = new Set([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"]);
const negativeInfinities: ReadonlySet<string> = new Set(["-.inf", "-.Inf", "-.INF"]);
const notNumbers: ReadonlySet<string> = new Set([".nan", ".NaN", ".NAN"]);

/** The tag that go-yaml v3 gives a plain scalar: how Kustomize reads resources and strategic-merge patches. */
export function resolveTag(text: string): Tag {
  const first = text.charCodeAt(0);
  // A letter other than those that begin null, true and false (and ~) begins a string: the common case.
  if (first === 126 || first === 110 || first === 78 || Number.isNaN(first)) return nulls.has(text) ? "null" : "str";
  if (first === 116 || first === 84) return trues.has(text) ? "bool" : "str";
  if (first === 102 || first === 70) return falses.has(text) ? "bool" : "str";
  return mayBeNumber(first) ? numberTag(text) : "str";
}

/** The tag that go-yaml v2 gives a plain scalar: as version 3, and `y`, `yes`, `on`, `n`, `no`, `off` are booleans too. */
export function resolveYaml11Tag(text: string): Tag {
  return oldTrues.has(text) || oldFalses.has(text) ? "bool" : resolveTag(text);
}

/**
 * What becomes of a plain timestamp in brackets. Kustomize writes every object and reads it again before it prints it, and
 * a colon in brackets makes that writing put quotes around it: `[2001-12-14T21:59:43Z]` comes back as a string. A patch still
 * finds it without quotes.
 */
export function flowTimestamp(scalar: Scalar): Scalar {
  return scalar.text.includes(":") ? { ...scalar, tag: "str" } : scalar;
}

/** True for `+`, `-`, `.` and digits. */
function mayBeNumber(first: number): boolean {
  return (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
}

function numberTag(text: string): Tag {
  if (normaliseTimestamp(text) !== undefined) return "timestamp";
  const value = parseNumber(text);
  if (value === undefined) return "str";
  return typeof value === "bigint" ? "int" : "float";
}

function parseNumber(text: string): bigint | number | undefined {
  if (infinities.has(text)) return Number.POSITIVE_INFINITY;
  if (negativeInfinities.has(text)) return Number.NEGATIVE_INFINITY;
  if (notNumbers.has(text)) return Number.NaN;
  // Go allows an underscore between two digits after a leading point; elsewhere go-yaml drops them all.
  if (text.startsWith("."))
    return /^\._|__|_(?![0-9])|[^0-9]_/.test(text) ? undefined : parseGoFloat(text.replaceAll("_", ""));
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  return parseGoInteger(plain) ?? parseGoFloat(plain);
}

/** The value of a scalar with its tag, whatever style it is written in. */
export function scalarValue(scalar: Scalar): ScalarValue {
  const text = scalar.text;
  switch (scalar.tag) {
    case "str":
      return { kind: "string", value: text };
    case "null":
      return nulls.has(text) ? { kind: "null" } : invalid(text, "null");
    case "bool":
      if (trues.has(text)) return { kind: "bool", value: true };
      if (falses.has(text)) return { kind: "bool", value: false };
      return invalid(text, "bool");
    case "int":
    case "float":
      return numberValue(text, scalar.tag);
    case "timestamp": {
      const value = normaliseTimestamp(text);
      return value === undefined ? invalid(text, "timestamp") : { kind: "string", value };
    }
    case "binary":
      return decodeBinary(text);
  }
}

function numberValue(text: string, tag: "int" | "float"): ScalarValue {
  const value = parseNumber(text);
  if (typeof value === "number") return tag === "float" ? { kind: "float", value } : invalid(text, tag);
  if (value === undefined) return invalid(text, tag);
  if (tag === "int") return { kind: "int", value };
  // JSON knows a zero below zero; as an integer it is none.
  return { kind: "float", value: value === 0n && text.startsWith("-") ? -0 : Number(value) };
}

function invalid(text: string, tag: Tag): ScalarValue {
  return { kind: "invalid", reason: `\`${text}\` is no !!${tag}` };
}

/** `!!binary` becomes text on the way through JSON: bytes that are no UTF-8 turn into U+FFFD. */
function decodeBinary(text: string): ScalarValue {
  const packed = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) {
    return { kind: "invalid", reason: "the text after !!binary is no base64" };
  }
  const bytes = Uint8Array.from(atob(packed), (unit) => unit.charCodeAt(0));
  return { kind: "string", value: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}

/**
 * The same value as sigs.k8s.io/yaml reads it: JSON patches and kustomization files. Plain scalars are resolved by YAML 1.1
 * (`n` is `false`), numbers get their JSON text (`012` is `10`), dates stay strings as written, and keys that are no strings
 * become their text. Nodes that do not change are shared, and every scalar keeps its place.
 */
export function asYaml11(node: Node): Node {
  if (node.kind === "scalar") return scalarAsYaml11(node);
  if (node.kind === "sequence") {
    const items = node.items.map(asYaml11);
    return items.every((item, i) => item === node.items[i]) ? node : { kind: "sequence", items, origin: node.origin };
  }
  return mappingAsYaml11(node);
}

function mappingAsYaml11(node: Mapping): Mapping {
  let changed = false;
  const entries = node.entries.map((entry) => {
    const key = keyAsYaml11(entry.key);
    const value = asYaml11(entry.value);
    if (key === entry.key && value === entry.value) return entry;
    changed = true;
    return { key, value };
  });
  return changed ? { kind: "mapping", entries, origin: node.origin } : node;
}

function keyAsYaml11(key: Scalar): Scalar {
  const value = scalarAsYaml11(key);
  return value.tag === "str" || value.tag === "null" ? value : { ...value, tag: "str" };
}

function scalarAsYaml11(scalar: Scalar): Scalar {
  const tag = scalar.style === "plain" && scalar.tagged !== true ? resolveYaml11Tag(scalar.text) : scalar.tag;
  switch (tag) {
    case "str":
    case "null":
      return tag === scalar.tag ? scalar : { ...scalar, tag };
    case "timestamp":
      return { ...scalar, tag: "str" };
    case "bool": {
      const text = String(trues.has(scalar.text) || oldTrues.has(scalar.text));
      return text === scalar.text && scalar.tag === "bool" ? scalar : { ...scalar, text, tag };
    }
    default: {
      const text = jsonText(scalarValue({ ...scalar, tag })) ?? scalar.text;
      const kept = tag === "binary" ? "str" : tag;
      return text === scalar.text && kept === scalar.tag ? scalar : { ...scalar, text, tag: kept };
    }
  }
}

/** Booleans and numbers as JSON writes them, strings as they are; `undefined` for what JSON cannot hold. */
function jsonText(value: ScalarValue): string | undefined {
  switch (value.kind) {
    case "string":
      return value.value;
    case "bool":
    case "int":
      return String(value.value);
    case "float":
      return Number.isFinite(value.value) ? jsonOfFloat(value.value) : undefined;
    default:
      return undefined;
  }
}
