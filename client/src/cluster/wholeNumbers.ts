import type { KubeObject } from "./kubeObject";
import { isSecret } from "./secretValues";

/** The beginning or end of a string, an escape in one, or a number. */
const token = /"|\\.|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The first whole number in a JSON text that JavaScript cannot hold, for example `9007199254740993`: parsed, it is another one. Kubernetes has
 * such numbers (64 bits); they must neither be sent nor compared after they were parsed.
 */
function findTooLarge(json: string): string | undefined {
  // Strings are not taken as a whole: one of some megabytes would be too much for a regular expression.
  let inString = false;
  for (const [text] of json.matchAll(token)) {
    if (text === '"') inString = !inString;
    else if (!inString && /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return text;
  }
  return undefined;
}

/** The same in words that may be shown: what a Secret holds may not. */
export function describeTooLarge(json: string): string | undefined {
  const found = findTooLarge(json);
  return found !== undefined && isSecret(JSON.parse(json) as KubeObject) ? "a whole number" : found;
}
