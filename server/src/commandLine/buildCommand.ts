import { fromProblem } from "../analysis/check";
import { type FindingData, toFindingData } from "../analysis/findingData";
import { BuildCache, type BuildOptions } from "../kustomize/build";
import type { Loader } from "../kustomize/loader";
import { joinPath, relativePath } from "../platform/path";
import { type RootBuild, runBuild } from "../render/builds";
import { originsOf } from "../render/originData";
import { createDiskLoader } from "../workspace/diskLoader";
import { parseArguments, UsageError } from "./arguments";
import { formatFinding } from "./findingText";
import { findRoots } from "./findRoots";
import type { CommandHost, ExitCode } from "./host";
import { needDirectory } from "./needDirectory";

export const buildHelp = `Usage: gitops-author build DIR... [options]
       gitops-author build --all ROOT [--format jsonl] [options]

Renders kustomizations as 'kustomize build' (5.8.1) does. Complete builds go to standard output, problems to standard error.

  --format yaml|jsonl     jsonl: one line per DIR, { root, ok, yaml?, problems, ms, origins? }
  --all                   every kustomization below ROOT, as jsonl; goes on after failures
  --provenance            with jsonl: where each rendered value comes from
  --reorder legacy|none   legacy (default) sorts by kind, none keeps the order of accumulation
  --load-restrictor X     LoadRestrictionsRootOnly (default) or LoadRestrictionsNone
  --partial               also prints what could be built of a build that is not complete

Exit: 0 all complete, 1 problems, 2 could not run.
`;

const noRules = { find: () => undefined };

interface BuildRequest {
  readonly all: boolean;
  readonly jsonl: boolean;
  readonly provenance: boolean;
  readonly partial: boolean;
  readonly options: BuildOptions;
  /** Absolute paths. */
  readonly directories: readonly string[];
}

/** `gitops-author build`. Throws `UsageError`. */
export function runBuildCommand(words: readonly string[], host: CommandHost): ExitCode {
  const request = readRequest(words, host);
  for (const directory of request.directories) needDirectory(host, directory);
  return request.all ? buildAll(request, host) : buildEach(request, host);
}

function buildEach(request: BuildRequest, host: CommandHost): ExitCode {
  const { directories, options, jsonl, partial } = request;
  const loader = createDiskLoader(host.syncFileSystem);
  const cache = directories.length > 1 ? new BuildCache() : undefined;
  let ok = true;
  let separator = "";
  for (const directory of directories) {
    const build = runBuild(directory, loader, { clock: host.clock, options, cache });
    const problems = describeProblems(build, host.workingDirectory);
    ok &&= build.complete;
    for (const problem of problems) host.printError(formatFinding(problem));
    if (jsonl) {
      host.print(`${JSON.stringify(toLine(build, host.workingDirectory, host, request))}\n`);
    } else if (build.complete || partial) {
      const { text } = build.text.file;
      if (text === "") continue;
      host.print(separator + text);
      separator = "---\n";
    }
  }
  return ok ? 0 : 1;
}

function buildAll(request: BuildRequest, host: CommandHost): ExitCode {
  let ok = true;
  for (const top of request.directories) {
    const loader: Loader = createDiskLoader(host.syncFileSystem);
    const cache = new BuildCache();
    for (const root of findRoots(host.syncFileSystem, top)) {
      const build = runBuild(root, loader, { clock: host.clock, options: request.options, cache });
      ok &&= build.complete;
      host.print(`${JSON.stringify(toLine(build, top, host, request))}\n`);
    }
  }
  return ok ? 0 : 1;
}

/** A build as one line of jsonl; `root` is relative to `base`. */
function toLine(build: RootBuild, base: string, host: CommandHost, request: BuildRequest): object {
  const nameFile = (path: string): string => relativePath(host.workingDirectory, path);
  const shown = build.complete || request.partial;
  return {
    root: relativePath(base, build.root),
    ok: build.complete,
    ...(shown ? { yaml: build.text.file.text } : {}),
    problems: describeProblems(build, host.workingDirectory),
    ms: Math.round(build.milliseconds * 1000) / 1000,
    ...(request.provenance && shown ? { origins: originsOf(build.text, nameFile) } : {}),
  };
}

function describeProblems({ problems }: RootBuild, base: string): readonly FindingData[] {
  return problems.map((problem) =>
    toFindingData(fromProblem(problem, noRules), (path) => relativePath(base, path), []),
  );
}

function readRequest(words: readonly string[], host: CommandHost): BuildRequest {
  const { positional, flags, values } = parseArguments(words, {
    "--all": "flag",
    "--format": ["yaml", "jsonl"],
    "--provenance": "flag",
    "--reorder": ["legacy", "none"],
    "--load-restrictor": ["LoadRestrictionsRootOnly", "LoadRestrictionsNone", "rootOnly", "none"],
    "--partial": "flag",
  });
  const all = flags.has("--all");
  const format = values.get("--format") ?? (all ? "jsonl" : "yaml");
  if (positional.length === 0) throw new UsageError(all ? "Say below which ROOT." : "Say which DIR to build.");
  if (all && format !== "jsonl") throw new UsageError("'--all' prints jsonl only.");
  if (all && positional.length > 1) throw new UsageError("'--all' takes one ROOT.");
  if (flags.has("--provenance") && format !== "jsonl") throw new UsageError("'--provenance' needs '--format jsonl'.");
  const free = ["LoadRestrictionsNone", "none"].includes(values.get("--load-restrictor") ?? "");
  return {
    all,
    jsonl: format === "jsonl",
    provenance: flags.has("--provenance"),
    partial: flags.has("--partial"),
    options: {
      reorder: values.get("--reorder") === "none" ? "none" : "legacy",
      loadRestrictions: free ? "none" : "rootOnly",
    },
    directories: positional.map((written) => joinPath(host.workingDirectory, host.toPath(written))),
  };
}
