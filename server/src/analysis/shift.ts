import type { SourceFile } from "../yaml/source";
import type { Finding } from "./finding";

/**
 * Findings of an older version of a text, moved to where their text stands in `file`: what lies before the edited part stays,
 * what lies behind it moves along, what touches it is dropped until the next build.
 */
export function shiftFindings(findings: readonly Finding[], file: SourceFile): readonly Finding[] {
  return findings.flatMap((finding) => {
    const { file: old, start, end } = finding.place;
    if (old === file) return [finding];
    const { prefix, suffix } = unchangedParts(old.text, file.text);
    if (end <= prefix) return [{ ...finding, place: { file, start, end } }];
    if (start < old.text.length - suffix) return [];
    const distance = file.text.length - old.text.length;
    return [{ ...finding, place: { file, start: start + distance, end: end + distance } }];
  });
}

function unchangedParts(before: string, after: string): { readonly prefix: number; readonly suffix: number } {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix++;
  }
  return { prefix, suffix };
}
