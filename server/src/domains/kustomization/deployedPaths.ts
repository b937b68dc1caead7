import { matchesGlob } from "../../analysis/glob";
import { isInside, joinPath, parentPath, relativePath } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { Node } from "../../yaml/node";
import { getValue } from "../../yaml/node";

/** The kinds that name directories of a repository to deploy. */
const deployers: readonly (readonly [group: string, kind: string])[] = [
  ["argoproj.io", "Application"],
  ["argoproj.io", "ApplicationSet"],
  ["kustomize.toolkit.fluxcd.io", "Kustomization"],
];

const known = new WeakMap<Snapshot["symbols"], readonly string[]>();

/** The paths that Applications, ApplicationSets and Kustomizations of Flux deploy, relative to some repository; globs as they are. */
function deployedPaths(snapshot: Snapshot): readonly string[] {
  let paths = known.get(snapshot.symbols);
  if (paths === undefined) {
    const files = new Set(
      deployers.flatMap(([group, kind]) => snapshot.symbols.objectsOf(group, kind).map(({ place }) => place.file.path)),
    );
    const found = new Set<string>();
    for (const file of files) {
      for (const { root } of snapshot.documents(file)) collectPaths(getValue(root, "spec"), found);
    }
    paths = [...found];
    known.set(snapshot.symbols, paths);
  }
  return paths;
}

function collectPaths(node: Node | undefined, found: Set<string>): void {
  if (node?.kind === "sequence") for (const item of node.items) collectPaths(item, found);
  if (node?.kind !== "mapping") return;
  for (const { key, value } of node.entries) {
    if (key.text === "path" && value.kind === "scalar") {
      // What a template fills in may be anything.
      const path = value.text.replace(/^\.?\//, "").replace(/\/$/, "");
      found.add(path.replace(/\{\{.*?\}\}/g, "*"));
    } else collectPaths(value, found);
  }
}

/** Whether a deployer names a directory, whichever repository it means. */
export function isDeployed(snapshot: Snapshot, directory: string): boolean {
  const paths = deployedPaths(snapshot);
  return rootsAround(snapshot, directory).some((root) => {
    const relative = relativePath(root, directory);
    return paths.some(
      (path) => path === relative || (path.includes("*") && path !== "*" && matchesGlob(path, relative)),
    );
  });
}

/** Whether a deployer takes a file without any kustomization: it names a directory around it that has none. */
export function isDeployedAlone(snapshot: Snapshot, file: string): boolean {
  const top = rootsAround(snapshot, file)[0];
  for (
    let directory = parentPath(file);
    top !== undefined && isInside(top, directory);
    directory = parentPath(directory)
  ) {
    if (snapshot.graph.at(directory) !== undefined) return false;
    if (isDeployed(snapshot, directory)) return true;
    if (directory === "/") return false;
  }
  return false;
}

/** The repositories and folders in which a path lies, the outermost first. */
function rootsAround({ repositories, folders }: Snapshot, path: string): readonly string[] {
  const roots = new Set([...repositories.map(({ root }) => root), ...folders].map((root) => joinPath("/", root)));
  return [...roots].filter((root) => isInside(root, path)).sort((a, b) => a.length - b.length);
}
