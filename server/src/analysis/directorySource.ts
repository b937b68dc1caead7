import { matchesPattern } from "../argocd/pattern";
import { baseName, isInside, parentPath, relativePath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { objectsWithin } from "./objectsWithin";

/** The manifests of a directory. */
export interface DirectoryManifests {
  readonly objects: readonly Node[];
  /** Why Argo CD would take none of them, a sentence each. */
  readonly failures: readonly string[];
  /** What is left out here, a sentence each. */
  readonly notes: readonly string[];
}

/** A file that says this somewhere is passed over. */
const skipMarker = "+argocd:skip-file-rendering";

/**
 * The YAML and JSON files of a directory without a kustomization, in Argo CD's order, with `spec.source.directory` of the Application: `recurse`,
 * `include` and `exclude` (`findManifests` of argo-cd `reposerver/repository/repository.go`).
 */
export function manifestsIn(directory: string, options: Mapping | undefined, snapshot: Snapshot): DirectoryManifests {
  const [include, exclude] = ["include", "exclude"].map((field) => textOf(getValue(options, field)) ?? "");
  const recurse = textOf(getValue(options, "recurse")) === "true";
  const isTaken = (path: string): boolean => {
    if (!(recurse ? isInside(directory, path) : parentPath(path) === directory)) return false;
    if (!/\.(?:ya?ml|json)$/.test(baseName(path))) return false;
    const relative = relativePath(directory, path);
    if (exclude && matchesPattern(exclude, relative)) return false;
    return !include || matchesPattern(include, relative);
  };
  const failures: string[] = [];
  const objects = [...snapshot.yamlFiles()]
    .filter(isTaken)
    .sort(inWalkOrder)
    .flatMap((path) => {
      const text = snapshot.file(path)?.text ?? "";
      if (text.includes(skipMarker)) return [];
      const documents = snapshot.documents(path);
      const isBroken = documents.some(({ problems }) => problems.length > 0);
      // A broken file that looks like no manifest is passed over.
      if (isBroken && ["apiVersion:", "kind:", "metadata:"].every((word) => text.includes(word))) {
        failures.push(`'${relativePath(directory, path)}' is no YAML at present.`);
      }
      return isBroken ? [] : documents.flatMap(({ root }) => (root === undefined ? [] : toObjects(root)));
    });
  const jsonnet = getValue(options, "jsonnet");
  const notes = jsonnet?.kind === "mapping" && jsonnet.entries.length > 0 ? ["Jsonnet is not rendered here."] : [];
  return { objects, failures, notes };
}

/** A template of OpenShift is deployed as it is; what is no object, such as the values of a chart, is passed over. */
function toObjects(root: Node): readonly Node[] {
  const all = textOf(getValue(root, "kind")) === "Template" ? [root] : objectsWithin(root);
  return all.filter((each) => {
    const isNamed = getValue(each, "metadata")?.kind === "mapping";
    return isNamed && ["apiVersion", "kind"].every((field) => textOf(getValue(each, field)));
  });
}

/** Go walks the names of each directory in their order, so that `a/b.yaml` comes before `a.yaml`. */
function inWalkOrder(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  const i = left.findIndex((segment, at) => segment !== right[at]);
  return (left[i] ?? "") < (right[i] ?? "") ? -1 : 1;
}
