import type { ImageReference } from "../kubernetes/imageReference";
import { containersOf, findLikelyPodTemplate } from "../kubernetes/podTemplate";
import type { BuildResult } from "../kustomize/build";
import { getIn, getValue, textOf } from "../yaml/node";
import { imageReferenceOf } from "./writtenImages";

/** An image as a kustomization renders it. */
export interface RenderedImage {
  readonly reference: ImageReference;
  /** Where, for example `Deployment person-service`. */
  readonly object: string;
}

/** The images of the pods that a build renders, in their order. */
export function renderedImages({ resources }: Pick<BuildResult, "resources">): readonly RenderedImage[] {
  return resources.flatMap(({ node }) => {
    const template = node.kind === "mapping" ? findLikelyPodTemplate(node) : undefined;
    if (template === undefined) return [];
    const object = `${textOf(getValue(node, "kind")) ?? ""} ${textOf(getIn(node, ["metadata", "name"])) ?? ""}`;
    return [...containersOf(template.spec)].flatMap((container) => {
      const reference = imageReferenceOf(getValue(container.node, "image"));
      return reference === undefined ? [] : [{ reference, object }];
    });
  });
}
