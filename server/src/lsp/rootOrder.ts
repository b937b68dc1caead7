import { parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";

/** What people look at, in the order in which they care. */
export interface Attention {
  /** Files that were edited or opened, the last first. */
  readonly recent: readonly string[];
  /** Roots whose rendered document is open. */
  readonly shown: readonly string[];
}

/** Roots in the order in which they are to be built. */
export interface OrderedRoots {
  /** Those that show what somebody looks at, or that somebody looks at. */
  readonly urgent: readonly string[];
  readonly others: readonly string[];
}

/**
 * The order in which people care: previews that are open; then for each file, the last edited first, the kustomization that it lies in and
 * those that it shows in, the nearest first; then for all other open files the same; then everything else.
 */
export function orderRoots(roots: readonly string[], snapshot: Snapshot, { recent, shown }: Attention): OrderedRoots {
  const waiting = new Set(roots);
  const urgent: string[] = [];
  const take = (root: string): void => {
    if (waiting.delete(root)) urgent.push(root);
  };
  for (const root of shown) take(root);
  for (const path of new Set([...recent, ...snapshot.openFiles()])) {
    take(parentPath(path));
    const own = snapshot.graph.ofFile(path)?.root;
    for (const { root } of snapshot.graph.reachedFrom(own ?? path)) take(root);
  }
  return { urgent, others: [...waiting] };
}
