import type { KubeObject } from "./kubeObject";
import { isSecret } from "./secretValues";

/** A string, or a number: whatever stands between them in a JSON text is no digit. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The first whole number in a JSON text that JavaScript cannot hold, for example `9007199254740993`: parsed, it is another one. Kubernetes has
 * such numbers (64 bits); they must neither be sent nor compared after they were parsed.
 */
function findTooLarge(json: string): string | undefined {
  for (const [text] of json.matchAll(token)) {
    if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return text;
  }
  return undefined;
}

/** The same in words that may be shown: what a Secret holds may not. */
export function describeTooLarge(json: string): string | undefined {
  const found = findTooLarge(json);
  return found !== undefined && isSecret(JSON.parse(json) as KubeObject) ? "a whole number" : found;
}
