import type { Place, SourceFile } from "../yaml/source";
import type { Finding } from "./finding";

/**
 * Findings of an older version of a text, moved to where their text stands in `file`: what lies before the edited part stays, what lies
 * behind it moves along, and what the edit lies in grows and shrinks with it, so that nothing flickers while a wrong word is typed. What
 * an edit cuts through or takes away is dropped until it is found again.
 */
export function shiftFindings(findings: readonly Finding[], file: SourceFile): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (finding.place.file === file) return [finding];
    const place = shiftPlace(finding.place, file);
    if (place === undefined) return [];
    const related = finding.related.map((each) => {
      const isHere = each.place.file.path === file.path && each.place.file !== file;
      return isHere ? { ...each, place: shiftPlace(each.place, file) ?? place } : each;
    });
    return [{ ...finding, place, related }];
  });
}

function shiftPlace({ file: old, start, end }: Place, file: SourceFile): Place | undefined {
  const { prefix, suffix } = unchangedParts(old, file);
  const distance = file.text.length - old.text.length;
  const behind = old.text.length - suffix;
  // What is typed right behind a word may belong to it; what is typed before it does not.
  if (end < prefix || (end === prefix && !isWordAt(file.text, end))) return { file, start, end };
  if (start >= behind) return { file, start: start + distance, end: end + distance };
  const isAround = start <= prefix && behind <= end;
  return isAround && end + distance > start ? { file, start, end: end + distance } : undefined;
}

function isWordAt(text: string, offset: number): boolean {
  return /^[\w.-]/.test(text.slice(offset, offset + 1));
}

interface Unchanged {
  readonly prefix: number;
  readonly suffix: number;
}

const known = new WeakMap<SourceFile, { readonly file: SourceFile; readonly parts: Unchanged }>();

/** How much at the beginning and at the end of two texts is the same; many findings of a file ask for it. */
function unchangedParts(old: SourceFile, file: SourceFile): Unchanged {
  let remembered = known.get(old);
  if (remembered?.file !== file) {
    remembered = { file, parts: compareTexts(old.text, file.text) };
    known.set(old, remembered);
  }
  return remembered.parts;
}

function compareTexts(before: string, after: string): Unchanged {
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
