import { Disposable, window } from "vscode";
import {
  type BumpArgument,
  type BumpTarget,
  type BumpWish,
  bumpImageCommand,
  type ChoiceTarget,
  type ImageAtParameters,
  imageAtRequest,
  type OverlayImage,
  type WrittenTarget,
} from "../../../../server/src/protocol/bump";
import { chooseKustomization } from "../../actions/chooseKustomization";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { bumpAllImages } from "./bumpAll";
import { chooseImage } from "./chooseImage";
import { chooseVersion } from "./chooseVersion";
import { PlanReview } from "./planReview";
import { planOf, promotionOf, writtenPlanOf } from "./requestPlan";
import { usePullSecret } from "./usePullSecret";

export interface BumpOptions {
  readonly server: LanguageServer;
  readonly clusters: Pick<OpenClusters, "all">;
  readonly register: RegisterCommand;
}

/** Commands that bring overlays to other versions of images: what changes is shown before it is done. */
export function activateBump({ server, clusters, register }: BumpOptions): Disposable {
  const review = new PlanReview();
  const change = async (target: Target | undefined, { title, suits, wish }: Change): Promise<void> => {
    if (target === undefined) return;
    const image = isWritten(target) ? writtenImage(target, suits) : await chooseImage(server, target, { title, suits });
    const wanted = image && (await wish(image, target));
    if (wanted === undefined) return;
    const plan = isWritten(target)
      ? await writtenPlanOf(server, target.at, wanted)
      : await planOf(server, target.root, [wanted]);
    await review.show(title, plan);
  };
  const version = (title: string) => (image: OverlayImage, target: Target) =>
    chooseVersion(server, image, title, () =>
      usePullSecret({ server, clusters }, { image: image.image, root: isWritten(target) ? undefined : target.root }),
    );
  const command = (id: string, what: Change): Disposable =>
    register(id, async (argument) => change(await targetOf(server, argument, what.title), what));
  return Disposable.from(
    review,
    command(bumpImageCommand, {
      title: "Bump Image Digest",
      suits: () => true,
      wish: async (image, target) => {
        if (target.tag !== undefined) return { image: image.image, tag: target.tag };
        const chosen = await version("Bump Image Digest")(image, target);
        return chosen && { image: image.image, ...chosen };
      },
    }),
    command("gitopsAuthor.pinImage", {
      title: "Pin Tag to Digest",
      suits: ({ digest }) => digest === undefined,
      wish: async ({ image, tag = "latest" }) => ({ image, tag, form: "digest" }),
    }),
    command("gitopsAuthor.unpinImage", {
      title: "Unpin",
      suits: ({ digest }) => digest !== undefined,
      wish: async (image, target) => {
        const chosen = image.tag === undefined ? await version("Unpin")(image, target) : { tag: image.tag };
        return chosen && { image: image.image, ...chosen, form: "tag" };
      },
    }),
    register("gitopsAuthor.bumpAllImages", async (argument) => {
      const overlay = await chooseKustomization(server, argument, "Bump All Images");
      if (overlay !== undefined) await bumpAllImages({ server, review }, overlay.root);
    }),
    register("gitopsAuthor.bump.apply", () => review.applyShown()),
    register("gitopsAuthor.promoteImages", async (argument) => {
      if (isPromotion(argument)) await review.show("Promote Images", await promotionOf(server, argument));
    }),
  );
}

/** What a command does with an image. */
interface Change {
  readonly title: string;
  readonly suits: (image: OverlayImage) => boolean;
  readonly wish: (image: OverlayImage, target: Target) => Promise<BumpWish | undefined>;
}

/** An image of an overlay, or one that a manifest or patch names. */
type Target = BumpTarget | WrittenTarget;

/** Throws, for the person, when the command does not suit the image. */
function writtenImage({ image, now }: WrittenTarget, suits: Change["suits"]): OverlayImage {
  const written: OverlayImage = { image, ...now, differs: false, objects: [] };
  if (suits(written)) return written;
  throw new Error(
    now.digest === undefined ? `${image} is not pinned to a digest here.` : `${image} is pinned to a digest already.`,
  );
}

/** Of a lens or a cell of the stage matrix, or the image at the cursor; else the overlay of a row or an editor, or one that the person picks. */
async function targetOf(server: LanguageServer, argument: unknown, title: string): Promise<Target | undefined> {
  const about = argument ?? (await imageAtCursor(server)) ?? undefined;
  if (isWritten(about)) return about;
  const { root, image, tag, roots, unasked } = (about ?? {}) as Partial<BumpTarget & ChoiceTarget>;
  if (Array.isArray(roots) && typeof image === "string") {
    const overlay = await chooseDecider({ roots, unasked }, title);
    return overlay === undefined ? undefined : { root: overlay, image };
  }
  if (typeof root === "string" && typeof image === "string") {
    return { root, image, ...(typeof tag === "string" && { tag }) };
  }
  const chosen = await chooseKustomization(server, about, title);
  return chosen && { root: chosen.root };
}

/** The image on the line of the cursor in a manifest or patch; nothing in other files, where the overlay is meant. */
async function imageAtCursor(server: LanguageServer): Promise<BumpArgument | null> {
  const editor = window.activeTextEditor;
  const { languageId, uri } = editor?.document ?? {};
  if (editor === undefined || languageId !== "yaml" || uri?.scheme !== "file") return null;
  const { line, character } = editor.selection.active;
  const parameters: ImageAtParameters = { uri: uri.toString(), position: { line, character } };
  return await server.request<BumpArgument | null>(imageAtRequest, parameters);
}

/** Of several overlays that decide about an image, the person picks one. */
async function chooseDecider(
  { roots, unasked = 0 }: Pick<ChoiceTarget, "roots" | "unasked">,
  title: string,
): Promise<string | undefined> {
  const items = roots.map(({ root, label }) => ({ label: `$(layers) ${label}`, root }));
  if (items.length < 2) return items[0]?.root;
  const rest = unasked === 0 ? "" : ` Not looked at: ${unasked} more; bump in their own files what those set.`;
  return (await window.showQuickPick(items, { title, placeHolder: `In which overlay?${rest}` }))?.root;
}

function isWritten(argument: unknown): argument is WrittenTarget {
  const { at, image } = (argument ?? {}) as { readonly at?: unknown; readonly image?: unknown };
  return typeof at === "object" && at !== null && typeof image === "string";
}

function isPromotion(argument: unknown): argument is Parameters<typeof promotionOf>[1] {
  const { from, to } = (argument ?? {}) as { readonly from?: unknown; readonly to?: unknown };
  return typeof from === "string" && typeof to === "string";
}
