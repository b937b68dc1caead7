import type { Feature, FeatureContext } from "../analysis/feature";
import { describeBuild } from "../analysis/imageHover";
import { imageState } from "../analysis/imageState";
import { describePolicy, findPolicy, sortTags } from "../analysis/tagPolicy";
import { imageReferenceOf } from "../analysis/writtenImages";
import { type ImageReference, shortDigest } from "../kubernetes/imageReference";
import { digestOf, registryAnswers } from "../observations/registryAnswers";
import {
  type ImageTags,
  type ImageTagsParameters,
  type ImageUpdate,
  type ImageUpdates,
  type ImageVersion,
  type ImageVersionParameters,
  imageTagsRequest,
  imageUpdatesRequest,
  imageVersionRequest,
  type OverlayImage,
  type OverlayImages,
  type OverlayImagesParameters,
  overlayImagesRequest,
} from "../protocol/bump";
import { isRegistryError } from "../registry/registry";
import { openPartly } from "../release/overlayState";
import { findRenderedImages } from "../release/renderedImages";
import { findImages } from "../release/unseenImages";
import { loadBuild } from "../render/loadBuild";

/** What is said where registries must not be asked. */
export const notAsked =
  "Registries are not asked in a workspace that you do not trust. Trust it, or type the tag or digest yourself.";

/** The images of an overlay, to choose from. */
export const overlayImagesFeature: Feature<OverlayImagesParameters, OverlayImages> = {
  method: overlayImagesRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: { images: [], problem: "The overlay could not be rendered. The output of GitOps Author says why." },
  async handle({ root }, context) {
    const images = await imagesOf(root, context);
    if (images === undefined) return { images: [], problem: `${root} is no kustomization of this workspace.` };
    if (images.length > 0) return { images: grouped(images) };
    return { images: [], problem: "The overlay renders no container with an image." };
  },
};

/** The tags of an image, to choose from. */
export const imageTagsFeature: Feature<ImageTagsParameters, ImageTags> = {
  method: imageTagsRequest,
  capabilities: {},
  empty: {
    tags: [],
    policy: "",
    complete: true,
    failure: "The tags could not be read. See the output of GitOps Author.",
  },
  async handle({ image, tag }, { registry, settings, observations, latest, signal }) {
    const none = { tags: [], policy: "", complete: true };
    if (registry === undefined) return { ...none, failure: notAsked };
    const list = await orFailure(registry.tags(image, { signal, fresh: true }));
    if ("failure" in list) return { ...none, ...list };
    const policy = findPolicy(settings.bumpPolicies, image, tag, list.tags);
    const { ranked, others } = sortTags(list.tags, policy, tag);
    const known = (latest?.() ?? observations).of(registryAnswers).get(image);
    const choice = (isRanked: boolean) => (each: string) => {
      return { tag: each, ranked: isRanked, digest: digestOf(known, each) };
    };
    return {
      tags: [...ranked.map(choice(true)), ...others.map(choice(false))],
      policy: describePolicy(policy),
      complete: list.complete,
    };
  },
};

/** What a tag holds, for a person who looks at it in a list. */
export const imageVersionFeature: Feature<ImageVersionParameters, ImageVersion> = {
  method: imageVersionRequest,
  capabilities: {},
  empty: { text: "" },
  async handle({ image, tag }, { registry, signal, latest, observations }) {
    if (registry === undefined) return { text: notAsked };
    const details = await orFailure(registry.details(image, tag, { signal }));
    if ("failure" in details) return { text: details.failure };
    const told = (latest?.() ?? observations).of(registryAnswers).get(image)?.versions.get(tag);
    return { digest: details.digest, text: describeBuild(details, told?.at) };
  },
};

/** What a registry has that is newer than what an overlay renders. */
export const imageUpdatesFeature: Feature<OverlayImagesParameters, ImageUpdates> = {
  method: imageUpdatesRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: { updates: [], notes: ["The overlay could not be rendered. The output of GitOps Author says why."] },
  async handle({ root }, context) {
    const { registry } = context;
    if (registry === undefined) return { updates: [], notes: [notAsked] };
    const images = grouped((await imagesOf(root, context)) ?? []);
    const found = await Promise.all(images.map((image) => findUpdate(image, context)));
    return {
      updates: found.flatMap(({ update }) => update ?? []),
      notes: found.flatMap(({ note }) => note ?? []),
    };
  },
};

async function findUpdate(
  { image, tag, digest, differs }: OverlayImage,
  { registry, settings, latest, observations, signal }: FeatureContext,
): Promise<{ readonly update?: ImageUpdate; readonly note?: string }> {
  if (differs) return { note: `${image} is rendered in several versions; bump it by itself.` };
  if (registry === undefined || (tag === undefined && digest === undefined)) {
    return { note: `${image} has no version to compare with.` };
  }
  const tags = await orFailure(registry.tags(image, { signal, fresh: true }));
  if ("failure" in tags) return { note: `${image}: ${tags.failure}` };
  const followed = tag ?? "latest";
  if (digest !== undefined && tags.tags.includes(followed)) {
    const resolved = await orFailure(registry.resolve(image, followed, { signal, fresh: true }));
    if ("failure" in resolved) return { note: `${image}: ${resolved.failure}` };
  }
  const answers = (latest?.() ?? observations).of(registryAnswers).get(image);
  const state = imageState({ name: image, tag, digest }, answers, settings.bumpPolicies);
  const from = tag ?? shortDigest(digest ?? "");
  if (state.kind === "behind") return { update: { wish: { image, tag: state.newest }, from, to: state.newest } };
  if (state.kind !== "moved") return {};
  const to = `${state.tag} (${shortDigest(state.digest)})`;
  return { update: { wish: { image, tag: state.tag, digest: state.digest }, from: shortDigest(digest ?? ""), to } };
}

async function imagesOf(root: string, context: FeatureContext): Promise<readonly RenderedImage[] | undefined> {
  const document = context.fromUri(root);
  if (document === undefined) return undefined;
  const path = document.kind === "source" ? document.path : document.root;
  const { result } = await loadBuild(context.builds, context, path, context.cancellation);
  // What comes from elsewhere is known by the entries for it alone.
  const state = result.complete ? undefined : openPartly(path, { files: await context.load([]) });
  const images = state === undefined || "kind" in state ? findRenderedImages(result.resources) : findImages(state);
  return images.flatMap(({ value, object }) => {
    const reference = imageReferenceOf(value);
    return reference === undefined ? [] : [{ reference, object }];
  });
}

/** An image as an overlay renders it, and where. */
interface RenderedImage {
  readonly reference: ImageReference;
  readonly object: string;
}

function grouped(images: readonly RenderedImage[]): readonly OverlayImage[] {
  const byName = new Map<string, readonly RenderedImage[]>();
  for (const each of images) byName.set(each.reference.name, [...(byName.get(each.reference.name) ?? []), each]);
  return [...byName].map(([image, all]) => {
    const versions = new Set(all.map(({ reference: { tag = "", digest = "" } }) => `${tag}@${digest}`));
    const { tag, digest } = all[0]?.reference ?? {};
    return { image, tag, digest, differs: versions.size > 1, objects: [...new Set(all.map(({ object }) => object))] };
  });
}

/** What a registry says, or in words why it says nothing. */
async function orFailure<T>(
  answer: Promise<T>,
): Promise<T | { readonly failure: string; readonly wantsLogin: boolean }> {
  try {
    return await answer;
  } catch (error) {
    if (isRegistryError(error)) return { failure: error.message, wantsLogin: error.kind === "unauthorized" };
    throw error;
  }
}
