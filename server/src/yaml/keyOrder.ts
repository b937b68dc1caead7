/**
 * The order in which go-yaml v2 writes the keys of a map: letters after everything else, runs of digits by their number, so
 * that `skip9` comes before `skip10` and `NAME_LABEL` before `NAMESPACE_LABEL`.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return compareFrom(a, b, i);
  }
  return a.length - b.length;
}

/** Compares from the first place at which the keys differ. */
function compareFrom(a: string, b: string, differs: number): number {
  // Both halves of a surrogate pair belong to one character.
  const i =
    differs > 0 && isLowSurrogate(a.charCodeAt(differs)) && isLowSurrogate(b.charCodeAt(differs))
      ? differs - 1
      : differs;
  const left = a.codePointAt(i) ?? 0;
  const right = b.codePointAt(i) ?? 0;
  const leftLetter = isLetter(left);
  const rightLetter = isLetter(right);
  if (leftLetter && rightLetter) return left - right;
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1;

  // A zero may lie inside a longer number that began before it: 100 and 1000 differ in length, not in value.
  const inside = (left === zero || right === zero) && followsNumber(a, i) ? 1n : 0n;
  const leftRun = readDigits(a, i, inside);
  const rightRun = readDigits(b, i, inside);
  if (leftRun.value !== rightRun.value) return leftRun.value < rightRun.value ? -1 : 1;
  if (leftRun.end !== rightRun.end) return leftRun.end - rightRun.end;
  return left - right;
}

const zero = 48;
const letter = /\p{L}/u;
const digit = /\p{Nd}/u;

function isLetter(point: number): boolean {
  if (point < 128) return (point >= 97 && point <= 122) || (point >= 65 && point <= 90);
  return letter.test(String.fromCodePoint(point));
}

function isDigit(point: number): boolean {
  if (point < 128) return point >= 48 && point <= 57;
  return digit.test(String.fromCodePoint(point));
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Whether a digit other than zero stands in the run of digits before `i`. */
function followsNumber(text: string, i: number): boolean {
  for (let j = i - 1; j >= 0 && isDigit(text.charCodeAt(j)); j--) {
    if (text.charCodeAt(j) !== zero) return true;
  }
  return false;
}

/** Reads digits into a number that overflows as Go's int64 does. */
function readDigits(text: string, start: number, first: bigint): { value: bigint; end: number } {
  let value = first;
  let end = start;
  while (end < text.length) {
    const point = text.codePointAt(end) ?? 0;
    if (!isDigit(point)) break;
    value = BigInt.asIntN(64, value * 10n + BigInt(point - zero));
    end += point > 0xffff ? 2 : 1;
  }
  return { value, end };
}
