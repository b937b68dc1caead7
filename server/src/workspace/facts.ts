import type { KnownKind } from "../schema/schemaSource";
import type { SourceDocument } from "../yaml/document";
import type { Scalar } from "../yaml/node";
import type { Place, SourceFile } from "../yaml/source";
import type { Definition, Mention } from "./symbols";

/**
 * What one file says about itself, found once for each version of its text. Facts depend on nothing but that text, so one
 * keystroke costs one file. The workspace knows no domain: whoever builds it passes the extractor in.
 */
export interface FileFacts {
  /** Set when the file is a kustomization file. */
  readonly kustomization?: "Kustomization" | "Component" | undefined;
  /** Every path that the file names, in the order of the text. */
  readonly references: readonly PathReference[];
  /** Texts in which a kustomization holds patches instead of naming their files. */
  readonly inlinePatches?: readonly Scalar[] | undefined;
  /**
   * Set when the file makes others build kustomizations without load restrictions: those in the directories that it names, as it
   * writes them, or `true` for all of its repository.
   */
  readonly liftsRestrictions?: true | readonly string[] | undefined;
  /** Kinds that the file defines: those of its CustomResourceDefinitions. */
  readonly kinds?: readonly KnownKind[] | undefined;
  /** What the file gives names to: objects, and the parts of them that others call by name. */
  readonly definitions?: readonly Definition[] | undefined;
  /** What the file mentions by name, in any object. */
  readonly mentions?: readonly Mention[] | undefined;
  /** Some document of the file is no YAML at present, so that the names in it are not known. */
  readonly broken?: true | undefined;
}

/** A path written in a file. */
export interface PathReference {
  /** The field that names it, for example `resources`, `components`, `patches`, `configMapGenerator`. */
  readonly field: string;
  /** JSON pointer of the value in its document, for example `/patches/0/path`. */
  readonly path: string;
  /** The value as written, for example `../../base`. */
  readonly text: string;
  /** The path alone: without the key of a generator's `key=path`. */
  readonly place: Place;
  /** Absolute path of what it names; absent for a URL. */
  readonly target?: string | undefined;
  /** What may stand there. */
  readonly expects: "file" | "directory" | "either";
}

/** Finds the facts of a file; `documents` reads its YAML, so an extractor that does not need it does not pay for it. */
export type FactExtractor = (file: SourceFile, documents: () => readonly SourceDocument[]) => FileFacts;

/** The facts of a file that says nothing. */
export const noFacts: FileFacts = { references: [] };
