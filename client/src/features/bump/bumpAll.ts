import { type QuickPickItem, window } from "vscode";
import {
  type ImageUpdate,
  type ImageUpdates,
  imageUpdatesRequest,
  type OverlayImagesParameters,
} from "../../../../server/src/protocol/bump";
import type { LanguageServer } from "../../languageClient";
import type { PlanReview } from "./planReview";
import { asking, planOf } from "./requestPlan";

const title = "Bump All Images";

/** Brings all images of an overlay to the newest versions that their policies allow; the person may leave some out. */
export async function bumpAllImages(
  { server, review }: { readonly server: LanguageServer; readonly review: PlanReview },
  root: string,
): Promise<void> {
  const parameters: OverlayImagesParameters = { root };
  const what = { method: imageUpdatesRequest, parameters };
  const { updates, notes } = await asking<ImageUpdates>(server, "Asking the registries…", what);
  if (updates.length === 0) {
    // What could not be asked must not look like news that there are none.
    if (notes.length > 0) throw new Error(`Nothing newer is known. ${notes.join(" ")}`);
    void window.showInformationMessage("All images of this overlay are up to date.");
    return;
  }
  const items = updates.map((update): QuickPickItem & { readonly update: ImageUpdate } => {
    return { label: update.wish.image, description: `${update.from} → ${update.to}`, picked: true, update };
  });
  // All of them stand among what is good to know, where there is room.
  const leftOut = notes.length === 1 ? ` Left out: ${notes[0]}` : ` ${notes.length} are left out.`;
  const placeHolder = `Which images?${notes.length === 0 ? "" : leftOut}`;
  const chosen = await window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  if (chosen === undefined || chosen.length === 0) return;
  const wishes = chosen.map(({ update }) => update.wish);
  const plan = await planOf(server, root, wishes);
  await review.show(title, { ...plan, notes: [...plan.notes, ...notes] });
}
