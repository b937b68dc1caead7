import { type QuickPickItem, window } from "vscode";
import {
  type BumpTarget,
  type OverlayImage,
  type OverlayImages,
  type OverlayImagesParameters,
  overlayImagesRequest,
} from "../../../../server/src/protocol/bump";
import type { LanguageServer } from "../../languageClient";
import { versionText } from "./versionText";

export interface ImageChoice {
  readonly title: string;
  /** Which images can be meant. */
  readonly suits: (image: OverlayImage) => boolean;
}

/** The image of an overlay that a command is about. Throws, for the person, when there is none. */
export async function chooseImage(
  server: LanguageServer,
  { root, image }: BumpTarget,
  { title, suits }: ImageChoice,
): Promise<OverlayImage | undefined> {
  const parameters: OverlayImagesParameters = { root };
  const { images, problem } = await server.request<OverlayImages>(overlayImagesRequest, parameters);
  if (image !== undefined) {
    // An entry of images may stand for something that is not rendered; the plan says so better than a list without it.
    return images.find((each) => each.image === image) ?? { image, differs: false, objects: [] };
  }
  if (images.length === 0) throw new Error(problem ?? "The overlay renders no image.");
  const suitable = images.filter(suits);
  if (suitable.length === 0) {
    throw new Error(
      title === "Unpin"
        ? "No image of this overlay is pinned to a digest."
        : "All images of this overlay are pinned to a digest already.",
    );
  }
  if (suitable.length === 1) return suitable[0];
  const items = suitable.map((each): QuickPickItem & { readonly chosen: OverlayImage } => {
    return { label: each.image, description: versionText(each), detail: each.objects.join(", "), chosen: each };
  });
  const options = { title, placeHolder: "Which image?", matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.chosen;
}
