import { Disposable, window } from "vscode";
import {
  type BumpTarget,
  type BumpWish,
  bumpImageCommand,
  type ChoiceTarget,
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
  const change = async (target: BumpTarget | undefined, { title, suits, wish }: Change): Promise<void> => {
    const image = target && (await chooseImage(server, target, { title, suits }));
    const wanted = image && (await wish(image, target));
    if (target !== undefined && wanted !== undefined)
      await review.show(title, await planOf(server, target.root, [wanted]));
  };
  const version = (title: string) => (image: OverlayImage, root?: string) =>
    chooseVersion(server, image, title, () => usePullSecret({ server, clusters }, { image: image.image, root }));
  const bump: Change = {
    title: "Bump Image Digest",
    suits: () => true,
    wish: async (image, target) => {
      if (target?.tag !== undefined) return { image: image.image, tag: target.tag };
      const chosen = await version("Bump Image Digest")(image, target?.root);
      return chosen && { image: image.image, ...chosen };
    },
  };
  const bumpWritten = async ({ at, image, tag, now }: WrittenTarget): Promise<void> => {
    const written: OverlayImage = { image, ...now, differs: false, objects: [] };
    const chosen = tag === undefined ? await version("Bump Image")(written) : { tag };
    if (chosen !== undefined) await review.show("Bump Image", await writtenPlanOf(server, at, { image, ...chosen }));
  };
  const command = (id: string, what: Change): Disposable =>
    register(id, async (argument) => change(await targetOf(server, argument, what.title), what));
  return Disposable.from(
    review,
    register(bumpImageCommand, async (argument) => {
      if (isWritten(argument)) await bumpWritten(argument);
      else await change(await targetOf(server, argument, bump.title), bump);
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
        const chosen = image.tag === undefined ? await version("Unpin")(image, target?.root) : { tag: image.tag };
        return chosen && { image: image.image, ...chosen, form: "tag" };
      },
    }),
    register("gitopsAuthor.bumpAllImages", async (argument) => {
      const target = await targetOf(server, argument, "Bump All Images");
      if (target !== undefined) await bumpAllImages({ server, review }, target.root);
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
  readonly wish: (image: OverlayImage, target: BumpTarget | undefined) => Promise<BumpWish | undefined>;
}

/** Of a lens or a cell of the stage matrix; else the overlay of a row or an editor, or one that the person picks. */
async function targetOf(server: LanguageServer, argument: unknown, title: string): Promise<BumpTarget | undefined> {
  const { root, image, tag, roots } = (argument ?? {}) as Partial<BumpTarget & ChoiceTarget>;
  if (Array.isArray(roots) && typeof image === "string") {
    const overlay = await chooseDecider(roots, title);
    return overlay === undefined ? undefined : { root: overlay, image };
  }
  if (typeof root === "string" && typeof image === "string") {
    return { root, image, ...(typeof tag === "string" && { tag }) };
  }
  const chosen = await chooseKustomization(server, argument, title);
  return chosen && { root: chosen.root };
}

/** Of several overlays that decide about an image, the person picks one. */
async function chooseDecider(roots: ChoiceTarget["roots"], title: string): Promise<string | undefined> {
  const items = roots.map(({ root, label }) => ({ label: `$(layers) ${label}`, root }));
  if (items.length < 2) return items[0]?.root;
  return (await window.showQuickPick(items, { title, placeHolder: "In which overlay?" }))?.root;
}

function isWritten(argument: unknown): argument is WrittenTarget {
  const { at, image } = (argument ?? {}) as { readonly at?: unknown; readonly image?: unknown };
  return typeof at === "object" && at !== null && typeof image === "string";
}

function isPromotion(argument: unknown): argument is Parameters<typeof promotionOf>[1] {
  const { from, to } = (argument ?? {}) as { readonly from?: unknown; readonly to?: unknown };
  return typeof from === "string" && typeof to === "string";
}
