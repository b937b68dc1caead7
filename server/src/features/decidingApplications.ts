import { applicationsIn, sourcesOf } from "../analysis/writtenApplications";
import { parseImageReference } from "../kubernetes/imageReference";
import type { PlannedImage } from "../release/imagePlan";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, textOf } from "../yaml/node";

/**
 * Applications of the workspace that deploy an overlay and themselves say a version of its images, under `spec.source.kustomize.images`: that comes
 * after the overlay, so what is deployed stays the same. A sentence for each.
 */
export function decidingApplications(
  root: string,
  images: readonly PlannedImage[],
  snapshot: Snapshot,
): readonly string[] {
  const names = new Set(
    images.flatMap(({ before, after }) => [before, after]).map((text) => parseImageReference(text).name),
  );
  return applicationsIn(snapshot).flatMap((application) => {
    if (!sourcesOf(snapshot, application).some(({ directory }) => directory === root)) return [];
    const said = application.sources.flatMap(({ node }) => {
      const list = getIn(node, ["kustomize", "images"]);
      return list?.kind === "sequence" ? list.items.flatMap((item) => textOf(item) ?? []) : [];
    });
    return said
      .filter((text) => text.split("=").some((part) => names.has(parseImageReference(part).name)))
      .map((text) => {
        const name = application.name?.text ?? "";
        return `The Application \`${name}\` says \`${text}\` under \`kustomize.images\`, and that is what is deployed: change it there too.`;
      });
  });
}
