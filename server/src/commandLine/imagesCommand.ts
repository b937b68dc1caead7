import { findPolicy, sortTags } from "../analysis/tagPolicy";
import { joinPath, relativePath } from "../platform/path";
import { isRegistryError, type Registry } from "../registry/registry";
import { buildStageMatrix, type StageCell, type StagedImage, type StageMatrix } from "../release/stageMatrix";
import { findStages } from "../release/stages";
import { createDiskLoader } from "../workspace/diskLoader";
import { positionAt } from "../yaml/source";
import { parseArguments, UsageError } from "./arguments";
import { listHosts } from "./bumpRequest";
import { findRoots } from "./findRoots";
import type { ExitCode, ReleaseHost } from "./host";

export const imagesHelp = `Usage: gitops-author images [PATH] [options]

Shows which image every stage runs: a row for each image, a column for each overlay at or below PATH (default: the working
directory), as Git has them.

  --format table|json        table (default) is for people
  --registry                 asks the registries for the newest tag of each image
  --insecure-registry HOST   may speak plain HTTP, or show a certificate that cannot be verified; loopback may always

Exit: 0 all overlays build, 1 some do not, 2 could not run.
`;

/** The newest tag of an image, or why it is not known. */
type Newest = { readonly tag: string | undefined } | { readonly problem: string };

/** `gitops-author images`. Rejects with `UsageError`. */
export async function runImagesCommand(words: readonly string[], host: ReleaseHost): Promise<ExitCode> {
  const { positional, flags, values } = parseArguments(words, {
    "--format": ["table", "json"],
    "--registry": "flag",
    "--insecure-registry": "text",
  });
  if (positional.length > 1) throw new UsageError("It takes one PATH.");
  const top = joinPath(host.workingDirectory, host.toPath(positional[0] ?? "."));
  if (host.syncFileSystem.stat(top)?.kind !== "directory") {
    throw new UsageError(`There is no directory '${relativePath(host.workingDirectory, top)}'.`);
  }
  const files = createDiskLoader(host.syncFileSystem);
  const stages = findStages(findRoots(host.syncFileSystem, top), top, files);
  const matrix = buildStageMatrix(stages, { files, options: { loadRestrictions: "none" } });
  const registry = flags.has("--registry")
    ? await host.connect(listHosts(values.get("--insecure-registry")))
    : undefined;
  const newest = registry === undefined ? undefined : await askAll(matrix.images, registry, host);
  const isJson = values.get("--format") === "json";
  host.print(isJson ? `${JSON.stringify(toJson(matrix, newest, host), null, 2)}\n` : toTable(matrix, newest));
  const problems = matrix.stages.flatMap(({ problem }) => problem ?? []);
  const silent = [...(newest ?? [])].flatMap(([image, answer]) =>
    "problem" in answer ? `${image}: ${answer.problem}` : [],
  );
  for (const line of [...problems, ...silent]) host.printError(`${line}\n`);
  return problems.length > 0 ? 1 : 0;
}

async function askAll(
  images: readonly StagedImage[],
  registry: Registry,
  { signal }: ReleaseHost,
): Promise<ReadonlyMap<string, Newest>> {
  const answers = await Promise.all(
    images.map(async ({ image, cells }): Promise<readonly [string, Newest]> => {
      try {
        const { tags } = await registry.tags(image, { signal });
        const current = cells.flatMap((cell) => cell?.versions ?? []).find(({ tag }) => tag !== undefined)?.tag;
        const { ranked } = sortTags(tags, findPolicy(undefined, image, current), current);
        // Where no tag is of the kind that runs now, by the numbers in all of them.
        return [image, { tag: ranked[0] ?? sortTags(tags, { kind: "newest" }).ranked[0] ?? tags[0] }];
      } catch (error) {
        if (!isRegistryError(error)) throw error;
        return [image, { problem: error.message }];
      }
    }),
  );
  return new Map(answers);
}

function toTable({ stages, images }: StageMatrix, newest: ReadonlyMap<string, Newest> | undefined): string {
  if (stages.length === 0) return "There are no overlays here.\n";
  const header = ["IMAGE", ...stages.map(({ name }) => name.toUpperCase()), ...(newest ? ["REGISTRY"] : []), ""];
  const rows = images.map(({ image, cells, drifts }) => [
    image,
    ...cells.map((cell, i) => (stages[i]?.problem === undefined ? describeCell(cell) : "?")),
    ...(newest ? [describeNewest(newest.get(image))] : []),
    drifts ? "drift" : "",
  ]);
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map(
      (row) =>
        `${row
          .map((text, i) => text.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function describeCell(cell: StageCell | undefined): string {
  if (cell === undefined) return "-";
  return cell.versions
    .map(({ tag, digest }) => {
      const short = digest === undefined ? "" : `@${digest.replace(/^sha256:(.{12}).*$/, "$1")}`;
      return `${tag ?? ""}${short}` || "latest, unsaid";
    })
    .join(", ");
}

function describeNewest(newest: Newest | undefined): string {
  return newest === undefined || "problem" in newest ? "?" : (newest.tag ?? "no tags");
}

function toJson(
  { stages, images }: StageMatrix,
  newest: ReadonlyMap<string, Newest> | undefined,
  { workingDirectory }: ReleaseHost,
): object {
  const nameFile = (path: string): string => relativePath(workingDirectory, path);
  return {
    version: 1,
    stages: stages.map(({ name, root, problem }) => ({ name, root: nameFile(root), problem })),
    images: images.map(({ image, cells, drifts }) => ({
      image,
      drifts,
      cells: cells.map((cell, i) =>
        cell === undefined
          ? null
          : {
              stage: stages[i]?.name,
              count: cell.count,
              versions: cell.versions.map(({ tag, digest, place }) => {
                const { line, character } = positionAt(place.file, place.start);
                return { tag, digest, file: nameFile(place.file.path), line: line + 1, column: character + 1 };
              }),
            },
      ),
      ...(newest && { registry: newest.get(image) }),
    })),
  };
}
