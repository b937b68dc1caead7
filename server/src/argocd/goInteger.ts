/** The whole number that Go's `strconv.Atoi` reads in a text, with a sign or without; `undefined` for anything else, blanks included. */
export function parseGoInteger(text: string): number | undefined {
  return /^[+-]?\d{1,18}$/.test(text) ? Number(text) : undefined;
}
