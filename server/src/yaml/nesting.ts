/**
 * Finds where a text nests brackets, or dashes on one line, deeper than `limit`; `undefined` when it does not. The `yaml`
 * package would find out by exhausting the stack, which can end the whole process, so it never sees such a text. The
 * count is generous: brackets that cannot open a value are left out, those in quotes are not.
 */
export function findDeepNesting(text: string, start: number, end: number, limit: number): number | undefined {
  let brackets = 0;
  let dashes = 0;
  let opensValue = true;
  for (let i = start; i < end; i++) {
    switch (text[i]) {
      case " ":
      case "\t":
        break;
      case "[":
      case "{":
        if (opensValue && ++brackets > limit) return i;
        break;
      case "]":
      case "}":
        brackets = Math.max(0, brackets - 1);
        opensValue = false;
        break;
      case "-":
      case "?":
      case ":":
        if (isBlank(text[i + 1]) && ++dashes > limit) return i;
        opensValue = true;
        break;
      case "\n":
        dashes = 0;
        opensValue = true;
        break;
      default:
        dashes = 0;
        opensValue = text[i] === ",";
    }
  }
  return undefined;
}

function isBlank(letter: string | undefined): boolean {
  return letter === " " || letter === "\t" || letter === "\n" || letter === undefined;
}
