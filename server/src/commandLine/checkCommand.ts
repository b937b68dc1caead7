import type { Domain } from "../analysis/domain";
import type { Severity } from "../analysis/finding";
import { type FindingData, toFindingData } from "../analysis/findingData";
import { fixesOf } from "../analysis/fixes";
import { createInspector } from "../analysis/inspector";
import { withRepositorySettings } from "../analysis/repositorySettings";
import { createRuleTable, type RuleTable } from "../analysis/ruleTable";
import { noSettings } from "../analysis/settings";
import {
  type CommittedFiles,
  committedFiles,
  findWantedFiles,
  readCommittedFiles,
} from "../observations/committedFiles";
import { ObservationStore } from "../observations/observations";
import { notCancelled } from "../platform/cancellation";
import { describeError } from "../platform/log";
import { isInside, joinPath, parentPath, relativePath } from "../platform/path";
import { type Builds, createBuilds } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import { createBundle } from "../schema/bundle";
import type { FactExtractor } from "../workspace/facts";
import type { Snapshot } from "../workspace/snapshot";
import { Workspace } from "../workspace/workspace";
import { parseArguments, UsageError } from "./arguments";
import { type Accepted, compare, describeComparison, parseBaseline } from "./baseline";
import { formatFinding } from "./findingText";
import type { CheckHost, ExitCode } from "./host";
import { formatGithub, formatSarif } from "./reports";

export const checkHelp = `Usage: gitops-author check [PATH...] [options]

Reports what is wrong in the files at or below PATH (default: the working directory). The git work tree around PATH is read
too, so that overlays elsewhere count.

  --format text|json|sarif|github   text (default) is for people
  --baseline FILE                   accepts what FILE holds, the output of an earlier 'check --format json' from the same
                                    directory, wherever it stands now; reports only what is new

Exit: 0 no errors, 1 errors, 2 could not run.
`;

/** What `check` knows of documents; passed in by the entry. */
export interface Knowledge {
  readonly domains: readonly Domain[];
  readonly findFacts: FactExtractor;
}

interface Checked {
  readonly findings: readonly FindingData[];
  readonly files: number;
  readonly rules: RuleTable;
}

/** `gitops-author check`. Rejects with `UsageError`. */
export async function runCheckCommand(
  words: readonly string[],
  host: CheckHost,
  knowledge: Knowledge,
): Promise<ExitCode> {
  const { positional, values } = parseArguments(words, {
    "--format": ["text", "json", "sarif", "github"],
    "--baseline": "text",
  });
  const paths = (positional.length === 0 ? ["."] : positional).map((written) =>
    joinPath(host.workingDirectory, host.toPath(written)),
  );
  const baseline = readBaseline(values.get("--baseline"), host);
  const wanted = values.get("--format") ?? "text";
  const checked = await check({ paths, namesFixes: wanted === "json" }, host, knowledge);
  const compared = compare(checked.findings, baseline);
  host.print(format({ ...checked, findings: compared.fresh }, wanted));
  host.printError(describeComparison(compared));
  return compared.fresh.some(({ severity }) => severity === "error") ? 1 : 0;
}

function readBaseline(name: string | undefined, host: CheckHost): readonly Accepted[] {
  if (name === undefined) return [];
  const bytes = host.syncFileSystem.readFile(joinPath(host.workingDirectory, host.toPath(name)));
  return parseBaseline(new TextDecoder().decode(bytes), name);
}

interface Wanted {
  readonly paths: readonly string[];
  /** Whether somebody reads how findings can be repaired: finding that out takes time. */
  readonly namesFixes: boolean;
}

async function check(
  { paths, namesFixes }: Wanted,
  host: CheckHost,
  { domains, findFacts }: Knowledge,
): Promise<Checked> {
  const workspace = new Workspace({
    fileSystem: host.fileSystem,
    findFacts,
    schemas: { bundle: createBundle(host.schemaFiles) },
  });
  await workspace.setFolders(outermost(paths.map((path) => findKnown(path, host))));
  const observing = observeGit(workspace.snapshot, host, domains);
  const builds = createBuilds({ clock: host.clock });
  const rules = createRuleTable(domains, (code, error) =>
    host.printError(`gitops-author: the rule ${code} failed: ${describeError(error)}\n`),
  );
  const observations = new ObservationStore();
  const inspector = createInspector(rules, builds, () => observations.current);
  const isReported = (path: string): boolean => paths.some((each) => isInside(each, path));
  const roots = findRelevantRoots(workspace.snapshot, inspector.rootsOf(workspace.snapshot), isReported);
  for (const root of roots) await loadBuild(builds, workspace, root, notCancelled);
  observations.put(committedFiles, await observing);
  const { snapshot } = workspace;
  const files = inspector.filesOf(snapshot).filter(isReported);
  const settings = withRepositorySettings(noSettings, snapshot);
  const findings = inspector
    .all(snapshot, settings, { files, roots })
    .filter((finding) => isReported(finding.place.file.path))
    .map((finding) => {
      const fixes = namesFixes ? fixesOf(finding, rules, { snapshot }) : [];
      const titles = fixes.map(({ title }) => title);
      return toFindingData(finding, (path) => relativePath(host.workingDirectory, path), titles);
    });
  return { findings, files: countFiles(files, roots, builds, isReported), rules };
}

/** Git is asked while overlays are built. */
async function observeGit(
  snapshot: Snapshot,
  { committed }: CheckHost,
  domains: readonly Domain[],
): Promise<CommittedFiles> {
  if (committed === undefined) return committedFiles.nothing;
  const wanted = findWantedFiles(
    snapshot,
    domains.flatMap(({ comparedKinds = [] }) => comparedKinds),
  );
  return readCommittedFiles(wanted, { snapshot, reader: committed });
}

/** The git work tree around a path, else the path itself (of a file: its directory). Throws when there is nothing. */
function findKnown(path: string, { syncFileSystem, workingDirectory }: CheckHost): string {
  const stat = syncFileSystem.stat(path);
  if (stat === undefined) throw new UsageError(`There is nothing at '${relativePath(workingDirectory, path)}'.`);
  const start = stat.kind === "directory" ? path : parentPath(path);
  for (let directory = start; ; directory = parentPath(directory)) {
    if (syncFileSystem.stat(joinPath(directory, ".git")) !== undefined) return directory;
    if (directory === "/") return start;
  }
}

function outermost(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isInside(other, folder)));
}

/** The roots whose builds can say something about a reported file: those among them, and those that include one. */
function findRelevantRoots(
  { graph }: Snapshot,
  roots: readonly string[],
  isReported: (path: string) => boolean,
): readonly string[] {
  const relevant = new Set<string>();
  for (const { root, references } of graph.kustomizations) {
    const named = references.flatMap(({ target }) => (target === undefined ? [] : [target]));
    if (![root, ...named].some(isReported)) continue;
    relevant.add(root);
    for (const above of graph.reachedFrom(root)) relevant.add(above.root);
  }
  return roots.filter((root) => relevant.has(root));
}

function countFiles(
  files: readonly string[],
  roots: readonly string[],
  builds: Builds,
  isReported: (path: string) => boolean,
): number {
  const looked = new Set(files);
  for (const root of roots) {
    for (const [path, found] of builds.last(root)?.result.filesRead ?? []) {
      if (found.kind === "file" && isReported(path)) looked.add(path);
    }
  }
  return looked.size;
}

function format({ findings, files, rules }: Checked, wanted: string): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const counts = {
    error: count("error"),
    warning: count("warning"),
    information: count("information"),
    hint: count("hint"),
  };
  switch (wanted) {
    case "json":
      return `${JSON.stringify({ version: 1, findings, summary: { files, ...counts } }, null, 2)}\n`;
    case "sarif":
      return formatSarif(findings, rules);
    case "github":
      return formatGithub(findings);
    default: {
      const parts = Object.entries(counts).map(([severity, number]) => `${number} ${severity}`);
      return `${findings.map(formatFinding).join("")}${files} ${files === 1 ? "file" : "files"}: ${parts.join(", ")}\n`;
    }
  }
}
