import type { SourceDocument } from "../yaml/document";
import type { Scalar } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { Place, SourceFile } from "../yaml/source";
import { readEmbedded } from "./embedded";
import { BuildFailure } from "./failure";
import type { MergeSchema } from "./merge/mergeSchema";
import { type Beside, schemaOfOpenApi } from "./merge/openApiSchema";
import { type ObjectsRead, objectsOf } from "./resourceFile";

/** The content of files, each read once: as long as a text is known, so are its documents and objects. */
export class Documents {
  readonly #documents = new WeakMap<SourceFile, readonly SourceDocument[]>();
  readonly #objects = new WeakMap<SourceFile, ObjectsRead>();
  readonly #schemas = new WeakMap<SourceFile, Map<Beside, MergeSchema>>();
  readonly #embedded = new WeakMap<Scalar, readonly SourceDocument[]>();
  readonly #trimmed = new WeakMap<Scalar, readonly SourceDocument[]>();

  /** All documents of a file. */
  of(file: SourceFile): readonly SourceDocument[] {
    return kept(this.#documents, file, () => readDocuments(file));
  }

  /** All documents of a string that holds YAML. */
  embeddedIn(scalar: Scalar): readonly SourceDocument[] {
    return kept(this.#embedded, scalar, () => readEmbedded(scalar));
  }

  /** As {@link embeddedIn}, without the white space around the text. */
  embeddedInTrimmed(scalar: Scalar): readonly SourceDocument[] {
    return kept(this.#trimmed, scalar, () => readEmbedded({ ...scalar, text: scalar.text.trim() }));
  }

  /**
   * The schema in a file of OpenAPI definitions; `beside` says where the built-in one stands.
   * @throws BuildFailure at `place`, where the file is named, when it holds none.
   */
  schemaOf(file: SourceFile, place: Place, beside: Beside): MergeSchema {
    const schemas = kept(this.#schemas, file, () => new Map<Beside, MergeSchema>());
    const known = schemas.get(beside);
    if (known !== undefined) return known;
    const [document] = this.of(file);
    if (document?.root?.kind !== "mapping" || document.problems.length > 0) {
      throw new BuildFailure({
        code: "kustomization/openapi-invalid",
        severity: "error",
        place,
        message: "This file holds no OpenAPI definitions.",
        help: "Give it the form that `kustomize openapi fetch` prints: a mapping with `definitions`.",
        detail: "invalid schema file",
      });
    }
    const schema = schemaOfOpenApi(document.root, beside);
    schemas.set(beside, schema);
    return schema;
  }

  /** The objects of a file of resources or patches. */
  objectsOf(file: SourceFile): ObjectsRead {
    return kept(this.#objects, file, () => objectsOf(file, this.of(file)));
  }
}

function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
