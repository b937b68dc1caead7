import { parseImageReference } from "../kubernetes/imageReference";
import { didYouMean } from "../platform/didYouMean";
import { findDecision } from "./deciders";
import type { ImageRefusal } from "./imagePlan";
import { fullName } from "./imageText";
import type { OverlayState } from "./overlayState";
import type { RenderedImage } from "./renderedImages";
import { findImages } from "./unseenImages";

/**
 * The rendered images that a name means: those of this repository, and those that meet an entry of this name. If there is none, the same without the
 * tag of the name, and with Docker's short names written out.
 */
export function selectImages(state: OverlayState, name: string): readonly RenderedImage[] {
  const images = findImages(state);
  const repository = parseImageReference(name).name;
  const tests: readonly ((is: string, written: string) => boolean)[] = [
    (is, written) => is === name || written === name,
    (is, written) => is === repository || parseImageReference(written).name === repository,
    (is) => fullName(is) === fullName(repository),
  ];
  for (const test of tests) {
    const found = images.filter((image) => {
      const rendered = parseImageReference(image.value.text).name;
      const { steps } = findDecision(state, image);
      return test(rendered, "") || steps.some(({ entry }) => test("", entry.name));
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** The refusal of a name that means no image, with what there is. */
export function unknownImage(state: OverlayState, name: string): ImageRefusal {
  const entry = state.overlay.entries.find((each) => each.name === name);
  const names = [...new Set(findImages(state).map(({ value }) => parseImageReference(value.text).name))];
  const near = names.find((each) => each.endsWith(`/${name}`)) ?? didYouMean(name, names);
  const [unseen] = state.unseen;
  if (unseen !== undefined && entry === undefined) {
    const message = `What can be seen of the overlay has no image \`${name}\`, and no entry of \`images\` names it. ${unseen.message}`;
    const help =
      near === undefined ? "Write an entry for it once; then it can be bumped." : `Did you mean \`${near}\`?`;
    return { kind: "refused", reason: "unknownImage", message, help, place: unseen.place };
  }
  const message =
    entry === undefined
      ? `The overlay renders no image \`${name}\`.`
      : `The entry \`${name}\` of \`images\` matches no image that the overlay renders.`;
  const listed = names.length === 0 ? "It renders no image at all." : `It renders ${names.slice(0, 8).join(", ")}.`;
  const help = near === undefined ? listed : `Did you mean \`${near}\`?`;
  return { kind: "refused", reason: "unknownImage", message, help, place: entry?.place };
}
