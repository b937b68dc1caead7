import { findSource, type SourceInWorkspace } from "../analysis/applicationSource";
import type { Feature, FeatureContext } from "../analysis/feature";
import type { CommittedReader } from "../git/committedReader";
import { isInside } from "../platform/path";
import {
  type RevertedFile,
  type RevertFiles,
  type RevertFilesParameters,
  type RevertPart,
  revertFilesRequest,
} from "../protocol/revertFiles";
import { buildCommitted, type CommittedBuild } from "../render/buildCommitted";
import { loadBuild } from "../render/loadBuild";
import { labelOf } from "./previewTargets";

/** What would have to change in the work tree for sources to be as they were at former commits. */
export const revertFilesFeature: Feature<RevertFilesParameters, RevertFiles> = {
  method: revertFilesRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: { files: [], commits: [], notes: ["The revert could not be prepared; the output says why."] },
  async handle({ parts }, context) {
    const all = await Promise.all(parts.map((part) => revertPart(part, context)));
    // Sources may share files.
    const files = new Map(all.flatMap((each) => each.files).map((file) => [file.uri, file]));
    return {
      files: [...files.values()].sort((a, b) => (a.label < b.label ? -1 : 1)),
      commits: [...new Set(all.flatMap((each) => each.commits))],
      notes: all.flatMap((each) => each.notes),
    };
  },
};

async function revertPart({ source, revision }: RevertPart, context: FeatureContext): Promise<RevertFiles> {
  const none = (note: string): RevertFiles => ({ files: [], commits: [], notes: [note] });
  const found = findSource(context.snapshot, source);
  if (source.chart) return none(`The version of the chart '${source.chart}' is in the Application, not in files.`);
  if (found?.directory === undefined) return none(`The repository ${source.repoURL ?? ""} is not in this workspace.`);
  const { committed } = context;
  if (committed === undefined) return none("Git is only asked in a workspace that you trust.");
  if (!/^[0-9a-f]{7,64}$/.test(revision)) return none(`'${revision}' is no commit.`);
  const place = { ...found, directory: found.directory, revision };
  const then = await buildCommitted(
    {
      root: place.directory,
      repository: place.repository.root,
      revision,
      freeDirectoryOf: (root) => context.snapshot.freeDirectoryOf?.(root),
    },
    committed,
  );
  if (typeof then === "string") return none(then);
  const paths = await touchedPaths(place, then, context);
  const texts = await committed.texts(
    place.repository.root,
    revision,
    paths.filter((path) => then.files.has(path)),
  );
  if (!texts.ok) return none(texts.failure.message);
  const files = paths.flatMap((path) =>
    toReverted(path, then.files.has(path) ? texts.value.get(path) : null, place, context),
  );
  return { files, commits: await commitsOf(place, paths, committed), notes: [] };
}

interface RevertPlace extends SourceInWorkspace {
  readonly directory: string;
  readonly revision: string;
}

/** All that the source deploys then or now: what its builds read, and what lies in its directory. */
async function touchedPaths(
  { repository, directory, kustomization }: RevertPlace,
  then: CommittedBuild,
  context: FeatureContext,
): Promise<readonly string[]> {
  const now = kustomization && (await loadBuild(context.builds, context, kustomization.root, context.cancellation));
  const readNow = [...(now?.result.filesRead ?? [])].flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  const inDirectory = [...context.snapshot.yamlFiles(), ...then.files].filter((path) => isInside(directory, path));
  const all = new Set([...then.filesRead, ...readNow, ...inDirectory]);
  return [...all].filter((path) => isInside(repository.root, path));
}

/** `then` is null for a file that was not there, and `undefined` for one that was no text. */
function toReverted(
  path: string,
  then: string | undefined | null,
  { directory, kustomization }: RevertPlace,
  context: FeatureContext,
): readonly RevertedFile[] {
  const { snapshot, toUri } = context;
  if (then === undefined) return [];
  const now = snapshot.lookUp(path).kind === "missing" ? undefined : snapshot.file(path)?.text;
  if (withUnixLines(now) === withUnixLines(then ?? undefined)) return [];
  // What is elsewhere and came later may belong to others.
  if (then === null && !isInside(directory, path)) return [];
  const change = then === null ? "deleted" : now === undefined ? "restored" : "changed";
  const others = snapshot.graph.reachedFrom(path).filter(({ root, kind }) => {
    return root !== kustomization?.root && kind === "Kustomization" && snapshot.graph.includersOf(root).length === 0;
  });
  const sharedWith = others.map(({ root }) => labelOf(root, snapshot.folders));
  return [{ uri: toUri(path), label: labelOf(path, snapshot.folders), change, text: then ?? "", sharedWith }];
}

/** Git may keep other line ends than the work tree has. */
function withUnixLines(text: string | undefined): string | undefined {
  return text?.replaceAll("\r\n", "\n");
}

/** What cannot be told is left out: the files are what matters. */
async function commitsOf(
  { repository, revision }: RevertPlace,
  paths: readonly string[],
  committed: CommittedReader,
): Promise<readonly string[]> {
  const commits = await committed.commitsSince(repository.root, revision, paths);
  return commits.ok ? commits.value.map(({ id, subject }) => `${id} ${subject}`) : [];
}
