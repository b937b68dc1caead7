import { baseName } from "../platform/path";
import type { Stage } from "../release/stageMatrix";
import type { Snapshot } from "../workspace/snapshot";
import { roleOf } from "./overlays";
import { labelOf } from "./previewTargets";

/** What teams call their environments, in the order in which changes go through them. */
const order: readonly RegExp[] = [
  /^(?:local|sandbox)/,
  /^dev/,
  /^(?:test|tst|ci|int)/,
  /^(?:qa|uat|acc)/,
  /^(?:stag|stg|pre)/,
  /^(?:prod|prd|live)/,
];

/** The overlays of a workspace as stages: dev before stage before prod. */
export function findStages(snapshot: Snapshot): readonly Stage[] {
  const overlays = snapshot.graph.kustomizations.filter((each) => roleOf(each, snapshot) === "overlay");
  const names = overlays.map(({ root }) => baseName(root));
  const stages = overlays.map(({ root }, i): Stage => {
    const isAlone = names.indexOf(baseName(root)) === names.lastIndexOf(names[i] ?? "");
    return { name: isAlone ? baseName(root) : labelOf(root, snapshot.folders), root };
  });
  return stages.sort((a, b) => rank(a.root) - rank(b.root) || (a.name < b.name ? -1 : 1));
}

function rank(root: string): number {
  const at = order.findIndex((each) => each.test(baseName(root).toLowerCase()));
  return at < 0 ? order.length : at;
}
