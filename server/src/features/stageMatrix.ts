import type { Feature, FeatureContext } from "../analysis/feature";
import { imageState } from "../analysis/imageState";
import { applicationsHere } from "../analysis/liveApplications";
import { describePolicy, findPolicy, newerTags, sortTags } from "../analysis/tagPolicy";
import { parseImageReference } from "../kubernetes/imageReference";
import { BuildCache } from "../kustomize/build";
import { digestOf, isDetailed, registryAnswers } from "../observations/registryAnswers";
import { checkCancelled } from "../platform/cancellation";
import {
  type CellVersion,
  type ImageCell,
  type ImageRow,
  type LiveVersion,
  type StageGroupTable,
  type StageMatrixParameters,
  type StageTable,
  stageMatrixRequest,
} from "../protocol/stageMatrix";
import { groupStages } from "../release/stageGroups";
import {
  buildStageMatrix,
  type Stage,
  type StageCell,
  type StagedImage,
  type StageMatrix,
} from "../release/stageMatrix";
import { findStages } from "../release/stages";
import { loadBuild } from "../render/loadBuild";
import { askForImages } from "./askForImages";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** Images by stage: what Git has, what clusters run, what registries have, and how these differ. */
export const stageMatrixFeature: Feature<StageMatrixParameters, StageTable> = {
  method: stageMatrixRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: {
    groups: [],
    notes: ["The overlays could not be read. The output of GitOps Author says why."],
    failures: [],
    complete: true,
  },
  async handle({ lookUp }, context) {
    const { graph, folders } = context.snapshot;
    const roots = graph.kustomizations.map(({ root }) => root);
    const wanted = findStages(roots, folders[0] ?? "/", context.snapshot);
    for (const { root } of wanted) {
      await loadBuild(context.builds, context, root, context.cancellation);
      await context.giveWay?.();
      checkCancelled(context.cancellation);
    }
    const source = { files: await context.load([]), cache: new BuildCache() };
    const groups: PlacedMatrix[] = [];
    for (const { path, stages } of groupStages(wanted)) {
      groups.push({ path, ...buildStageMatrix(stages, source) });
      await context.giveWay?.();
      checkCancelled(context.cancellation);
    }
    const failures = lookUp
      ? await askForImages(
          groups.flatMap(({ images }) => images),
          context,
        )
      : [];
    return {
      groups: groups.map((group) => toTable(group, context)),
      notes: unseenNotes(groups, context),
      failures,
      complete: source.files.complete,
    };
  },
};

/** The matrix of some overlays, and the directory in which they lie. */
interface PlacedMatrix extends StageMatrix {
  readonly path: string;
}

function toTable({ path, stages, images }: PlacedMatrix, context: FeatureContext): StageGroupTable {
  const { folders } = context.snapshot;
  return {
    label: labelOf(path, folders),
    stages: stages.map(({ name, root, problem }) => {
      return { name, root: context.toUri(root), label: labelOf(root, folders), problem };
    }),
    images: images.map((each) => toRow(each, stages, context)),
  };
}

function unseenNotes(groups: readonly StageMatrix[], { snapshot }: FeatureContext): readonly string[] {
  return groups
    .flatMap(({ stages }) => stages)
    .flatMap(({ root, unseen }) => (unseen === undefined ? [] : `${labelOf(root, snapshot.folders)}: ${unseen}`));
}

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
  context: FeatureContext,
): readonly string[] {
  const own = cells[index];
  if (own !== undefined && own.versions.length > 1) return ["runs several versions"];
  const [a, b] = [own?.versions[0], before === undefined ? undefined : cells[before.at]?.versions[0]];
  if (a === undefined || b === undefined || before === undefined) return [];
  if (cells[before.at]?.versions.length !== 1) return [`differs from ${before.name}`];
  if (a.tag === b.tag && a.digest === b.digest) return [`same as ${before.name}`];
  const [holdsA, holdsB] = [a, b].map((version) => digestIn(image, version, context));
  if (holdsA !== undefined && holdsA === holdsB) return [`same digest as ${before.name}`];
  const order = compareVersions(image, a, b, context);
  if (order === undefined || order === 0) return [`differs from ${before.name}`];
  return [`${order < 0 ? "behind" : "ahead of"} ${before.name}`];
}

/** What is pinned, or where the tag leads, as far as a registry said so. */
function digestIn(image: string, { tag = "latest", digest }: CellVersion, context: FeatureContext): string | undefined {
  return digest ?? digestOf(answersOf(image, context), tag);
}

/** Which of two versions of an image is the older one: by their tags, else by when they were built, as far as a registry said so. */
function compareVersions(image: string, a: CellVersion, b: CellVersion, context: FeatureContext): number | undefined {
  if (a.tag !== undefined && b.tag !== undefined && a.tag !== b.tag) {
    const policy = findPolicy(context.settings.bumpPolicies, image, a.tag);
    if (newerTags([b.tag], policy, a.tag).length > 0) return -1;
    if (newerTags([a.tag], policy, b.tag).length > 0) return 1;
  }
  const [builtA, builtB] = [a, b].map((version) => builtAt(image, version, context));
  return builtA === undefined || builtB === undefined ? undefined : builtA - builtB;
}

/** When an image was built, in milliseconds since 1970. */
function builtAt(image: string, { tag, digest }: CellVersion, context: FeatureContext): number | undefined {
  const known = answersOf(image, context)?.versions.get(digest ?? tag ?? "latest")?.value;
  const built = isDetailed(known) && known.created !== undefined ? Date.parse(known.created) : Number.NaN;
  return Number.isNaN(built) ? undefined : built;
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
  // Where both say a digest, the tag beside it does not matter.
  const isSame = (a: CellVersion, b: CellVersion): boolean =>
    a.digest === b.digest && (a.digest !== undefined || a.tag === b.tag);
  const runs = (version: CellVersion): boolean => live.some((each) => isSame(each, version));
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
