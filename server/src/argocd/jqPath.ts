const closing: ReadonlyMap<string, string> = new Map([
  ["[", "]"],
  ["(", ")"],
  ["{", "}"],
]);

/**
 * What surely is wrong in an expression of jq, as the end of a sentence; `undefined` when it may be right. Not a parser: it looks at what
 * people get wrong in paths: brackets and quotes, an expression that is a JSON pointer, or none.
 */
export function findJqMistake(expression: string): string | undefined {
  const text = expression.trim();
  if (text === "") return "it is empty";
  if (/^\/[\w~-]/.test(text)) return "it is a JSON pointer, which belongs into `jsonPointers`";
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? "";
    if (letter === "#") break;
    if (letter === '"') {
      const end = endOfString(text, i);
      // What `\(` begins is code again, too rare to follow.
      if (text.slice(i, end ?? text.length).includes("\\(")) return undefined;
      if (end === undefined) return 'a `"` is not closed';
      i = end;
    } else if (closing.has(letter)) {
      open.push(letter);
    } else if (letter === "]" || letter === ")" || letter === "}") {
      const opened = open.pop();
      if (opened === undefined) return `\`${letter}\` closes nothing`;
      if (closing.get(opened) !== letter) return `\`${opened}\` is closed by \`${letter}\``;
    }
  }
  const left = open.pop();
  return left === undefined ? undefined : `\`${left}\` is not closed`;
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number | undefined {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return undefined;
}
