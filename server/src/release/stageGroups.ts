import { baseName, joinPath, parentPath } from "../platform/path";
import type { Stage } from "./stageMatrix";
import { environmentRank } from "./stages";

/** Overlays that are stages of one thing, so that they compare with each other. */
export interface StageGroup {
  /** The directory in which they lie; `*` stands for the stage where that is in the middle: `/repo/envs/*\/shop`. */
  readonly path: string;
  /** Dev before stage before prod; each is called by what makes it differ from the others. */
  readonly stages: readonly Stage[];
}

/**
 * Sorts overlays by what they are stages of. Two layouts are known: `apps/shop/overlays/dev` beside `apps/shop/overlays/prod`, and `envs/dev/shop` beside
 * `envs/prod/shop`.
 */
export function groupStages(stages: readonly Stage[]): readonly StageGroup[] {
  const patterns = new Map<string, number>();
  for (const { root } of stages) {
    const { path } = withoutEnvironment(root) ?? {};
    if (path !== undefined) patterns.set(path, (patterns.get(path) ?? 0) + 1);
  }
  const groups = new Map<string, Stage[]>();
  for (const stage of stages) {
    const { path, name } = placeOf(stage.root, patterns);
    const known = groups.get(path) ?? [];
    groups.set(path, [...known, { ...stage, name }]);
  }
  return [...groups]
    .map(([path, each]) => ({ path, stages: each.sort(byEnvironment) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface StagePlace {
  readonly path: string;
  readonly name: string;
}

function placeOf(root: string, patterns: ReadonlyMap<string, number>): StagePlace {
  const inMiddle = environmentRank(baseName(root)) === undefined ? withoutEnvironment(root) : undefined;
  // One directory alone may be called `test` without being a stage.
  if (inMiddle !== undefined && (patterns.get(inMiddle.path) ?? 0) > 1) return inMiddle;
  return { path: parentPath(root), name: baseName(root) };
}

/** The path with `*` for the nearest directory around it that is called like an environment. */
function withoutEnvironment(root: string): StagePlace | undefined {
  let rest = baseName(root);
  for (let at = parentPath(root); at !== parentPath(at); at = parentPath(at)) {
    const name = baseName(at);
    if (environmentRank(name) !== undefined) return { path: joinPath(parentPath(at), `*/${rest}`), name };
    rest = `${name}/${rest}`;
  }
  return undefined;
}

function byEnvironment(a: Stage, b: Stage): number {
  const rank = ({ name }: Stage): number => environmentRank(name) ?? Number.POSITIVE_INFINITY;
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  return a.name < b.name ? -1 : 1;
}
