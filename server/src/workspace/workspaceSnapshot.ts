import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import type { Found } from "../kustomize/loader";
import { baseName, isInside, joinPath, parentPath } from "../platform/path";
import type { Schemas } from "../schema/schemas";
import type { SourceDocument } from "../yaml/document";
import type { SourceFile } from "../yaml/source";
import { type FileFacts, noFacts } from "./facts";
import { isYamlName } from "./fileNames";
import type { FileReader } from "./fileReader";
import type { FileTable } from "./fileTable";
import type { FreeDirectories } from "./freeDirectories";
import type { KustomizationGraph } from "./graph";
import { largestFile, tooLarge } from "./readFound";
import type { FoundRepositories, Repository, RepositoryFinder } from "./repositories";
import type { Snapshot } from "./snapshot";
import type { SymbolFinder } from "./symbolFinder";
import type { SymbolIndex } from "./symbols";
import type { OuterSchemas, SchemaFinder } from "./workspaceSchemas";

/** An open text, as an answer to a look-up; one that is too large is not read. */
export type Buffer = Extract<Found, { kind: "file" | "unreadable" }>;

/** What a snapshot is made of; all of it immutable and shared with the snapshots before and after. */
export interface SnapshotState {
  readonly version: number;
  readonly folders: readonly string[];
  readonly complete: boolean;
  readonly table: FileTable;
  /** Open texts by the path that the editor uses. */
  readonly buffers: ReadonlyMap<string, Buffer>;
  readonly outerSchemas: OuterSchemas;
}

/** What computes things of a snapshot, each with a memory of what it found last. */
export interface Finders {
  readonly reader: FileReader;
  readonly schemas: SchemaFinder;
  readonly freeDirectories: FreeDirectories;
  readonly repositories: RepositoryFinder;
  readonly symbols: SymbolFinder;
}

/** The workspace at one moment. What it computes (the graph) it computes on first use and keeps. */
export class WorkspaceSnapshot implements Snapshot {
  readonly version: number;
  readonly folders: readonly string[];
  readonly complete: boolean;
  private readonly table: FileTable;
  private readonly buffers: ReadonlyMap<string, Buffer>;
  private readonly byRealPath = new Map<string, Buffer>();
  private readonly outerSchemas: OuterSchemas;
  private knownSchemas: Schemas | undefined;
  private knownFree: ((root: string) => string | undefined) | undefined;
  private knownGraph: KustomizationGraph | undefined;
  private knownSymbols: SymbolIndex | undefined;
  private knownRepositories: readonly Repository[] | undefined;

  constructor(
    state: SnapshotState,
    private readonly finders: Finders,
  ) {
    this.version = state.version;
    this.folders = state.folders;
    this.complete = state.complete;
    this.table = state.table;
    this.buffers = state.buffers;
    this.outerSchemas = state.outerSchemas;
    for (const buffer of state.buffers.values()) {
      if (buffer.kind === "file") this.byRealPath.set(buffer.realPath, buffer);
    }
  }

  lookUp(path: string): Found {
    const buffer = this.buffers.get(path);
    if (buffer !== undefined) return buffer;
    const found = this.table.lookUp(path);
    if (found.kind !== "file" || this.byRealPath.size === 0) return found;
    return this.byRealPath.get(found.realPath) ?? found;
  }

  file(path: string): SourceFile | undefined {
    const found = this.lookUp(path);
    return found.kind === "file" && found.bytes === undefined ? found.source : undefined;
  }

  documents(path: string): readonly SourceDocument[] {
    const file = this.file(path);
    return file === undefined ? [] : this.finders.reader.documents(file);
  }

  facts(path: string): FileFacts {
    const file = this.file(path);
    return file === undefined ? noFacts : this.finders.reader.facts(file);
  }

  list(directory: string): readonly string[] | undefined {
    const listing = this.table.listing(directory);
    if (listing === undefined) return undefined;
    const names = new Set([...listing].map(([name, kind]) => (kind === "directory" ? `${name}/` : name)));
    for (const path of this.buffers.keys()) if (parentPath(path) === directory) names.add(baseName(path));
    return [...names].sort();
  }

  yamlFiles(): Iterable<string> {
    return this.inFoldersOrOpen(this.table.yamlFiles(), isYamlName);
  }

  private kustomizationFiles(): Iterable<string> {
    return this.inFoldersOrOpen(this.table.kustomizationFiles(), isKustomizationName);
  }

  private *inFoldersOrOpen(listed: readonly string[], isWanted: (name: string) => boolean): Iterable<string> {
    const inFolder = (path: string): boolean => this.folders.some((folder) => isInside(folder, path));
    for (const path of listed) if (inFolder(path)) yield path;
    const isListed = (path: string): boolean => this.table.known(path)?.kind === "file" && inFolder(path);
    for (const path of this.buffers.keys()) if (isWanted(baseName(path)) && !isListed(path)) yield path;
  }

  openFiles(): Iterable<string> {
    return this.buffers.keys();
  }

  isOpen(path: string): boolean {
    return this.buffers.has(path);
  }

  get graph(): KustomizationGraph {
    if (this.knownGraph === undefined) {
      const facts = new Map<string, FileFacts>();
      for (const path of this.kustomizationFiles()) facts.set(path, this.facts(path));
      this.knownGraph = this.finders.reader.graph(facts);
    }
    return this.knownGraph;
  }

  get freeDirectoryOf(): (root: string) => string | undefined {
    this.knownFree ??= this.finders.freeDirectories.of(this, this.table);
    return this.knownFree;
  }

  get schemas(): Schemas {
    this.knownSchemas ??= this.finders.schemas.of(this, this.outerSchemas, this.table);
    return this.knownSchemas;
  }

  get symbols(): SymbolIndex {
    this.knownSymbols ??= this.finders.symbols.of({
      disk: this.table,
      folders: this.folders,
      onDisk: () => this.factsOnDisk(),
      open: new Map([...this.buffers.keys()].map((path) => [path, this.facts(path)])),
    });
    return this.knownSymbols;
  }

  /** The facts of the files of the folders as they are on disk, whatever is open. */
  private factsOnDisk(): ReadonlyMap<string, FileFacts> {
    const facts = new Map<string, FileFacts>();
    for (const path of this.table.yamlFiles()) {
      const found = this.table.known(path);
      if (found?.kind !== "file" || found.bytes !== undefined) continue;
      if (this.folders.some((folder) => isInside(folder, path)))
        facts.set(path, this.finders.reader.facts(found.source));
    }
    return facts;
  }

  get repositories(): readonly Repository[] {
    this.knownRepositories ??= this.findRepositories().repositories;
    return this.knownRepositories;
  }

  /** The repositories, and what has to be loaded to know all of them. */
  findRepositories(): FoundRepositories {
    return this.finders.repositories.of(this, this.folders, this.table.workTrees());
  }

  /** What a new text at `path` would answer to a look-up. */
  bufferFor(path: string, text: string): Buffer {
    if (text.length > largestFile) return tooLarge(text.length);
    const known = this.table.known(path);
    if (known?.kind === "file" && known.bytes === undefined && known.source.text === text) return known;
    const parent = this.table.known(parentPath(path));
    const realParent = parent?.kind === "directory" ? parent.realPath : parentPath(path);
    const realPath = known?.kind === "file" ? known.realPath : joinPath(realParent, baseName(path));
    const source = { path, text };
    const before = this.file(path);
    if (before !== undefined) this.finders.reader.follow(before, source);
    return { kind: "file", realPath, source };
  }
}
