import type { Finding, Fix } from "../../analysis/finding";
import { holdsParts } from "../../analysis/manifests";
import { fixOf } from "../../analysis/repair";
import type { FixContext } from "../../analysis/rule";
import { parentPath } from "../../platform/path";
import { appendItem } from "../../yaml/edit";
import { getIn, textOf } from "../../yaml/node";
import { findReachableObjects } from "./reachableObjects";

/** Adds a manifest to the kustomization around it; none when an object of the same kind and name is there, for the manifest is a patch then. */
export function listManifest({ place, data }: Finding, { snapshot }: FixContext): readonly Fix[] {
  const [path, name] = [data?.["kustomization"], data?.["name"]];
  // What somebody has taken out may have been a patch, or is out for a reason.
  if (typeof path !== "string" || typeof name !== "string" || data?.["isInComment"] === true) return [];
  if (holdsParts(place.file.path)) return [];
  const document = snapshot.documents(path)[0];
  const there = new Set(findReachableObjects(snapshot, parentPath(path)).map(({ kind, name }) => `${kind}/${name}`));
  const objects = snapshot.documents(place.file.path).map(({ root }) => root);
  const isPatch = objects.some((root) =>
    there.has(`${textOf(getIn(root, ["kind"]))}/${textOf(getIn(root, ["metadata", "name"]))}`),
  );
  if (document === undefined || isPatch) return [];
  return fixOf("Add it to the kustomization", document.file, appendItem(document, ["resources"], name), true);
}
