import type { Found, Loader } from "./loader";

/**
 * A loader that notes what was looked up, found or not: it tells which builds an edit invalidates. Each layer has one of its
 * own, so that its result can be kept for as long as nothing it read changes.
 */
export class Reading {
  readonly #loader: Loader;
  readonly #found = new Map<string, Found>();

  constructor(loader: Loader) {
    this.#loader = loader;
  }

  /** Everything looked up so far, by absolute path. */
  get found(): ReadonlyMap<string, Found> {
    return this.#found;
  }

  lookUp(path: string): Found {
    let found = this.#found.get(path);
    if (found === undefined) {
      found = this.#loader.lookUp(path);
      this.#found.set(path, found);
    }
    return found;
  }

  /** A reading of the same files with notes of its own. */
  fork(): Reading {
    return new Reading(this.#loader);
  }

  /** Adds the notes of a layer below. */
  absorb(found: ReadonlyMap<string, Found>): void {
    for (const [path, what] of found) this.#found.set(path, what);
  }
}

/** Whether a path that gave `before` would still give the same: the same kind, the same real path, the same text. */
export function isSameFound(before: Found, now: Found): boolean {
  if (before === now) return true;
  if (before.kind === "file") {
    return now.kind === "file" && before.source === now.source && before.realPath === now.realPath;
  }
  if (before.kind === "directory") return now.kind === "directory" && before.realPath === now.realPath;
  return before.kind === now.kind && before.kind !== "pending";
}
