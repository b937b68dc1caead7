import type { Feature, FeatureContext } from "../analysis/feature";
import { BuildCache } from "../kustomize/build";
import {
  type BumpAnswer,
  type BumpedImage,
  type BumpParameters,
  type BumpRefusal,
  type BumpWish,
  bumpRequest,
  type PromoteParameters,
  promoteRequest,
} from "../protocol/bump";
import { isRegistryError } from "../registry/registry";
import { planBumps } from "../release/bump";
import type { ImageRefusal, ImageWish, Planned, PlannedImage, PlanSource } from "../release/imagePlan";
import { findPromotionWishes } from "../release/promote";
import { tryInRoots, unchangedNotes } from "../release/tryInRoots";
import { deployedRoots } from "../release/usedImages";
import { loadBuild } from "../render/loadBuild";
import { decidingApplications } from "./decidingApplications";
import { toFileEdits } from "./fileEdits";
import { notAsked } from "./overlayImages";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

export const failed: BumpRefusal = {
  kind: "refused",
  message: "The change could not be planned.",
  help: "The output of GitOps Author says why.",
};

/** How images of an overlay come to other versions. */
export const bumpFeature: Feature<BumpParameters, BumpAnswer> = {
  method: bumpRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: failed,
  async handle({ root, wishes }, context) {
    const path = pathOf(root, context);
    if (path === undefined) return unknownOverlay(root);
    const source = await sourceOf([path], context);
    const planned = await planWithDigests(path, wishes.map(toWish), { source, context });
    return toAnswer(await withIncluders(planned, { root: path, source, context }), path, context);
  },
};

/** How an overlay comes to the images of another one. */
export const promoteFeature: Feature<PromoteParameters, BumpAnswer> = {
  method: promoteRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: failed,
  async handle({ from, to, images }, context) {
    const [fromPath, toPath] = [pathOf(from, context), pathOf(to, context)];
    if (fromPath === undefined || toPath === undefined) return unknownOverlay(fromPath === undefined ? from : to);
    const source = await sourceOf([fromPath, toPath], context);
    const wishes = findPromotionWishes({ from: fromPath, to: toPath, images }, source);
    if ("kind" in wishes) return toAnswer(wishes, toPath, context);
    return toAnswer(await planWithDigests(toPath, wishes, { source, context }), toPath, context);
  },
};

/** Asks the registry for digests no earlier than it turns out that they are needed. */
async function planWithDigests(
  root: string,
  wishes: readonly ImageWish[],
  { source, context }: { readonly source: PlanSource; readonly context: FeatureContext },
): Promise<Planned> {
  const planned = planBumps(root, wishes, source);
  if (planned.kind !== "refused" || planned.reason !== "digestNeeded") return planned;
  const resolved = await withDigests(wishes, context);
  return "kind" in resolved ? resolved : planBumps(root, resolved, source);
}

function pathOf(uri: string, { fromUri }: FeatureContext): string | undefined {
  const document = fromUri(uri);
  return document?.kind === "rendered" ? document.root : document?.path;
}

function unknownOverlay(uri: string): BumpRefusal {
  return { kind: "refused", message: `${uri} is no directory of this workspace.`, help: "Choose an overlay." };
}

/** Reads what the builds of kustomizations need, so that a plan finds all of it. */
export async function sourceOf(roots: readonly string[], context: FeatureContext): Promise<PlanSource> {
  for (const root of roots) await loadBuild(context.builds, context, root, context.cancellation);
  return { files: await context.load([]), cache: new BuildCache() };
}

/** A plan for a base says what becomes of the overlays that include it, too: they are what is deployed. */
async function withIncluders(
  planned: Planned,
  { root, source, context }: { readonly root: string; readonly source: PlanSource; readonly context: FeatureContext },
): Promise<Planned> {
  const { snapshot } = context;
  const file = snapshot.graph.at(root)?.file;
  const above = file === undefined ? [] : deployedRoots(snapshot, file).filter((each) => each !== root);
  if (planned.kind === "refused" || planned.files.length === 0 || above.length === 0) return planned;
  const { files } = await sourceOf(above, context);
  const named = above.map((each) => ({ root: each, label: labelOf(each, snapshot.folders) }));
  const edited = planned.files.map(({ before, edits }) => ({ file: before, edits }));
  const tried = tryInRoots(edited, named, { ...source, files });
  if ("kind" in tried) return tried;
  const followers = [...planned.followers, ...tried.images, ...tried.followers];
  return { ...planned, followers, notes: [...planned.notes, ...tried.notes, ...unchangedNotes(tried.unchanged)] };
}

function toWish({ image, tag, digest, form }: BumpWish): ImageWish {
  return { image, to: { tag, digest }, form };
}

/** The wishes with the digests of their tags, as the registry has them now. */
export async function withDigests(
  wishes: readonly ImageWish[],
  { registry, signal }: FeatureContext,
): Promise<readonly ImageWish[] | ImageRefusal> {
  const resolved: ImageWish[] = [];
  for (const wish of wishes) {
    const { tag, digest } = wish.to;
    if (digest !== undefined || tag === undefined) {
      resolved.push(wish);
      continue;
    }
    if (registry === undefined) return digestNeeded("The digest of the tag is needed.", notAsked);
    try {
      const answer = await registry.resolve(wish.image, tag, { signal, fresh: true });
      resolved.push({ ...wish, to: { tag, digest: answer.digest } });
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      const message = `The digest of ${wish.image}:${tag} is not known. ${error.message}`;
      return digestNeeded(message, "Or type the digest yourself.");
    }
  }
  return resolved;
}

function digestNeeded(message: string, help: string): ImageRefusal {
  return { kind: "refused", reason: "digestNeeded", message, help };
}

/** A plan as it leaves the server. */
export function toAnswer(planned: Planned, root: string, context: FeatureContext): BumpAnswer {
  const { toUri, snapshot } = context;
  if (planned.kind === "refused") {
    const { message, help, place } = planned;
    const at = place === undefined ? {} : { place: { uri: toUri(place.file.path), range: toRange(place) } };
    return { kind: "refused", message, help, ...at };
  }
  const { files, images, followers, notes } = planned;
  const edits = files.flatMap(({ before, edits: changes }) =>
    changes.map(({ start, end, text }) => ({ place: { file: before, start, end }, text })),
  );
  return {
    kind: "planned",
    label: labelOf(root, snapshot.folders),
    edits: toFileEdits({ edits }, context),
    files: files.map(({ before, after }) => {
      return { uri: toUri(before.path), label: labelOf(before.path, snapshot.folders), before: before.text, after };
    }),
    images: images.map(toImage),
    followers: followers.map(toImage),
    notes: [...notes, ...decidingApplications(root, images, snapshot)],
  };
}

function toImage({ object, before, after }: PlannedImage): BumpedImage {
  return { object, before, after };
}
