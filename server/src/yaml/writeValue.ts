/**
 * A value to be written into a document. Mappings are `Map`s, so that a key like `__proto__` is an ordinary one.
 * A `Fragment` moves text that is already YAML, with its comments, to another place.
 */
export type EditValue =
  | string
  | number
  | boolean
  | null
  | readonly EditValue[]
  | ReadonlyMap<string, EditValue>
  | Fragment;

/** Lines of YAML without their common indentation. */
export interface Fragment {
  /** `inline`: the first line stands behind the key, the others are relative to the key's column. `block`: all stand below it. */
  readonly layout: "inline" | "mapping" | "sequence";
  readonly lines: readonly string[];
}

/** How a document indents. */
export interface WriteStyle {
  /** Columns by which a nested mapping is indented. */
  readonly step: number;
  /** The dashes of a sequence stand deeper than its key. */
  readonly indentSequences: boolean;
}

/** A value as text: what stands behind the key, and the lines below, relative to the key's column. */
export interface Written {
  readonly head: string;
  readonly lines: readonly string[];
}

/** The value as it is written behind `key:` in a block mapping. */
export function writeBehindKey(value: EditValue, style: WriteStyle): Written {
  if (isFragment(value)) {
    if (value.layout === "inline") return { head: value.lines[0] ?? "", lines: value.lines.slice(1) };
    const step = value.layout === "sequence" && !style.indentSequences ? 0 : style.step;
    return { head: "", lines: indentLines(value.lines, step) };
  }
  if (!isFilledCollection(value)) return writeScalar(value);
  const step = isList(value) && !style.indentSequences ? 0 : style.step;
  return { head: "", lines: indentLines(writeBlock(value, style), step) };
}

/** The value as it is written behind `- ` in a block sequence: lines are relative to the dash's column. */
export function writeBehindDash(value: EditValue, style: WriteStyle): Written {
  const lines = blockLines(value, style);
  if (lines === undefined) return writeBehindKey(value, style);
  return { head: lines[0] ?? "", lines: indentLines(lines.slice(1), 2) };
}

/** One entry `key: value` of a block mapping. */
export function writeEntry(key: string, value: EditValue, style: WriteStyle): string[] {
  const { head, lines } = writeBehindKey(value, style);
  const name = quoteIfNeeded(key, true);
  return [head === "" ? `${name}:` : `${name}: ${head}`, ...lines];
}

/** One item `- value` of a block sequence. */
export function writeItem(value: EditValue, style: WriteStyle): string[] {
  const { head, lines } = writeBehindDash(value, style);
  return [head === "" ? "-" : `- ${head}`, ...lines];
}

/** The value on one line, as inside `{}` and `[]`; `undefined` for a fragment that needs several lines. */
export function writeFlow(value: EditValue): string | undefined {
  if (isFragment(value)) return value.layout === "inline" && value.lines.length === 1 ? value.lines[0] : undefined;
  if (isList(value)) {
    const items = value.map(writeFlow);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (isDictionary(value)) {
    const entries: string[] = [];
    for (const [key, entry] of value) {
      const text = writeFlow(entry);
      if (text === undefined) return undefined;
      entries.push(`${quoteIfNeeded(key, true)}: ${text}`);
    }
    return `{${entries.join(", ")}}`;
  }
  return typeof value === "string" ? quoteIfNeeded(value, true) : String(value);
}

/** Prefixes every line that is not empty. */
export function indentLines(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(columns) + line));
}

/** A string as a plain scalar where every YAML reader (1.1 and 1.2) takes it for that string, else quoted. */
export function quoteIfNeeded(text: string, flow: boolean): string {
  return isPlainString(text, flow) ? text : quote(text);
}

/** Single quotes where they can hold the text, else double quotes. */
export function quote(text: string): string {
  return canBeSingleQuoted(text) ? `'${text.replaceAll("'", "''")}'` : doubleQuote(text);
}

/** Whether single quotes can hold the text on one line. */
export function canBeSingleQuoted(text: string): boolean {
  return /^[\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text);
}

/** A double-quoted scalar; JSON's escapes are a part of YAML's. */
export function doubleQuote(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The text as a literal block scalar, lines relative to the column of the key; `undefined` when it cannot be one. */
export function writeLiteral(text: string): Written | undefined {
  const body = text.replace(/\n+$/, "");
  if (body === "" || /^[ \n]/.test(body) || !canBeSingleQuoted(body.replaceAll("\n", ""))) return undefined;
  const breaks = text.length - body.length;
  const head = breaks === 0 ? "|-" : breaks === 1 ? "|" : "|+";
  const blank = Array.from({ length: Math.max(0, breaks - 1) }, () => "");
  return { head, lines: [...indentLines(body.split("\n"), 2), ...blank] };
}

/** Whether a plain scalar of this text is that string for readers of YAML 1.1 as well as 1.2. */
export function isPlainString(text: string, flow: boolean): boolean {
  if (!canBeSingleQuoted(text) || text === "" || text !== text.trim()) return false;
  if (/^[[\]{},#&*!|>'"%@`=~]/.test(text) || /^[-?:]( |$)/.test(text) || /^(---|\.\.\.)/.test(text)) return false;
  if (/: | #|:$/.test(text) || text.startsWith("<<")) return false;
  if (flow && /[[\]{},]|^[-?:]|:(?=["'])/.test(text)) return false;
  if (/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)) return false;
  // YAML 1.1 needs no digit for a number: there `.` is one, and some readers take `+e1` for one too.
  if (/^[-+]?(?:\.[\d_]*(?:e[-+]?\d+)?|e[-+]?\d+)$/i.test(text)) return false;
  // Everything that begins like a number or a date, except what clearly is a name or a version such as `1.2.3` or `10-foo`.
  return (
    !/^[-+.]?(?:\d[\d_,.:eExXobB+\-a-fA-FTtZz ]*|\.?(?:inf|nan))$/i.test(text) || /^\d+\.\d+\.\d+[\w.-]*$/.test(text)
  );
}

function writeScalar(
  value: string | number | boolean | null | readonly EditValue[] | ReadonlyMap<string, EditValue>,
): Written {
  if (value === null) return { head: "null", lines: [] };
  if (typeof value === "string" && value.includes("\n")) {
    return writeLiteral(value) ?? { head: doubleQuote(value), lines: [] };
  }
  return { head: typeof value === "string" ? quoteIfNeeded(value, false) : (writeFlow(value) ?? ""), lines: [] };
}

function blockLines(value: EditValue, style: WriteStyle): readonly string[] | undefined {
  if (isFragment(value)) return value.layout === "inline" ? undefined : value.lines;
  return isFilledCollection(value) ? writeBlock(value, style) : undefined;
}

function writeBlock(value: readonly EditValue[] | ReadonlyMap<string, EditValue>, style: WriteStyle): string[] {
  if (isList(value)) return value.flatMap((item) => writeItem(item, style));
  return [...value].flatMap(([key, entry]) => writeEntry(key, entry, style));
}

/** Whether the value is text that is YAML already. */
function isFragment(value: EditValue): value is Fragment {
  return typeof value === "object" && value !== null && "layout" in value;
}

function isList(value: EditValue): value is readonly EditValue[] {
  return Array.isArray(value);
}

function isDictionary(value: EditValue): value is ReadonlyMap<string, EditValue> {
  return value instanceof Map;
}

function isFilledCollection(value: EditValue): value is readonly EditValue[] | ReadonlyMap<string, EditValue> {
  return (isList(value) && value.length > 0) || (isDictionary(value) && value.size > 0);
}
