import type { Feature } from "../analysis/feature";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../platform/path";
import { type PreviewTarget, type PreviewTargetsParams, previewTargetsRequest } from "../protocol/rendered";
import type { Kustomization } from "../workspace/graph";

/** Which rendered documents a file shows in: its own kustomization's first, then those that include it, nearest first. */
export const previewTargetsFeature: Feature<PreviewTargetsParams, readonly PreviewTarget[]> = {
  method: previewTargetsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle({ uri }, { snapshot, fromUri, toUri, toRenderedUri }) {
    const document = fromUri(uri);
    if (document === undefined) return [];
    const path = document.kind === "source" ? document.path : document.root;
    const own = snapshot.graph.at(path) ?? snapshot.graph.at(parentPath(path));
    const ownFirst = own !== undefined && (own.file === path || own.root === path) ? [own] : [];
    const start = ownFirst.length > 0 && own !== undefined ? own.root : path;
    const reached = [...ownFirst, ...snapshot.graph.reachedFrom(start)];
    const unique = new Map(reached.filter(isBuilt).map((each) => [each.root, each]));
    return [...unique.values()].map(({ root }) => ({
      uri: toRenderedUri(root),
      root: toUri(root),
      label: labelOf(root, snapshot.folders),
    }));
  },
};

/**
 * The path of a root or file for people: relative to its workspace folder, `.` for the folder itself. Where there are several
 * folders the name of the folder comes first, for each of them may have its `base`.
 */
export function labelOf(root: string, folders: readonly string[]): string {
  const around = folders.filter((each) => isInside(each, root));
  const folder = around.find((each) => around.every((other) => isInside(other, each)));
  if (folder === undefined) return root;
  const relative = relativePath(folder, root);
  if (folders.length === 1) return relative;
  const named = folders.filter((each) => baseName(each) === baseName(folder)).length === 1 ? baseName(folder) : folder;
  return relative === "." ? named : joinPath(named, relative);
}

function isBuilt({ kind }: Kustomization): boolean {
  return kind === "Kustomization";
}
