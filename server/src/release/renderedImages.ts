import type { Resource } from "../kustomize/resource";
import { type Change, getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import { toPointerStep } from "../yaml/pointerStep";

/** An image of a rendered object. */
export interface RenderedImage {
  /** Position of the object in the build. */
  readonly index: number;
  /** JSON pointer in the object, for example `/spec/template/spec/containers/0/image`. */
  readonly pointer: string;
  /** For people, for example `Deployment person-service`. */
  readonly object: string;
  readonly value: Scalar;
}

/** Lists whose items run an image. Of these Kustomize sets the first two by itself, and others where `configurations` says so. */
const containerLists: ReadonlySet<string> = new Set([
  "containers",
  "initContainers",
  "ephemeralContainers",
  "steps",
  "sidecars",
]);

/**
 * Finds the images of rendered objects: of containers of any kind, of the steps of Tekton tasks, of image volumes, and wherever an entry of
 * `images` has set one. CustomResourceDefinitions have none.
 */
export function findRenderedImages(resources: readonly Resource[]): readonly RenderedImage[] {
  return resources.flatMap(({ node }, index) => {
    if (textOf(getValue(node, "kind")) === "CustomResourceDefinition") return [];
    const object = describeObject(node);
    return [...imagesIn(node, "", "")].map(([pointer, value]) => ({ index, pointer, object, value }));
  });
}

/** Kind and name, for people. */
export function describeObject(node: Mapping): string {
  return `${textOf(getValue(node, "kind")) ?? "Object"} ${textOf(getIn(node, ["metadata", "name"])) ?? "without a name"}`;
}

function* imagesIn(node: Node, pointer: string, list: string): Iterable<[string, Scalar]> {
  if (node.kind === "sequence") {
    for (const [i, item] of node.items.entries()) yield* imagesIn(item, `${pointer}/${i}`, list);
    return;
  }
  if (node.kind === "scalar") {
    if (findImageChange(node) !== undefined) yield [pointer, node];
    return;
  }
  for (const { key, value } of node.entries) {
    const inner = `${pointer}/${toPointerStep(key.text)}`;
    const isImage = key.text === "image" && (containerLists.has(list) || list === "stepTemplate");
    const isVolume = key.text === "reference" && list === "image" && /\/volumes\/\d+\/image$/.test(pointer);
    if ((isImage || isVolume) && value.kind === "scalar") {
      if (textOf(value) !== undefined && value.text !== "") yield [inner, value];
    } else yield* imagesIn(value, inner, key.text);
  }
}

/** The last change that an entry of `images` made to a value. */
export function findImageChange(value: Scalar): Change | undefined {
  for (const { origin } of history(value)) if (origin.change?.transformer === "images") return origin.change;
  return undefined;
}

/** A value, the one before it, and so on back to how it was written. */
export function* history(value: Scalar): Iterable<Scalar> {
  for (let node: Node | undefined = value; node?.kind === "scalar"; node = node.origin.change?.before) yield node;
}
