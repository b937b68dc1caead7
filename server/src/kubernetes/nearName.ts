import { editDistance } from "../platform/didYouMean";

/**
 * The name that was surely meant by one that names nothing: it differs in letter case, in separators, or in one word by a slip of the
 * keys. Names that differ in a number or a whole word (`db-1`, `app-dev`) are other names; `undefined` then.
 */
export function findNearName(name: string, known: Iterable<string>): string | undefined {
  const all = [...new Set(known)].filter((each) => each !== name);
  const squeezed = squeeze(name);
  const near = all.filter((each) => squeeze(each) === squeezed || differsBySlip(name, each));
  return near.length === 1 ? near[0] : undefined;
}

function squeeze(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, "");
}

/** Whether two names differ in one word only, and there by a slip. */
function differsBySlip(name: string, other: string): boolean {
  const [words, others] = [name.split(/[-_.]/), other.split(/[-_.]/)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, i) => (word === others[i] ? [] : [[word, others[i] ?? ""] as const]));
  const [pair] = differing;
  if (differing.length !== 1 || pair === undefined) return false;
  const [word, meant] = pair;
  return Math.min(word.length, meant.length) >= 4 && hasSameDigits(word, meant) && isSlip(word, meant);
}

function hasSameDigits(a: string, b: string): boolean {
  return a.replace(/\D/g, "") === b.replace(/\D/g, "");
}

/** One letter added, dropped, changed or swapped; two in long words. */
function isSlip(word: string, meant: string): boolean {
  const allowed = Math.min(word.length, meant.length) >= 8 ? 2 : 1;
  return editDistance(word, meant, allowed + 1) <= allowed;
}
