import { parentPath } from "../../platform/path";
import type { Snapshot } from "../../workspace/snapshot";
import type { OutlineNode } from "../../yaml/outline";
import { findReachableObjects, imagesOf, type ReachableObject } from "./reachableObjects";

/** The kinds that `replicas` changes. */
const scaled: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

/** Fields under which an object is selected by kind and name; `*` stands for every item. */
const selectors: readonly string[] = [
  "patches/*/target",
  "patchesJson6902/*/target",
  "replacements/*/source",
  "replacements/*/targets/*/select",
  "replacements/*/targets/*/reject/*",
];

/** Names of things that the kustomization is made of, where a field names one; `undefined` where it names none. */
export function findNames(
  snapshot: Snapshot,
  file: string,
  outline: OutlineNode,
  path: readonly (string | number)[],
): readonly string[] | undefined {
  const objects = () => findReachableObjects(snapshot, parentPath(file));
  const field = path.map((step) => (typeof step === "number" ? "*" : step)).join("/");
  if (field === "images/*/name") return unique(objects().flatMap(imagesOf));
  if (field === "replicas/*/name") return names(objects().filter(({ kind }) => scaled.has(kind)));
  const selector = field.slice(0, field.lastIndexOf("/"));
  if (!selectors.includes(selector)) return undefined;
  if (field.endsWith("/kind")) return unique(objects().map(({ kind }) => kind));
  if (!field.endsWith("/name")) return undefined;
  const kind = outline.at([...path.slice(0, -1), "kind"])?.text;
  return names(objects().filter((object) => kind === undefined || kind === "" || object.kind === kind));
}

function names(objects: readonly ReachableObject[]): readonly string[] {
  return unique(objects.map(({ name }) => name));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
