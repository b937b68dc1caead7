import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import type { Found } from "../kustomize/loader";
import type { FileSystem } from "../platform/fileSystem";
import { baseName, isInside, parentPath } from "../platform/path";
import type { FactExtractor } from "./facts";
import { isScriptName, isYamlName } from "./fileNames";
import { createFileReader } from "./fileReader";
import { FileTable, type Listing } from "./fileTable";
import { createFreeDirectories } from "./freeDirectories";
import { createRepositoryFinder } from "./repositories";
import { isIgnored, listDirectory, readAll, type Scanned, scan } from "./scan";
import type { Snapshot } from "./snapshot";
import { createSymbolFinder } from "./symbolFinder";
import { createSchemaFinder, type OuterSchemas } from "./workspaceSchemas";
import { type Finders, type SnapshotState, WorkspaceSnapshot } from "./workspaceSnapshot";

/** What a workspace is built on. */
export interface WorkspaceOptions {
  readonly fileSystem: FileSystem;
  readonly findFacts: FactExtractor;
  /** Schemas from elsewhere; none when absent. */
  readonly schemas?: OuterSchemas | undefined;
}

/** Why there is a new snapshot: paths whose text may have changed, or everything when `paths` is absent. */
export interface WorkspaceChange {
  readonly paths?: readonly string[] | undefined;
}

/**
 * The files that the server knows: open buffers over disk. The only mutable thing in this room; everything else works on the
 * snapshots that it hands out.
 */
export class Workspace {
  private readonly fileSystem: FileSystem;
  private readonly finders: Finders;
  private state: SnapshotState;
  private current: WorkspaceSnapshot;
  private readonly listeners = new Set<(change: WorkspaceChange) => void>();
  /** Ends when all that was asked for so far is read again. */
  private refreshed: Promise<void> = Promise.resolve();

  constructor(options: WorkspaceOptions) {
    this.fileSystem = options.fileSystem;
    this.finders = {
      reader: createFileReader(options.findFacts),
      schemas: createSchemaFinder(),
      freeDirectories: createFreeDirectories(),
      repositories: createRepositoryFinder(),
      symbols: createSymbolFinder(),
    };
    // Until the folders are known nothing has been read, so nobody may take the workspace for empty.
    const outerSchemas = options.schemas ?? {};
    this.state = {
      version: 0,
      folders: [],
      complete: false,
      table: FileTable.empty(),
      buffers: new Map(),
      outerSchemas,
    };
    this.current = new WorkspaceSnapshot(this.state, this.finders);
  }

  /** The workspace as it is now. */
  get snapshot(): Snapshot {
    return this.current;
  }

  /** Calls `listener` after each change; the result stops that. */
  onChange(listener: (change: WorkspaceChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sets the workspace folders and reads those that are new. Resolves when they are read; never rejects. */
  async setFolders(folders: readonly string[]): Promise<void> {
    const added = folders.filter((folder) => !this.state.folders.includes(folder));
    this.update({ folders, complete: added.length === 0 }, {});
    if (added.length === 0) return;
    for (const folder of added) await this.scan(folder);
    await this.loadRepositories();
    this.update({ complete: true }, {});
  }

  /** The files of git, in the folders and outside of them, that say what repositories there are. */
  get gitFiles(): readonly string[] {
    return this.current.findRepositories().sources;
  }

  /** Whether a folder of the settings was read. */
  get hasSchemaFolder(): boolean {
    return this.state.outerSchemas.folder !== undefined;
  }

  /** Schemas from elsewhere changed; those that `change` does not name stay. */
  setSchemas(change: Partial<OuterSchemas>): void {
    this.update({ outerSchemas: { ...this.state.outerSchemas, ...change } }, {});
  }

  /** A text was opened in the editor or changed there. */
  setBuffer(path: string, text: string): void {
    const buffers = new Map(this.state.buffers).set(path, this.current.bufferFor(path, text));
    this.update({ buffers }, { paths: [path] });
  }

  /** A text was closed: the disk counts again, and is looked at again. */
  async closeBuffer(path: string): Promise<void> {
    const buffers = new Map(this.state.buffers);
    const buffer = buffers.get(path);
    if (buffer === undefined) return;
    buffers.delete(path);
    this.update({ buffers }, { paths: [path] });
    await this.refresh([path]);
  }

  /**
   * Paths that were created, changed or deleted on disk, files and directories alike. Resolves when they are read again. One call after the other: of
   * two that read a file at once, the one with the older text may end last.
   */
  refresh(paths: readonly string[]): Promise<void> {
    const turn = this.refreshed.then(() => this.readAgain(paths));
    this.refreshed = turn.catch(() => undefined);
    return turn;
  }

  private async readAgain(paths: readonly string[]): Promise<void> {
    const seen = new Set(paths.flatMap((path) => [path, this.movePath(path, "folder", "real")]));
    const gitFiles = new Set(this.gitFiles);
    const isGit = (path: string): boolean => baseName(path) === ".git" || gitFiles.has(path);
    const relevant = [...seen].filter(
      (path) => this.state.table.known(path) !== undefined || !isIgnored(path) || isGit(path),
    );
    if (relevant.length === 0) return;
    const found = new Map<string, Found>();
    const listings = new Map<string, Listing>();
    const known = relevant.filter((path) => gitFiles.has(path) || this.isRelevant(path));
    for (const path of new Set(relevant.map(parentPath))) {
      if (this.state.table.listing(path) === undefined) continue;
      const listing = await listDirectory(this.fileSystem, path);
      if (listing !== undefined) listings.set(path, listing);
    }
    for (const [path, what] of await readAll(this.fileSystem, known)) {
      found.set(path, what);
      if (what.kind !== "directory" || !this.isInFolder(path) || isIgnored(path)) continue;
      const scanned = await this.readAhead(path);
      for (const entry of scanned.found) found.set(...entry);
      for (const entry of scanned.listings) listings.set(...entry);
    }
    this.replace(known, found, listings);
    if (await this.loadRepositories()) this.update({}, { paths });
  }

  /**
   * Reads paths that a snapshot answered with `pending` and gives the snapshot that knows them. Never rejects: what cannot
   * be read is known to be so.
   */
  async load(paths: Iterable<string>): Promise<Snapshot> {
    const found = await readAll(this.fileSystem, paths);
    const listings = new Map<string, Listing>();
    for (const [path, what] of found) {
      if (what.kind !== "directory" || this.state.table.listing(path) !== undefined) continue;
      const listing = await listDirectory(this.fileSystem, path);
      if (listing !== undefined) listings.set(path, listing);
    }
    const kept = [...found].map(([path, what]) => [path, this.unify(path, what)] as const);
    this.state.table.add(kept, listings);
    this.update({}, undefined);
    return this.current;
  }

  /**
   * Reads what the git work trees say of themselves: `.git`, then the directory that it names, then the one that shares its
   * configuration with that. Resolves to whether there was something to read.
   */
  private async loadRepositories(): Promise<boolean> {
    let round = 0;
    for (; round < 4; round++) {
      const { pending } = this.current.findRepositories();
      if (pending.length === 0) break;
      await this.load(pending);
    }
    return round > 0;
  }

  private async scan(folder: string): Promise<void> {
    this.update({ table: this.state.table.without(folder) }, undefined);
    const scanned = await this.readAhead(folder);
    // What was read again in the meantime is newer.
    const table = this.state.table.with([]);
    table.add(scanned.found, scanned.listings);
    this.update({ table }, {});
  }

  /** Reads what is below a directory, as far as it matters: of scripts only those that say something. */
  private readAhead(directory: string): Promise<Scanned> {
    const isWanted = (name: string): boolean => isYamlName(name) || isScriptName(name);
    return scan(this.fileSystem, directory, isWanted, ({ source }) => {
      const name = baseName(source.path);
      // Facts are found while files arrive, not all at once at the end.
      if (isKustomizationName(name)) this.finders.reader.facts(source);
      return !isScriptName(name) || this.finders.reader.facts(source).liftsRestrictions !== undefined;
    });
  }

  /** Puts what was read again in the place of what was known; texts that did not change stay the same objects. */
  private replace(
    paths: readonly string[],
    found: ReadonlyMap<string, Found>,
    listings: ReadonlyMap<string, Listing>,
  ): void {
    const before = this.state.table;
    let table = before;
    for (const path of paths) if (!sameFound(before.known(path), found.get(path))) table = table.without(path);
    table = table.with(
      [...found].map(([path, what]) => {
        const old = before.known(path);
        return [path, old !== undefined && sameFound(old, what) ? old : what] as const;
      }),
      listings,
    );
    this.update({ table }, { paths });
  }

  /** One file, one object: a path that is a link gives what its real path gives, and the path of that in our folders. */
  private unify(path: string, found: Found): Found {
    if (found.kind !== "file") return found;
    const visible = this.movePath(found.realPath, "real", "folder");
    if (visible === path) return found;
    const known = this.state.table.known(visible);
    if (known?.kind === "file") return known;
    return { ...found, source: { path: visible, text: found.source.text } };
  }

  /** A path below a folder that is reached through a link, seen from its other side; other paths stay what they are. */
  private movePath(path: string, from: "folder" | "real", to: "folder" | "real"): string {
    for (const folder of this.state.folders) {
      const known = this.state.table.known(folder);
      if (known?.kind !== "directory" || known.realPath === folder) continue;
      const sides = { folder, real: known.realPath };
      if (isInside(sides[from], path)) return `${sides[to]}${path.slice(sides[from].length)}`;
    }
    return path;
  }

  private isInFolder(path: string): boolean {
    return this.state.folders.some((folder) => isInside(folder, path));
  }

  /** Whether a changed path is one we know, one we would read ahead, or a directory that may hold such files. */
  private isRelevant(path: string): boolean {
    if (this.state.table.known(path) !== undefined) return true;
    if (!this.isInFolder(path)) return false;
    const name = baseName(path);
    if (isYamlName(name) || isScriptName(name) || !name.includes(".")) return true;
    return this.state.table.listing(parentPath(path)) === undefined;
  }

  private update(change: Partial<Omit<SnapshotState, "version">>, news: WorkspaceChange | undefined): void {
    this.state = { ...this.state, ...change, version: this.state.version + 1 };
    this.current = new WorkspaceSnapshot(this.state, this.finders);
    if (news !== undefined) for (const listener of this.listeners) listener(news);
  }
}

function sameFound(a: Found | undefined, b: Found | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  if (a.kind === "file" && b.kind === "file") {
    return (
      a.realPath === b.realPath && a.source.text === b.source.text && a.bytes === undefined && b.bytes === undefined
    );
  }
  if (a.kind === "directory" && b.kind === "directory") return a.realPath === b.realPath;
  return a.kind === "missing";
}
