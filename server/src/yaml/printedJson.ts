import { goJsonString } from "./goJson";
import { formatGoFloat, jsonOfFloat, parseGoInteger } from "./goNumber";

/** Characters that Go's JSON leaves as they are and go-yaml then does not read as they are. */
const lostInJson = /[\u007f-\u009f\ufffe\uffff]/;

/**
 * A string after the way it takes upstream: written as JSON and read as YAML again. There U+0085 is a line break, so it folds
 * to a space, and other control characters are refused (`undefined`).
 */
export function throughJson(text: string): string | undefined {
  if (!lostInJson.test(text)) return text;
  const folded = text.replace(/ *\u0085[ \u0085]*/g, (run) => {
    const breaks = run.replaceAll(" ", "").length;
    return breaks === 1 ? " " : "\n".repeat(breaks - 1);
  });
  return lostInJson.test(folded) ? undefined : folded;
}

/** Whether a string can be a key in that JSON: it must stand on one line and end within 1,024 characters, its quotes included. */
export function readsAsKey(key: string): boolean {
  if (lostInJson.test(key)) return false;
  return key.length <= 170 || [...goJsonString(key)].length <= 1024;
}

/** On its way through JSON a float without a fraction becomes a whole number, if it fits 64 bits. */
export function printedFloat(value: number): string {
  const json = jsonOfFloat(value);
  return parseGoInteger(json)?.toString() ?? formatGoFloat(value);
}
