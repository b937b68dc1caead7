/**
 * Numbers as Go reads and prints them. Kustomize's values pass through Go's `strconv` several times, so what stands in the
 * rendered text follows its rules: `0x1F` is 31, `012` is 10, `08` is 8, `1234567.5` is `1.2345675e+06`.
 */

const maxUint64 = (1n << 64n) - 1n;
const minInt64 = -(1n << 63n);
const maxInt64 = (1n << 63n) - 1n;

const decimal = /^(?:0|[1-9][0-9]*)$/;
const octal = /^0[oO]?[0-7]+$/;
const hexadecimal = /^0[xX][0-9a-fA-F]+$/;
const binary = /^0[bB][01]+$/;

/**
 * Reads a whole number as `strconv.ParseInt` and then `strconv.ParseUint` do with base 0: a sign, a prefix `0x`, `0o`, `0b`
 * or `0`, and at most 64 bits. `undefined` for everything else, for example `08`. Underscores must be gone already.
 */
export function parseGoInteger(text: string): bigint | undefined {
  const sign = text.charAt(0);
  const digits = sign === "-" || sign === "+" ? text.slice(1) : text;
  let value: bigint;
  if (decimal.test(digits) || hexadecimal.test(digits) || binary.test(digits)) value = BigInt(digits);
  else if (octal.test(digits)) value = BigInt(`0o${digits.replace(/^0[oO]?/, "")}`);
  else return undefined;
  if (sign === "-") return -value >= minInt64 ? -value : undefined;
  return value <= (sign === "+" ? maxInt64 : maxUint64) ? value : undefined;
}

const decimalFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Reads a decimal number with a point or an exponent; `undefined` when it is none or too large for 64 bits. */
export function parseGoFloat(text: string): number | undefined {
  if (!decimalFloat.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * A 64-bit float as Go's JSON writes it, for example `1000`, `1.5` or `1e+21`. JavaScript's own text is the same, for both
 * follow ECMAScript.
 */
export function jsonOfFloat(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * A 64-bit float as go-yaml prints it, with `strconv.FormatFloat(value, 'g', -1, 64)`: an exponent below 1e-4 and from 1e6
 * on, so `1234567.5` is `1.2345675e+06`.
 */
export function formatGoFloat(value: number): string {
  const [digits = "0", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return jsonOfFloat(value);
  const size = Math.abs(exponent);
  return `${digits}e${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
}

/**
 * A float as sigs.k8s.io/yaml makes a string of it, with `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that
 * tell it from other 32-bit floats, so `123456789.5` is `1.2345679e+08`.
 */
export function formatGoFloat32(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return "NaN";
  if (!Number.isFinite(single)) return single > 0 ? "+Inf" : "-Inf";
  let shortest = single;
  for (let digits = 0; digits < 9; digits++) {
    shortest = Number(single.toExponential(digits));
    if (Math.fround(shortest) === single) break;
  }
  return formatGoFloat(Object.is(single, -0) ? single : shortest);
}
