import { parentPath } from "../platform/path";
import type { FileFacts, PathReference } from "./facts";

/** A kustomization of the workspace: a directory with a kustomization file. */
export interface Kustomization {
  /** The directory. */
  readonly root: string;
  /** The kustomization file. */
  readonly file: string;
  readonly kind: "Kustomization" | "Component";
  readonly references: readonly PathReference[];
}

/** Who includes whom: kustomizations, and the files they name, through resources, components, patches, generators, bases … */
export interface KustomizationGraph {
  /** Every kustomization, sorted by root. */
  readonly kustomizations: readonly Kustomization[];
  /** The kustomization in a directory. */
  at(root: string): Kustomization | undefined;
  /** The kustomization that a file is; of several in one directory only the one that counts. */
  ofFile(path: string): Kustomization | undefined;
  /** The kustomizations that name `path` (a file or a directory) themselves, sorted by root. */
  includersOf(path: string): readonly Kustomization[];
  /** Where they name it, and in which field. */
  referencesTo(path: string): readonly PathReference[];
  /** The kustomizations that name `path` themselves or through others, the nearest first. Safe in cycles. */
  reachedFrom(path: string): readonly Kustomization[];
}

/** The graph of a workspace without kustomizations. */
export const emptyGraph: KustomizationGraph = buildGraph(new Map());

/**
 * Builds the graph from the facts of all kustomization files, by path. Where a directory holds several of them (an error of
 * its own), the first by name counts.
 */
export function buildGraph(factsOf: ReadonlyMap<string, FileFacts>): KustomizationGraph {
  const byRoot = new Map<string, Kustomization>();
  for (const file of [...factsOf.keys()].sort()) {
    const facts = factsOf.get(file);
    const root = parentPath(file);
    if (facts?.kustomization === undefined || byRoot.has(root)) continue;
    byRoot.set(root, { root, file, kind: facts.kustomization, references: facts.references });
  }
  const kustomizations = [...byRoot.values()].sort((a, b) => (a.root < b.root ? -1 : 1));
  const includers = findIncluders(kustomizations);
  const includersOf = (path: string): readonly Kustomization[] => includers.get(path) ?? [];
  return {
    kustomizations,
    at: (root) => byRoot.get(root),
    ofFile(path) {
      const kustomization = byRoot.get(parentPath(path));
      return kustomization?.file === path ? kustomization : undefined;
    },
    includersOf,
    referencesTo: (path) =>
      includersOf(path).flatMap(({ references }) => references.filter(({ target }) => target === path)),
    reachedFrom: (path) => reach(path, includersOf),
  };
}

function findIncluders(kustomizations: readonly Kustomization[]): ReadonlyMap<string, readonly Kustomization[]> {
  const includers = new Map<string, Kustomization[]>();
  for (const kustomization of kustomizations) {
    for (const target of new Set(kustomization.references.map((reference) => reference.target))) {
      if (target === undefined) continue;
      const known = includers.get(target);
      if (known === undefined) includers.set(target, [kustomization]);
      else known.push(kustomization);
    }
  }
  return includers;
}

/** Breadth first, so that the nearest come first and a cycle ends. */
function reach(path: string, includersOf: (path: string) => readonly Kustomization[]): readonly Kustomization[] {
  const reached = new Map<string, Kustomization>();
  const queue = [path];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const kustomization of includersOf(next)) {
      if (reached.has(kustomization.root)) continue;
      reached.set(kustomization.root, kustomization);
      queue.push(kustomization.root);
    }
  }
  return [...reached.values()];
}
