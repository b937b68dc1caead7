import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import type { Found } from "../kustomize/loader";
import { baseName, isInside, parentPath } from "../platform/path";
import { isScriptName, isYamlName } from "./fileNames";
import { missing, pending } from "./readFound";

/** The names in a directory, with what each of them is. */
export type Listing = ReadonlyMap<string, "file" | "directory" | "link" | "other">;

/**
 * What is known of the disk, shared by snapshots: what it once said stays, only what was pending may become known. A name that
 * a listed directory does not hold is known to be missing; what nobody looked at is pending.
 */
export class FileTable {
  private knownYamlFiles: readonly string[] | undefined;
  private knownScripts: readonly string[] | undefined;
  private knownKustomizations: readonly string[] | undefined;
  private knownWorkTrees: readonly string[] | undefined;

  private constructor(
    private readonly found: Map<string, Found>,
    private readonly listings: Map<string, Listing>,
  ) {}

  static empty(): FileTable {
    return new FileTable(new Map(), new Map());
  }

  lookUp(path: string): Found {
    return this.found.get(path) ?? this.implied(path);
  }

  /** What was read at a path, if somebody did. */
  known(path: string): Found | undefined {
    return this.found.get(path);
  }

  listing(directory: string): Listing | undefined {
    return this.listings.get(directory);
  }

  /** Paths of the YAML files that were read, in no order; found once. */
  yamlFiles(): readonly string[] {
    if (this.knownYamlFiles === undefined) {
      const files = [...this.found].filter(([path, what]) => what.kind === "file" && isYamlName(baseName(path)));
      this.knownYamlFiles = files.map(([path]) => path);
    }
    return this.knownYamlFiles;
  }

  /** Paths of the scripts that were read and kept, in no order; found once. */
  scripts(): readonly string[] {
    if (this.knownScripts === undefined) {
      const files = [...this.found].filter(([path, what]) => what.kind === "file" && isScriptName(baseName(path)));
      this.knownScripts = files.map(([path]) => path);
    }
    return this.knownScripts;
  }

  /** Those of the YAML files that are kustomization files. */
  kustomizationFiles(): readonly string[] {
    this.knownKustomizations ??= this.yamlFiles().filter((path) => isKustomizationName(baseName(path)));
    return this.knownKustomizations;
  }

  /** The listed directories that hold something called `.git`, in no order; found once. */
  workTrees(): readonly string[] {
    this.knownWorkTrees ??= [...this.listings].filter(([, listing]) => listing.has(".git")).map(([path]) => path);
    return this.knownWorkTrees;
  }

  /** Fills in what was pending; what is known already stays. */
  add(found: Iterable<readonly [string, Found]>, listings: Iterable<readonly [string, Listing]>): void {
    for (const [path, what] of found) if (!this.found.has(path)) this.found.set(path, what);
    for (const [path, listing] of listings) if (!this.listings.has(path)) this.listings.set(path, listing);
    this.knownYamlFiles = undefined;
    this.knownScripts = undefined;
    this.knownKustomizations = undefined;
    this.knownWorkTrees = undefined;
  }

  /** The table with more knowledge; newer knowledge wins. */
  with(found: Iterable<readonly [string, Found]>, listings: Iterable<readonly [string, Listing]> = []): FileTable {
    return new FileTable(new Map([...this.found, ...found]), new Map([...this.listings, ...listings]));
  }

  /** The table that knows nothing of `path`, of what is below it, nor of links that lead there. */
  without(path: string): FileTable {
    const found = [...this.found].filter(
      ([known, what]) => !isInside(path, known) && !("realPath" in what && isInside(path, what.realPath)),
    );
    return new FileTable(new Map(found), new Map([...this.listings].filter(([known]) => !isInside(path, known))));
  }

  private implied(path: string): Found {
    if (path === "/") return pending;
    const parent = parentPath(path);
    const listing = this.listings.get(parent);
    if (listing !== undefined) return listing.has(baseName(path)) ? pending : missing;
    const above = this.lookUp(parent);
    return above.kind === "missing" || above.kind === "file" ? missing : pending;
  }
}
