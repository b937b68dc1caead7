import { goGlob, isGoPattern } from "../argocd/goGlob";
import { itemsOf } from "../argocd/kustomizeNodes";
import { isInside, joinPath } from "../platform/path";
import { type Mapping, textOf } from "../yaml/node";
import type { FeatureContext } from "./feature";

/** A pattern that leads through more levels of directories than this finds nothing below. */
const mostLevels = 20;

/**
 * The names in all directories that patterns of `components` lead to, by absolute path: what `kustomize.components` of a source says, seen from
 * the kustomization `root`. Directories that nobody read are read; those outside of the repository `within` stay out.
 */
export async function listComponents(
  options: Mapping | undefined,
  { root, within }: { readonly root: string; readonly within: string },
  { snapshot: first, load }: Pick<FeatureContext, "snapshot" | "load">,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = new Map<string, readonly string[]>();
  const components = options === undefined ? [] : itemsOf(options, "components");
  const patterns = components.flatMap((each) => textOf(each) ?? []).filter(isGoPattern);
  let snapshot = first;
  const asked = new Set<string>();
  for (let level = 0; level < mostLevels; level++) {
    const unknown = new Set<string>();
    const list = (directory: string): readonly string[] => {
      const path = joinPath(root, directory);
      if (!isInside(within, path)) return [];
      const found = snapshot.lookUp(path);
      const names = snapshot.list(path) ?? (found.kind === "directory" ? snapshot.list(found.realPath) : undefined);
      if (names === undefined && ["pending", "directory"].includes(found.kind) && !asked.has(path)) unknown.add(path);
      const plain = (names ?? []).map((name) => name.replace(/\/$/, ""));
      listed.set(path, plain);
      return plain;
    };
    for (const pattern of patterns) goGlob(pattern, { list, isThere: () => true });
    if (unknown.size === 0) break;
    for (const path of unknown) asked.add(path);
    snapshot = await load(unknown);
  }
  return listed;
}
