import type { SourceDocument } from "../yaml/document";
import type { Scalar } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { Place, SourceFile } from "../yaml/source";
import { readEmbedded } from "./embedded";
import { builtinSchema, type MergeSchema } from "./merge/mergeSchema";
import { type ObjectsRead, objectsOf } from "./resourceFile";

/** The content of files, each read once: as long as a text is known, so are its documents and objects. */
export class Documents {
  readonly #documents = new WeakMap<SourceFile, readonly SourceDocument[]>();
  readonly #objects = new WeakMap<SourceFile, ObjectsRead>();

  readonly #embedded = new WeakMap<Scalar, readonly SourceDocument[]>();

  /** All documents of a file. */
  of(file: SourceFile): readonly SourceDocument[] {
    let documents = this.#documents.get(file);
    if (documents === undefined) {
      documents = readDocuments(file);
      this.#documents.set(file, documents);
    }
    return documents;
  }

  /** All documents of a string that holds YAML. */
  embeddedIn(scalar: Scalar): readonly SourceDocument[] {
    let documents = this.#embedded.get(scalar);
    if (documents === undefined) {
      documents = readEmbedded(scalar);
      this.#embedded.set(scalar, documents);
    }
    return documents;
  }

  /**
   * The schema in a file of OpenAPI definitions.
   * @throws BuildFailure at `place`, where the file is named, when it holds none.
   */
  schemaOf(_file: SourceFile, _place: Place): MergeSchema {
    return builtinSchema();
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
