import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { parseImageReference } from "../../../kubernetes/imageReference";
import { scalarAt } from "../../../tekton/field";
import { taskSpecsOf, wholeObjectsOf } from "../objects";
import { stepSample } from "../samples";

/** An image of a step that may be another one tomorrow. */
export const unpinnedImage: Rule = {
  code: "tekton/unpinned-image",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    const tasks = [...taskSpecsOf(context)].map(({ task }) => task);
    const actions = [...wholeObjectsOf(context)].flatMap(({ stepAction }) => stepAction ?? []);
    const templates = tasks.flatMap(({ stepTemplate }) => stepTemplate ?? []);
    for (const { node } of [
      ...tasks.flatMap(({ steps, sidecars }) => [...steps, ...sidecars]),
      ...templates,
      ...actions,
    ]) {
      const image = scalarAt(node, "image");
      if (image === undefined || !/^[a-z0-9][\w.:/@-]*$/.test(image.text) || isPlaceholder(image.text)) continue;
      const { name, tag, digest } = parseImageReference(image.text);
      if (digest !== undefined || (tag !== undefined && tag !== "latest")) continue;
      const says = tag === undefined ? "has neither tag nor digest, which means `latest`" : "has the tag `latest`";
      const message = `The image \`${name}\` ${says}: two runs of one Task may do different things.`;
      yield { place: image.origin.place, message, help: "Name a version or a digest." };
    }
  },
  docs: {
    summary: "A step or sidecar runs an image without a version: no tag and no digest, or the tag `latest`.",
    explanation: "What a pipeline does may change without a change in Git, and nobody can run an old version again.",
    bad: stepSample("").replace("alpine:3.22", "alpine:latest"),
    good: stepSample(""),
  },
};
