import type { CST } from "yaml";
import { headerComment } from "./editLines";
import { type Container, endOf, startOf } from "./editTree";
import type { TextEdit } from "./textEdit";
import { canBeSingleQuoted, doubleQuote, indentLines, isPlainString, quote, writeLiteral } from "./writeValue";

/**
 * The edit that gives a scalar another value: only its own bytes, in its own style where that style can hold the value.
 * Numbers, booleans and null are always plain.
 */
export function rewriteScalar(
  text: string,
  old: CST.Token,
  value: string | number | boolean | null,
  container: Container,
): TextEdit {
  const start = startOf(old);
  const end = endOf(old);
  if (old.type !== "block-scalar") return { start, end, text: flowText(old, value, container.flow) };
  const broken = text[end - 1] === "\n" || text[end - 1] === "\r";
  const literal = typeof value === "string" ? writeLiteral(value) : undefined;
  const eol = text.slice(start, end).includes("\r\n") ? "\r\n" : "\n";
  const comment = headerComment(text.slice(start, end));
  if (literal === undefined) return { start, end, text: plainText(value, false) + comment + (broken ? eol : "") };
  const column =
    /^ +/m.exec(text.slice(start, end).split("\n").slice(1).join("\n"))?.[0].length ?? container.indent + 2;
  const lines = indentLines(literal.lines, column - 2);
  return { start, end, text: [literal.head + comment, ...lines].join(eol) + (broken ? eol : "") };
}

function flowText(old: CST.Token, value: string | number | boolean | null, flow: boolean): string {
  if (typeof value !== "string") return plainText(value, flow);
  if (old.type === "double-quoted-scalar") return doubleQuote(value);
  if (old.type === "single-quoted-scalar") return canBeSingleQuoted(value) ? quote(value) : doubleQuote(value);
  return plainText(value, flow);
}

function plainText(value: string | number | boolean | null, flow: boolean): string {
  if (typeof value !== "string") return String(value);
  return isPlainString(value, flow) ? value : quote(value);
}
