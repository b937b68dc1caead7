import { isInOrBelow } from "./filePath";
import type { IdleStep } from "./idleStep";
import type { Found, Loader } from "./loader";
import type { Root } from "./loadFile";
import type { MergeSchema } from "./merge/mergeSchema";
import type { Problem } from "./problem";
import { isSameFound } from "./reading";
import type { Resource } from "./resource";
import type { SchemaUse } from "./schemaUse";
import type { TransformerConfig } from "./transformerConfig";
import type { Variable } from "./variable";

/** Everything that a layer gives to the one above it. */
export interface LayerResult {
  readonly isComponent: boolean;
  readonly resources: readonly Resource[];
  readonly config: TransformerConfig;
  readonly variables: readonly Variable[];
  readonly problems: readonly Problem[];
  /** Steps of it and the layers below it that did nothing; none when something could not be loaded. */
  readonly idle: readonly IdleStep[];
  readonly partial: boolean;
  /** How many objects it and the layers below it have taken over from their bases. */
  readonly handedOn: number;
  /** What it and the layers below it needed the built-in schema for. */
  readonly schemaUse: SchemaUse;
  /** What it and the layers below it looked up. */
  readonly found: ReadonlyMap<string, Found>;
  /** The directories of the layers below it. */
  readonly directories: ReadonlySet<string>;
}

/** What a layer's result depends on besides the files. */
export interface LayerKey {
  readonly root: Root;
  readonly schema: MergeSchema;
  /** Everything else, as text. */
  readonly context: string;
}

interface Kept {
  readonly schema: MergeSchema;
  readonly result: LayerResult;
  /** The loader for which it was last found to be current. */
  checkedFor: WeakRef<Loader>;
}

/**
 * Keeps the results of layers between builds. A result is used again for as long as everything that was looked up for it,
 * missing files included, is still what it was; so an edit rebuilds only the layers above it, and what they share stays the
 * same objects.
 */
export class LayerCache {
  readonly #kept = new Map<string, Kept>();
  readonly #limit: number;

  constructor(limit = 2000) {
    this.#limit = limit;
  }

  find(key: LayerKey, loader: Loader): LayerResult | undefined {
    const name = nameOf(key);
    const kept = this.#kept.get(name);
    if (kept === undefined || kept.schema !== key.schema || wouldCycle(kept.result, key.root)) return undefined;
    if (kept.checkedFor.deref() !== loader) {
      for (const [path, found] of kept.result.found) {
        if (!isSameFound(found, loader.lookUp(path))) {
          this.#kept.delete(name);
          return undefined;
        }
      }
      kept.checkedFor = new WeakRef(loader);
    }
    return kept.result;
  }

  keep(key: LayerKey, loader: Loader, result: LayerResult): void {
    if (result.problems.some((problem) => problem.code === "kustomization/cycle")) return;
    if (this.#kept.size >= this.#limit) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    this.#kept.set(nameOf(key), { schema: key.schema, result, checkedFor: new WeakRef(loader) });
  }
}

function nameOf({ root, context }: LayerKey): string {
  return `${root.path}\n${root.restricted}\n${root.repository ?? ""}\n${context}`;
}

/** A result made on another way to the directory may lead back to a layer that is being built now. */
function wouldCycle(result: LayerResult, root: Root): boolean {
  for (let visited = root.referrer; visited !== undefined; visited = visited.referrer) {
    for (const directory of result.directories) if (isInOrBelow(visited.path, directory)) return true;
  }
  return false;
}
