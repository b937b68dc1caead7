import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../server/src/analysis/finding";
import { createInspector } from "../../../server/src/analysis/inspector";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { domains } from "../../../server/src/lsp/domains";
import { findFacts } from "../../../server/src/lsp/facts";
import { notCancelled } from "../../../server/src/platform/cancellation";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { createBuilds } from "../../../server/src/render/builds";
import { loadBuild } from "../../../server/src/render/loadBuild";
import { Workspace } from "../../../server/src/workspace/workspace";
import { positionAt } from "../../../server/src/yaml/source";
import { schemaBundle } from "../../support/schemaBundle";

/** What is found in one repository, but for the problems of its builds, which `corpus.test.ts` compares. */
export interface Checked {
  readonly files: number;
  readonly documents: number;
  readonly findings: readonly Finding[];
}

/** What the engine tells of a build is compared with the answers of Kustomize itself. */
const comparedElsewhere: ReadonlySet<string> = new Set(
  domains.flatMap(({ rules }) => rules.filter(({ check }) => check === "engine").map(({ code }) => code)),
);

/** Checks the files of a repository on their own, the objects that it builds, and all of them together. */
export async function checkRepository(folder: string): Promise<Checked> {
  const workspace = new Workspace({ fileSystem: nodeFileSystem, findFacts, schemas: { bundle: schemaBundle } });
  await workspace.setFolders([folder]);
  const builds = createBuilds({ clock: { now: () => 0 } });
  const inspector = createInspector(createRuleTable(domains), builds);
  const ofBuilds = new Map<string, Finding>();
  const roots = inspector.rootsOf(workspace.snapshot);
  for (const root of roots) {
    const build = await loadBuild(builds, workspace, root, notCancelled);
    for (const finding of inspector.build(workspace.snapshot, build)) {
      if (!comparedElsewhere.has(finding.code)) ofBuilds.set(describeFinding(finding, folder), finding);
    }
  }
  const { snapshot } = workspace;
  const together = [...inspector.workspace(snapshot, defaultSettings, roots)].flat();
  const files = inspector.filesOf(snapshot);
  return {
    files: files.length,
    documents: files.reduce((sum, path) => sum + snapshot.documents(path).length, 0),
    findings: [
      ...files.flatMap((path) => inspector.file(snapshot, path, defaultSettings)),
      ...ofBuilds.values(),
      ...together,
    ],
  };
}

/** A reason why errors in public repositories are right: for every file whose path contains `file`. */
export interface Reviewed {
  readonly file: string;
  /** The codes that are explained. */
  readonly codes: readonly string[];
  /** What is wrong there. */
  readonly reason: string;
}

/** The errors that people have looked at. */
export function readReviewed(): readonly Reviewed[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "reviewed.json"), "utf8"));
}

/** Whether an error has been looked at. */
export function isReviewed(path: string, code: string, reviewed: readonly Reviewed[]): boolean {
  return reviewed.some(({ file, codes }) => path.includes(file) && codes.includes(code));
}

/** `repository/a.yaml:12: code: message`. */
export function describeFinding({ place, code, message }: Finding, root: string): string {
  return `${place.file.path.slice(root.length + 1)}:${positionAt(place.file, place.start).line + 1}: ${code}: ${message}`;
}
