import type { SourceDocument } from "../yaml/document";
import type { Place, SourceFile } from "../yaml/source";

/** Gives a place of an older version of a document where it stands now. */
export type MovePlace = (place: Place) => Place;

/**
 * What follows from the text of a document alone, so that a keystroke in one of a hundred documents looks only at that one. What was
 * found is forgotten with the last version of the file that holds the document.
 */
export class DocumentMemory<T> {
  private readonly known = new WeakMap<object, Known<T>>();

  /** `move` gives what was found with the places in the document's own file moved along with its text. */
  constructor(private readonly move: (found: T, movePlace: MovePlace) => T) {}

  /** What was found in the document when it was first seen, moved to where its text stands now; or else what `find` finds. */
  recall(document: SourceDocument, find: () => T): T {
    const { file, start, content } = document;
    if (content === undefined) return find();
    const known = this.known.get(content);
    if (known === undefined) {
      const found = find();
      this.known.set(content, { file, start, found });
      return found;
    }
    if (known.file !== file) {
      known.found = this.move(known.found, mover(known, document));
      known.file = file;
      known.start = start;
    }
    return known.found;
  }
}

/** What is known of a document, at its places in the version of the file in which it was last asked for. */
interface Known<T> {
  file: SourceFile;
  start: number;
  found: T;
}

/** Places in other files stay. */
function mover({ file: before, start: from }: Known<unknown>, { file, start }: SourceDocument): MovePlace {
  const distance = start - from;
  return (place) =>
    place.file === before ? { file, start: place.start + distance, end: place.end + distance } : place;
}
