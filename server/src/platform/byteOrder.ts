/** The order in which Go sorts texts, for `sort`: that of their UTF-8 bytes, which is that of the code points. */
export function compareBytes(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [left = 0, right = 0] = [a.codePointAt(i), b.codePointAt(i)];
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}
