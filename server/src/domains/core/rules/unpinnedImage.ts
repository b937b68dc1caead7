import type { DeployedPod } from "../../../analysis/deployedPods";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit } from "../../../analysis/rule";
import { parseImageReference } from "../../../kubernetes/imageReference";
import { containersOf, labelsOf } from "../../../kubernetes/podTemplate";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

/** An image that may be another one tomorrow. */
export const unpinnedImage = podRule({
  code: "core/unpinned-image",
  severity: "information",
  *check(pod): Iterable<Hit> {
    if (isSetByTrigger(pod)) return;
    for (const { node } of containersOf(pod.template.spec)) {
      const image = getValue(node, "image");
      const text = textOf(image);
      if (image === undefined || text === undefined || !isImage(text)) continue;
      const { name, tag, digest } = parseImageReference(text);
      if (digest !== undefined || (tag !== undefined && tag !== "latest")) continue;
      const says = tag === undefined ? "has neither tag nor digest, which means `latest`" : "has the tag `latest`";
      yield {
        place: image.origin.place,
        message: `The image \`${name}\` ${says}: two pods of one version may run different programs.`,
        help: "Name a version or a digest, here or in `images` of the overlay.",
      };
    }
  },
  docs: {
    summary: "A container runs an image without a version: no tag and no digest, or the tag `latest`.",
    explanation:
      "It is judged after the `images` of the kustomizations, and told where the image is written: a base may leave the version to its overlays. Images that an OpenShift trigger sets are left alone.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: quay.io/team/web\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: quay.io/team/web:1.2\n",
  },
});

/** A name as registries take it, and nothing that a tool puts an image in the place of. */
function isImage(text: string): boolean {
  return /^[a-z0-9][\w.:/@-]*$/.test(text) && text !== "auto" && !text.startsWith("ko://") && !isPlaceholder(text);
}

/** Whether OpenShift writes the image: a DeploymentConfig with a trigger, or an object with the annotation for one. */
function isSetByTrigger({ node }: DeployedPod): boolean {
  if (labelsOf(getIn(node, ["metadata", "annotations"])).has("image.openshift.io/triggers")) return true;
  const triggers = getIn(node, ["spec", "triggers"]);
  return (
    triggers?.kind === "sequence" && triggers.items.some((each) => textOf(getValue(each, "type")) === "ImageChange")
  );
}
