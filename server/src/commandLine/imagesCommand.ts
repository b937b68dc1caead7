import { findPolicy, sortTags } from "../analysis/tagPolicy";
import { BuildCache } from "../kustomize/build";
import { joinPath, relativePath } from "../platform/path";
import { listFailures } from "../registry/listFailures";
import { isRegistryError, type Registry } from "../registry/registry";
import type { PlanSource } from "../release/imagePlan";
import { groupStages } from "../release/stageGroups";
import { buildStageMatrix, type StageCell, type StageMatrix } from "../release/stageMatrix";
import { findStages } from "../release/stages";
import { createDiskLoader } from "../workspace/diskLoader";
import { positionAt } from "../yaml/source";
import { parseArguments, UsageError } from "./arguments";
import { loginHelp } from "./bumpRequest";
import { findRoots } from "./findRoots";
import type { ExitCode, ReleaseHost } from "./host";
import { formatTable, type Newest, type NewestTags } from "./imagesTable";
import { needDirectory } from "./needDirectory";

export const imagesHelp = `Usage: gitops-author images [PATH] [options]

Shows which image every stage runs: a row for each image, a column for each overlay at or below PATH (default: the working
directory), as the files say it; a table for each application. Where a table is wider than the terminal, it has a line for each stage.
What an overlay takes from elsewhere (a remote base, a chart) is not fetched; a line says so.

  --format table|json        table (default) is for people
  --registry                 asks the registries for the newest tag of each image
  --insecure-registry HOST   may speak plain HTTP, or show a certificate that cannot be verified; loopback may always

${loginHelp}
Exit: 0 all overlays build, 1 some do not, 2 could not run.
`;

/** The stages of one application, and the directory in which they lie. */
interface PlacedMatrix extends StageMatrix {
  readonly path: string;
}

/** `gitops-author images`. Rejects with `UsageError`. */
export async function runImagesCommand(words: readonly string[], host: ReleaseHost): Promise<ExitCode> {
  const { positional, flags, values, lists } = parseArguments(words, {
    "--format": ["table", "json"],
    "--registry": "flag",
    "--insecure-registry": "list",
  });
  if (positional.length > 1) throw new UsageError("It takes one PATH.");
  const top = joinPath(host.workingDirectory, host.toPath(positional[0] ?? "."));
  needDirectory(host, top);
  const source: PlanSource = {
    files: createDiskLoader(host.syncFileSystem),
    options: { loadRestrictions: "none" },
    cache: new BuildCache(),
  };
  const stages = findStages(findRoots(host.syncFileSystem, top), top, source.files);
  const groups = groupStages(stages).map((group) => ({ path: group.path, ...buildStageMatrix(group.stages, source) }));
  const registry = flags.has("--registry") ? await host.connect(lists.get("--insecure-registry") ?? []) : undefined;
  const newest = registry === undefined ? undefined : await askAll(groups, registry, host);
  const isJson = values.get("--format") === "json";
  host.print(isJson ? `${JSON.stringify(toJson(groups, newest, host), null, 2)}\n` : toTables(groups, newest, host));
  const silent = listFailures(
    [...(newest ?? [])].flatMap(([image, answer]) => {
      const why = "problem" in answer ? answer.problem : answer.note;
      return why === undefined ? [] : [[image, why]];
    }),
  );
  const all = groups.flatMap((group) => group.stages);
  const said = all.flatMap(({ root, problem, unseen }) => {
    const why = problem ?? unseen;
    return why === undefined ? [] : `${nameIn(host, root)}: ${why}`;
  });
  for (const line of [...said, ...silent]) host.printError(`${line}\n`);
  return all.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

/** A path for people. */
function nameIn({ workingDirectory }: ReleaseHost, path: string): string {
  return relativePath(workingDirectory, path) || ".";
}

const tooMany = "The registry has more tags than were read; a newer one may be among those.";

/** Asks once for each image, by the version that runs first. */
async function askAll(
  groups: readonly PlacedMatrix[],
  registry: Registry,
  { signal }: ReleaseHost,
): Promise<ReadonlyMap<string, Newest>> {
  const images = new Map(groups.flatMap((group) => group.images.map((each) => [each.image, each] as const)).reverse());
  const answers = await Promise.all(
    [...images.values()].map(async ({ image, cells }): Promise<readonly [string, Newest]> => {
      try {
        const { tags, complete } = await registry.tags(image, { signal });
        const current = cells.flatMap((cell) => cell?.versions ?? []).find(({ tag }) => tag !== undefined)?.tag;
        const { ranked } = sortTags(tags, findPolicy(undefined, image, current), current);
        // Where no tag is of the kind that runs now, by the numbers in all of them.
        const tag = ranked[0] ?? sortTags(tags, { kind: "newest" }).ranked[0] ?? tags[0];
        return [image, { tag, ...(!complete && { note: tooMany }) }];
      } catch (error) {
        if (!isRegistryError(error)) throw error;
        return [image, { problem: error.message }];
      }
    }),
  );
  return new Map(answers);
}

function toTables(groups: readonly PlacedMatrix[], newest: NewestTags, host: ReleaseHost): string {
  if (groups.length === 0) return "There are no overlays here: no kustomization includes another one.\n";
  const shown = groups.filter(({ stages, images }) => images.length > 0 || stages.some(({ problem }) => problem));
  if (shown.length === 0) return "The overlays render no images.\n";
  return shown
    .map(({ path, ...matrix }) => {
      const title = groups.length === 1 ? undefined : nameIn(host, path);
      return formatTable({ title, ...matrix }, newest, host.width);
    })
    .join("\n");
}

function toJson(groups: readonly PlacedMatrix[], newest: NewestTags, host: ReleaseHost): object {
  return {
    version: 1,
    groups: groups.map(({ path, stages, images }) => ({
      path: nameIn(host, path),
      stages: stages.map(({ root, ...stage }) => ({ ...stage, root: nameIn(host, root) })),
      images: images.map(({ image, cells, drifts }) => ({
        image,
        drifts,
        cells: cells.map((cell, i) => (cell === undefined ? null : cellToJson(cell, stages[i]?.name, host))),
        ...(newest && { registry: newest.get(image) }),
      })),
    })),
  };
}

function cellToJson({ count, versions }: StageCell, stage: string | undefined, host: ReleaseHost): object {
  return {
    stage,
    count,
    versions: versions.map(({ tag, digest, place }) => {
      const { line, character } = positionAt(place.file, place.start);
      return { tag, digest, file: nameIn(host, place.file.path), line: line + 1, column: character + 1 };
    }),
  };
}
