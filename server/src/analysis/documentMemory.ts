import type { SourceDocument } from "../yaml/document";
import type { Place, SourceFile } from "../yaml/source";
import type { Finding } from "./finding";

/**
 * What the documents of one file were found to be, by their text, so that a keystroke in one of a hundred documents checks only that one. Holds
 * the last version of the file and no more.
 */
export class DocumentMemory {
  private before: ReadonlyMap<string, Known> = new Map();
  private now = new Map<string, Known>();

  /** Begins a new version of the file: what is not asked for in it is forgotten with the next. */
  begin(): void {
    this.before = this.now;
    this.now = new Map();
  }

  /**
   * The findings of a document: those of before, moved to where its text stands now, or those that `find` finds. `reader` tells apart who
   * looks at the same text.
   */
  recall(reader: string, document: SourceDocument, find: () => readonly Finding[]): readonly Finding[] {
    const { file, start, end, problems } = document;
    const key = `${reader}\n${problems.length}\n${file.text.slice(start, end)}`;
    let known = this.now.get(key) ?? this.before.get(key);
    known =
      known === undefined
        ? { file, start, findings: find() }
        : { file, start, findings: known.findings.map(mover(known, document)) };
    this.now.set(key, known);
    return known.findings;
  }
}

interface Known {
  readonly file: SourceFile;
  readonly start: number;
  readonly findings: readonly Finding[];
}

/** Moves findings of a document that stood elsewhere; places in other files stay. */
function mover(known: Known, { file, start }: SourceDocument): (finding: Finding) => Finding {
  const distance = start - known.start;
  const move = (place: Place): Place =>
    place.file === known.file ? { file, start: place.start + distance, end: place.end + distance } : place;
  return (finding) => ({
    ...finding,
    place: move(finding.place),
    related: finding.related.map((each) => ({ ...each, place: move(each.place) })),
  });
}
