import type { Random } from "./random";

/** A value that is written as YAML in one of the many ways that mean the same. */
export type Value = string | number | boolean | null | Raw | readonly Value[] | Fields;

/** Fields in order; `undefined` leaves one out. */
export interface Fields {
  readonly [key: string]: Value | undefined;
}

/** Written exactly so, since its writing is what matters, for example `012`, `~` or `*anchor`. */
export class Raw {
  constructor(readonly text: string) {}
}

/** Scalars whose meaning changes with their writing, in YAML 1.1, YAML 1.2 and Go. */
export const oddScalars: readonly Raw[] = [
  ..."0x1F 012 0o14 0b11 1e3 1.50 .5 5. +1 -0 1_000 9007199254740993 18446744073709551615 1e21 123456789.125".split(
    " ",
  ),
  ..."yes no on off y n Yes NO True FALSE true null ~ Null 2001-12-14 2001-12-14T21:59:43Z 12:30 1:2:3".split(" "),
  ...[
    '"yes"',
    "'012'",
    '"1e3"',
    '"null"',
    '""',
    "''",
    '"a\\nb"',
    '"\\ttab"',
    '"é\\u2028\\U0001F600"',
    '" lead"',
    "'it''s'",
  ],
  ...["a b", "a#b", "'a #b'", "a:b", "'a: b'", "http://x.y/z?a=b&c", "<tag>", "-1", "--", "=", "<<", "1.2.3", "v1.0"],
].map((text) => new Raw(text));

const oddStrings = [
  "multi\nline\n",
  "no end\nhere",
  "trailing \nspace",
  "\nlead",
  "tab\there",
  "x".repeat(130),
  "#no",
  "a: b",
];

export function oddString(random: Random): string {
  return random.pick([
    ...oddStrings,
    "",
    "plain",
    "two words",
    "é😀",
    "word ".repeat(30).trim(),
    "{}",
    "[a]",
    "&a",
    "%x",
  ]);
}

/** Writes a value as a document. Styles, quotes, comments and indentation are random; the value is not. */
export function writeDocument(value: Value, random: Random): string {
  const step = random.pick([2, 2, 2, 4]);
  if (random.chance(0.03)) return `${flow(value, random)}\n`;
  const text = block(value, "", " ".repeat(step), random).replace(/^\n/, "");
  return random.chance(0.1) ? `# ${random.pick(["a comment", "yaml: like", "---"])}\n${text}` : text;
}

/** Puts comments behind some keys, behind some values, and between lines. */
export function withComments(text: string, random: Random): string {
  if (random.chance(0.6)) return text;
  return text.replace(/^( *)(?:- )*[A-Za-z0-9]+:(?: [a-z0-9]+)?$/gm, (line, indent: string) => {
    if (random.chance(0.95)) return line;
    return random.chance(0.7) ? `${line} # about it` : `${indent}# about the next\n${line}`;
  });
}

/** The text after a key or a dash: a scalar on the same line, or lines of a collection. */
function block(value: Value, indent: string, step: string, random: Random): string {
  if (isList(value)) {
    if (value.length === 0 || random.chance(0.06)) return ` ${flow(value, random)}\n`;
    const inner = random.chance(0.7) || indent === "" ? indent : indent + step;
    return `\n${value.map((item) => `${inner}-${afterDash(block(item, `${inner}  `, step, random))}`).join("")}`;
  }
  if (isFields(value)) {
    const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
    if (entries.length === 0 || random.chance(0.04)) return ` ${flow(value, random)}\n`;
    return `\n${entries.map(([key, item]) => writeEntry(key, item ?? null, indent, step, random)).join("")}`;
  }
  return ` ${scalar(value, indent, random)}\n`;
}

function writeEntry(key: string, value: Value, indent: string, step: string, random: Random): string {
  const isNested = isFields(value);
  // A list may stand at the indentation of its key.
  const inner = isNested || random.chance(0.5) ? indent + step : indent;
  const text = block(value, isNested || Array.isArray(value) ? inner : indent, step, random);
  return `${indent}${quoteKey(key)}:${text}`;
}

/** A collection after a dash begins on the line of the dash. */
function afterDash(text: string): string {
  return text.startsWith("\n") ? ` ${text.slice(1).trimStart()}` : text;
}

function scalar(value: Value, indent: string, random: Random): string {
  if (value instanceof Raw) return value.text;
  if (typeof value !== "string") return JSON.stringify(value);
  const isLines = value.includes("\n") && !/^[\s]|[ \t]\n|\t/.test(value);
  if (isLines && random.chance(0.7)) return blockScalar(value, indent, random);
  return inlineString(value, random);
}

function blockScalar(value: string, indent: string, random: Random): string {
  const chomp = value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-";
  const lines = value.replace(/\n$/, "").split("\n");
  // Folding would join the lines of a patch.
  const style = /[:{]/.test(value) || random.chance(0.7) ? "|" : ">";
  return `${style}${chomp}\n${lines.map((line) => (line === "" ? "" : `${indent}  ${line}`)).join("\n")}`;
}

function inlineString(value: string, random: Random): string {
  const isSafe = /^[A-Za-z][\w./-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(value);
  if (isSafe && random.chance(0.85)) return value;
  if (!/[\n\t]/.test(value) && random.chance(0.5)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value);
}

function flow(value: Value, random: Random): string {
  if (isList(value)) return `[${value.map((item) => flow(item, random)).join(", ")}]`;
  if (isFields(value)) {
    const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
    return `{${entries.map(([key, item]) => `${quoteKey(key)}: ${flow(item ?? null, random)}`).join(", ")}}`;
  }
  if (value instanceof Raw) return /[[\]{},]/.test(value.text) ? `"${value.text.replaceAll('"', "")}"` : value.text;
  return typeof value === "string" ? inlineString(value, random) : JSON.stringify(value);
}

function quoteKey(key: string): string {
  return /^[A-Za-z$_][\w./$-]*$/.test(key) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(key)
    ? key
    : JSON.stringify(key);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isFields(value: Value): value is Fields {
  return typeof value === "object" && value !== null && !(value instanceof Raw) && !Array.isArray(value);
}
