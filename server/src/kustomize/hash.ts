import { compareBytes } from "../platform/byteOrder";
import { goJsonScalar, goJsonString } from "../yaml/goJson";
import { getValue, type Mapping, type Node, type Scalar } from "../yaml/node";
import { sha256Hex } from "./sha256";

/**
 * The suffix for the name of a ConfigMap or Secret, ten letters and digits that change with its content (upstream:
 * `api/hasher`). It is computed from the kind, the data and, of a Secret, the type; the name takes no part.
 *
 * Objects of other kinds can ask for a hash too. Upstream then hashes its parser's memory, lines, columns and comments
 * included; for these the suffix here changes with the content as well, but is another one.
 */
export function nameHash(node: Mapping): string {
  return encode(sha256Hex(new TextEncoder().encode(hashedText(node))));
}

/** Whether {@link nameHash} gives upstream's own hash. */
export function hasUpstreamHash(node: Mapping): boolean {
  const kind = textOrEmpty(getValue(node, "kind"));
  return kind === "ConfigMap" || kind === "Secret";
}

function hashedText(node: Mapping): string {
  switch (textOrEmpty(getValue(node, "kind"))) {
    case "ConfigMap": {
      const binary = optionalMap("binaryData", getValue(node, "binaryData"));
      return `{${binary}"data":${content(getValue(node, "data"))},"kind":"ConfigMap","name":""}`;
    }
    case "Secret": {
      const strings = optionalMap("stringData", getValue(node, "stringData")).replace(/^(.*),$/s, ",$1");
      const data = content(getValue(node, "data"));
      return `{"data":${data},"kind":"Secret","name":""${strings},"type":${content(getValue(node, "type"))}}`;
    }
    default:
      return json(node);
  }
}

/** The JSON of a map field with a comma behind it; empty for what is no map. */
function optionalMap(name: string, value: Node | undefined): string {
  return value?.kind === "mapping" ? `"${name}":${json(value)},` : "";
}

/** An absent field counts as an empty string, a scalar as its text (so null is `null`), and a list as null. */
function content(value: Node | undefined): string {
  if (value === undefined || value.kind === "scalar") return goJsonString(value?.text ?? "");
  return value.kind === "mapping" ? json(value) : "null";
}

function textOrEmpty(value: Node | undefined): string {
  return value?.kind === "scalar" && value.tag !== "null" ? value.text : "";
}

/** Go sorts keys by their bytes; where a key stands twice, the last counts. */
function json(value: Node): string {
  if (value.kind === "scalar") return jsonScalar(value);
  if (value.kind === "sequence") return `[${value.items.map(json).join(",")}]`;
  const members = new Map(value.entries.map((entry) => [entry.key.text, entry.value]));
  const keys = [...members.keys()].sort(compareBytes);
  return `{${keys.map((key) => `${goJsonString(key)}:${json(members.get(key) ?? value)}`).join(",")}}`;
}

/** Numbers are 64-bit floats for Go's JSON, so long ones lose their last digits. */
function jsonScalar(scalar: Scalar): string {
  const text = goJsonScalar(scalar) ?? "null";
  return scalar.tag === "int" ? String(Number(text)) : text;
}

/** Ten digits, without those that look like letters or spell words. */
const replacements: ReadonlyMap<string, string> = new Map([
  ["0", "g"],
  ["1", "h"],
  ["3", "k"],
  ["a", "m"],
  ["e", "t"],
]);

function encode(digest: string): string {
  return digest.slice(0, 10).replace(/[013ae]/g, (digit) => replacements.get(digit) ?? digit);
}
