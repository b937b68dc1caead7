import { kustomizationFileNames } from "../kubernetes/kustomizationFileNames";
import type { Loader } from "../kustomize/loader";
import { parseRepositoryUrl } from "../kustomize/remoteUrl";
import { baseName, joinPath, relativePath } from "../platform/path";
import { getValue, textOf } from "../yaml/node";
import { readOverlayFile } from "./imageEntries";
import type { Stage } from "./stageMatrix";

/** What teams call their environments, in the order in which changes go through them. */
const environments: readonly RegExp[] = [
  /^(?:local|sandbox)/,
  /^dev/,
  /^(?:test|tst|ci|int)/,
  /^(?:qa|uat|acc)/,
  /^(?:stag|stg|pre)/,
  /^(?:prod|prd|live)/,
];

/**
 * The overlays among kustomizations: those that include another one, are included by none and are no components; dev before stage before prod.
 *
 * @param roots directories that hold a kustomization.
 * @param top what names are relative to where the last part of a path does not tell two overlays apart.
 */
export function findStages(roots: readonly string[], top: string, loader: Loader): readonly Stage[] {
  const includes = new Map(roots.map((root) => [root, findIncluded(root, loader)]));
  const included = new Set([...includes.values()].flatMap((each) => each ?? []));
  const overlays = roots.filter((root) => (includes.get(root)?.length ?? 0) > 0 && !included.has(root));
  const names = overlays.map(baseName);
  return overlays
    .map((root): Stage => {
      const name = baseName(root);
      const isAlone = names.indexOf(name) === names.lastIndexOf(name);
      return { name: isAlone ? name : relativePath(top, root), root };
    })
    .sort((a, b) => rank(a.root) - rank(b.root) || (a.name < b.name ? -1 : 1));
}

/** The place of a directory's name among the environments, the first ones first; `undefined` when it names none. */
export function environmentRank(name: string): number | undefined {
  const at = environments.findIndex((each) => each.test(name.toLowerCase()));
  return at < 0 ? undefined : at;
}

function rank(root: string): number {
  return environmentRank(baseName(root)) ?? environments.length;
}

/** The kustomizations that one includes, those far away by their URLs; `undefined` for a component, which stands for no environment. */
function findIncluded(root: string, loader: Loader): readonly string[] | undefined {
  const value = readOverlayFile(root, loader)?.value;
  if (value === undefined || textOf(getValue(value, "kind")) === "Component") return undefined;
  const named = ["resources", "bases", "components"].flatMap((field) => {
    const list = getValue(value, field);
    return list?.kind === "sequence" ? list.items.flatMap((item) => textOf(item) ?? []) : [];
  });
  return named.flatMap((entry) => {
    if (parseRepositoryUrl(entry) !== undefined) return /\.ya?ml$/i.test(entry) ? [] : entry;
    const path = joinPath(root, entry);
    return kustomizationFileNames.some((name) => loader.lookUp(joinPath(path, name)).kind === "file") ? path : [];
  });
}
