import type { SourceDocument } from "../yaml/document";
import { readDocuments } from "../yaml/read";
import type { SourceFile } from "../yaml/source";
import { type ObjectsRead, objectsOf } from "./resourceFile";

/** The content of files, each read once: as long as a text is known, so are its documents and objects. */
export class Documents {
  readonly #documents = new WeakMap<SourceFile, readonly SourceDocument[]>();
  readonly #objects = new WeakMap<SourceFile, ObjectsRead>();

  /** All documents of a file. */
  of(file: SourceFile): readonly SourceDocument[] {
    let documents = this.#documents.get(file);
    if (documents === undefined) {
      documents = readDocuments(file);
      this.#documents.set(file, documents);
    }
    return documents;
  }

  /** The objects of a file of resources or patches. */
  objectsOf(file: SourceFile): ObjectsRead {
    let objects = this.#objects.get(file);
    if (objects === undefined) {
      objects = objectsOf(file, this.of(file));
      this.#objects.set(file, objects);
    }
    return objects;
  }
}
