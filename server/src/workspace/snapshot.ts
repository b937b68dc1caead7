import type { Found, Loader } from "../kustomize/loader";
import type { Schemas } from "../schema/schemas";
import type { SourceDocument } from "../yaml/document";
import type { SourceFile } from "../yaml/source";
import type { FileFacts } from "./facts";
import type { KustomizationGraph } from "./graph";
import type { Repository } from "./repositories";
import type { SymbolIndex } from "./symbols";

/**
 * The workspace at one moment: open buffers over disk. Immutable, so that a feature computes on one state of the world; a
 * newer edit makes a newer snapshot and cancels what was computed on this one.
 */
export interface Snapshot extends Loader {
  /** Grows with every change. */
  readonly version: number;
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  /** False while the folders are being read for the first time. */
  readonly complete: boolean;
  /** What is at a path. `pending` when nobody looked yet: `Workspace.load` does. */
  lookUp(path: string): Found;
  /** The text of a file, when it is one that can be read. */
  file(path: string): SourceFile | undefined;
  /** The documents of a file, read once for each version of its text; empty when there is none. */
  documents(path: string): readonly SourceDocument[];
  /** The facts of a file; `noFacts` when there is none. */
  facts(path: string): FileFacts;
  /** Names in a directory, sorted; `undefined` when it is not known. Directories end in `/`. For path completion. */
  list(directory: string): readonly string[] | undefined;
  /** Paths of all YAML files of the folders, and of those open in the editor. */
  yamlFiles(): Iterable<string>;
  /** Paths of the files that are open in the editor. */
  openFiles(): Iterable<string>;
  /** Whether the file is open in the editor. */
  isOpen(path: string): boolean;
  /** Who includes whom. */
  readonly graph: KustomizationGraph;
  /**
   * The directory, by its real path, in which a build of `root` may read any file: the git work tree around it (else the workspace
   * folder) when a file in there makes others build without load restrictions, either anything or `root` or what includes it.
   */
  readonly freeDirectoryOf: (root: string) => string | undefined;
  /** What documents may hold. The same object in the next snapshot unless something that schemas come from changed. */
  readonly schemas: Schemas;
  /**
   * Every name that a file gives or mentions. The same object in the next snapshot unless a file with names changed; an open text that is
   * no YAML at present keeps the names that it had.
   */
  readonly symbols: SymbolIndex;
  /** The git work trees around and inside of the folders. */
  readonly repositories: readonly Repository[];
}
