/** The order in which people look for names: `team-9` before `team-10`. Names that differ never count as equal. */
export function naturalOrder(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [first, second] = [a.charCodeAt(i), b.charCodeAt(j)];
    if (isDigit(first) && isDigit(second)) {
      const [digits, others] = [numberAt(a, i), numberAt(b, j)];
      const difference = digits.value.length - others.value.length || compare(digits.value, others.value);
      if (difference !== 0) return difference;
      [i, j] = [digits.end, others.end];
    } else if (first !== second) return first - second;
    else [i, j] = [i + 1, j + 1];
  }
  // Leading zeros decide last.
  return a.length - i - (b.length - j) || compare(a, b);
}

/** A number of any size, without its leading zeros. */
function numberAt(text: string, start: number): { readonly value: string; readonly end: number } {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  let first = start;
  while (first < end - 1 && text.charAt(first) === "0") first++;
  return { value: text.slice(first, end), end };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
