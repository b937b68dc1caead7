import type { Node } from "./node";
import type { SourceFile } from "./source";

/** One document of a YAML stream, as far as it could be read. */
export interface SourceDocument {
  readonly file: SourceFile;
  /** Offsets of the document without its `---` markers. */
  readonly start: number;
  readonly end: number;
  /**
   * The same object in the next version of the file when it holds the same document, though perhaps elsewhere: what follows from nothing
   * but the text of the document and the path of its file can be remembered by it. Absent in a document that is part of another one.
   */
  readonly content?: object | undefined;
  /** Absent for a document that is empty or holds only comments. A broken document gives what could be read. */
  readonly root?: Node | undefined;
  /** What keeps go-yaml from reading the document. */
  readonly problems: readonly YamlProblem[];
  /** What surely is a mistake and yet is read: duplicate keys, of which the last counts. */
  readonly warnings?: readonly YamlProblem[] | undefined;
}

/** What is wrong with the text of a document. */
export interface YamlProblem {
  /** `yaml/` and kebab-case, for example `yaml/tab-indentation`. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** What is wrong, one sentence for people. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string | undefined;
  /** go-yaml's words where they are known, for example `found character that cannot start any token`. */
  readonly detail?: string | undefined;
}
