import type { Snapshot } from "../../workspace/snapshot";
import { getIn, type Node, textOf } from "../../yaml/node";

/** An object that comes into a kustomization from a manifest, with the name that it has there. */
export interface ReachableObject {
  readonly kind: string;
  readonly name: string;
  readonly root: Node;
}

/** How many manifests are read at most, so that completion stays quick. */
const mostFiles = 200;

/**
 * The objects in the manifests below a kustomization, through bases and components. Names are those of the manifests:
 * prefixes and suffixes of bases are not applied.
 */
export function findReachableObjects(snapshot: Snapshot, root: string): readonly ReachableObject[] {
  const objects: ReachableObject[] = [];
  const visited = new Set<string>();
  const pending = [root];
  let files = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (visited.has(at)) continue;
    visited.add(at);
    for (const { field, target } of snapshot.graph.at(at)?.references ?? []) {
      if (target === undefined || !["resources", "bases", "components"].includes(field)) continue;
      if (snapshot.graph.at(target) !== undefined) pending.push(target);
      else if (!visited.has(target) && files++ < mostFiles) {
        visited.add(target);
        objects.push(...snapshot.documents(target).flatMap((document) => toObject(document.root)));
      }
    }
  }
  return objects;
}

/** The container images of an object, without tags and digests. */
export function imagesOf({ root }: ReachableObject): readonly string[] {
  const images: string[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "sequence") pending.push(...node.items);
    if (node.kind !== "mapping") continue;
    for (const { key, value } of node.entries) {
      if ((key.text === "containers" || key.text === "initContainers") && value.kind === "sequence") {
        for (const item of value.items) images.push(withoutTag(textOf(getIn(item, ["image"])) ?? ""));
      } else pending.push(value);
    }
  }
  return images.filter((image) => image !== "");
}

/** `host:5000/a:tag@sha256:…` → `host:5000/a`. */
export function withoutTag(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

function toObject(root: Node | undefined): readonly ReachableObject[] {
  const kind = textOf(getIn(root, ["kind"]));
  const name = textOf(getIn(root, ["metadata", "name"]));
  return root === undefined || kind === undefined || name === undefined ? [] : [{ kind, name, root }];
}
