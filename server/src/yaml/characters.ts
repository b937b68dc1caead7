/** Character codes with a meaning in YAML. */
export const tab = 9;
export const newline = 10;
export const carriageReturn = 13;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const singleQuote = 39;
export const plus = 43;
export const comma = 44;
export const dash = 45;
export const colon = 58;
export const greater = 62;
export const question = 63;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const openBrace = 123;
export const bar = 124;
export const closeBrace = 125;

/** A space or a tab. */
export function isBlank(unit: number): boolean {
  return unit === space || unit === tab;
}

/** A line break, or the end of the text (where `charCodeAt` gives NaN). */
export function isLineEnd(unit: number): boolean {
  return unit === newline || unit === carriageReturn || Number.isNaN(unit);
}

/** What must follow `:`, `-` and `?` to make them syntax. */
export function isBlankOrEnd(unit: number): boolean {
  return unit === space || unit === newline || unit === carriageReturn || unit === tab || Number.isNaN(unit);
}
