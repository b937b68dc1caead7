import { jsonOfFloat } from "./goNumber";
import type { Scalar } from "./node";
import { scalarValue } from "./scalar";

/** JSON as Go's `encoding/json` writes it, which name hashes are computed from. */

/** Quotes, what may end a script in HTML, control characters, and halves of a surrogate pair. */
const escapedInGo =
  /["\\<>&\u2028\u2029]|[^\u0020-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** A string in quotes; `<`, `>`, `&`, U+2028 and U+2029 are escaped too, for Go makes JSON safe to stand in HTML. */
export function goJsonString(text: string): string {
  const escaped = text.replace(escapedInGo, (unit) => {
    if (unit >= "\ud800") return "\\ufffd";
    return shortEscapes.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

/** A scalar's value; `undefined` for what JSON cannot hold: infinity, NaN, and text that does not fit its tag. */
export function goJsonScalar(scalar: Scalar): string | undefined {
  const value = scalarValue(scalar);
  switch (value.kind) {
    case "string":
      return goJsonString(value.value);
    case "null":
      return "null";
    case "bool":
    case "int":
      return String(value.value);
    case "float":
      return Number.isFinite(value.value) ? jsonOfFloat(value.value) : undefined;
    case "invalid":
      return undefined;
  }
}
