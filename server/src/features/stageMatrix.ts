import type { Feature, FeatureContext } from "../analysis/feature";
import { imageState } from "../analysis/imageState";
import { applicationsHere } from "../analysis/liveApplications";
import { describePolicy, findPolicy, newerTags, sortTags } from "../analysis/tagPolicy";
import { parseImageReference } from "../kubernetes/imageReference";
import { registryAnswers } from "../observations/registryAnswers";
import {
  type CellVersion,
  type ImageCell,
  type ImageRow,
  type LiveVersion,
  type StageMatrixParameters,
  type StageTable,
  stageMatrixRequest,
} from "../protocol/stageMatrix";
import { isRegistryError } from "../registry/registry";
import { buildStageMatrix, type Stage, type StageCell, type StagedImage } from "../release/stageMatrix";
import { findStages } from "../release/stages";
import { loadBuild } from "../render/loadBuild";
import { notAsked } from "./overlayImages";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** Images by stage: what Git has, what clusters run, what registries have, and how these differ. */
export const stageMatrixFeature: Feature<StageMatrixParameters, StageTable> = {
  method: stageMatrixRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: {
    stages: [],
    images: [],
    notes: ["The overlays could not be read. The output of GitOps Author says why."],
    complete: true,
  },
  async handle({ lookUp }, context) {
    const { graph, folders } = context.snapshot;
    const roots = graph.kustomizations.map(({ root }) => root);
    const wanted = findStages(roots, folders[0] ?? "/", context.snapshot);
    for (const { root } of wanted) await loadBuild(context.builds, context, root, context.cancellation);
    const files = await context.load([]);
    const { stages, images } = buildStageMatrix(wanted, { files });
    const unseen = stages.flatMap((stage) => (stage.unseen === undefined ? [] : `${stage.name}: ${stage.unseen}`));
    const notes = [...unseen, ...(lookUp ? await ask(images, context) : [])];
    return {
      stages: stages.map(({ name, root, problem }) => {
        return { name, root: context.toUri(root), label: labelOf(root, files.folders), problem };
      }),
      images: images.map((each) => toRow(each, stages, context)),
      notes,
      complete: files.complete,
    };
  },
};

function toRow(staged: StagedImage, stages: readonly Stage[], context: FeatureContext): ImageRow {
  const cells = staged.cells.map((cell, i): ImageCell | null => {
    const stage = stages[i];
    if (cell === undefined || stage === undefined) return null;
    const live = liveVersions(stage.root, staged.image, context);
    const before = stages
      .flatMap((each, k) => (k < i && staged.cells[k] !== undefined ? [{ ...each, at: k }] : []))
      .at(-1);
    const words = [
      ...driftWords(staged, i, before, context),
      ...liveWords(cell, live),
      ...registryWords(staged.image, cell, context),
    ];
    const [first] = cell.versions;
    const place = first && { uri: context.toUri(first.place.file.path), range: toRange(first.place) };
    return { versions: cell.versions.map(({ tag, digest }) => ({ tag, digest })), place, live, words };
  });
  return { image: staged.image, cells, registry: describeRegistry(staged, context) };
}

/** How a stage stands to the one before it that runs the image too. */
function driftWords(
  { image, cells }: StagedImage,
  index: number,
  before: (Stage & { readonly at: number }) | undefined,
  { settings }: FeatureContext,
): readonly string[] {
  const [own, other] = [cells[index], before === undefined ? undefined : cells[before.at]];
  if (own === undefined || other === undefined || before === undefined) return [];
  if (own.versions.length > 1 || other.versions.length > 1) return [];
  const [a, b] = [own.versions[0], other.versions[0]];
  if (a === undefined || b === undefined) return [];
  if (a.tag === b.tag && a.digest === b.digest) return [`same as ${before.name}`];
  if (a.digest !== undefined && a.digest === b.digest) return [`same digest as ${before.name}`];
  if (a.tag === undefined || b.tag === undefined || a.tag === b.tag) return [`differs from ${before.name}`];
  const policy = findPolicy(settings.bumpPolicies, image, a.tag);
  if (newerTags([b.tag], policy, a.tag).length > 0) return [`older than ${before.name}`];
  return [`${newerTags([a.tag], policy, b.tag).length > 0 ? "newer than" : "differs from"} ${before.name}`];
}

/** What the Applications that deploy the overlay run of the image. */
function liveVersions(root: string, image: string, { snapshot, observations }: FeatureContext): readonly LiveVersion[] {
  return applicationsHere(snapshot, observations)
    .filter(({ sources }) => sources.some(({ found }) => found.directory === root))
    .flatMap(({ cluster, live }) =>
      (live.images ?? [])
        .map(parseImageReference)
        .filter(({ name }) => name === image)
        .map(({ tag, digest }) => ({ cluster, application: live.name, tag, digest })),
    );
}

function liveWords({ versions }: StageCell, live: readonly LiveVersion[]): readonly string[] {
  const runs = (version: CellVersion): boolean =>
    live.some(({ tag, digest }) => tag === version.tag && digest === version.digest);
  return live.length === 0 || versions.every(runs) ? [] : ["the cluster runs something else"];
}

function registryWords(image: string, { versions }: StageCell, context: FeatureContext): readonly string[] {
  const [version] = versions;
  if (version === undefined || versions.length > 1) return [];
  const answers = answersOf(image, context);
  const { tag, digest } = version;
  if (answers?.versions.get(digest ?? tag ?? "latest")?.value === "missing") return ["not in the registry"];
  const state = imageState({ name: image, tag, digest }, answers, context.settings.bumpPolicies);
  if (state.kind === "behind")
    return [`${state.count} ${state.count === 1 ? "version" : "versions"} behind ${state.newest}`];
  return state.kind === "moved" ? [`digest behind tag ${state.tag}`] : [];
}

function describeRegistry({ image, cells }: StagedImage, context: FeatureContext): string | undefined {
  const tags = answersOf(image, context)?.tags?.value;
  if (tags === undefined) return undefined;
  const current = cells.flatMap((cell) => cell?.versions ?? []).find(({ tag }) => tag !== undefined)?.tag;
  const policy = findPolicy(context.settings.bumpPolicies, image, current, tags.tags);
  const [newest] = sortTags(tags.tags, policy, current).ranked;
  const count = `${tags.tags.length}${tags.complete ? "" : " and more"} ${tags.tags.length === 1 ? "tag" : "tags"}`;
  return newest === undefined ? count : `${newest} is the newest of ${count} (${describePolicy(policy)})`;
}

function answersOf(image: string, { latest, observations }: FeatureContext) {
  return (latest?.() ?? observations).of(registryAnswers).get(image);
}

/** Asks for the tags of all images, and where the tags lead that pinned digests follow. Gives what could not be found out. */
async function ask(images: readonly StagedImage[], context: FeatureContext): Promise<readonly string[]> {
  const { registry, signal } = context;
  if (registry === undefined) return [notAsked];
  const failures = await Promise.all(
    images.map(async ({ image, cells }) => {
      try {
        const { tags } = await registry.tags(image, { signal, fresh: true });
        const pinned = cells.flatMap((cell) => cell?.versions ?? []).filter(({ digest }) => digest !== undefined);
        const followed = new Set(pinned.map(({ tag = "latest" }) => tag).filter((tag) => tags.includes(tag)));
        for (const tag of followed) await registry.resolve(image, tag, { signal, fresh: true });
        return [];
      } catch (error) {
        if (!isRegistryError(error)) throw error;
        return [`${image}: ${error.message}`];
      }
    }),
  );
  return failures.flat();
}
