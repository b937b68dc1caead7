import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FeatureContext } from "../../../server/src/analysis/feature";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { revertFilesFeature } from "../../../server/src/features/revertFiles";
import { createCommittedReader } from "../../../server/src/git/committedReader";
import { findFacts } from "../../../server/src/lsp/facts";
import { noObservations } from "../../../server/src/observations/observations";
import { notCancelled } from "../../../server/src/platform/cancellation";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import type { RevertFiles, RevertPart } from "../../../server/src/protocol/revertFiles";
import { createBuilds } from "../../../server/src/render/builds";
import { Workspace } from "../../../server/src/workspace/workspace";
import { gitRepository, repositoryAt } from "../../support/gitRepository";

const url = "https://example.com/shop.git";
const source = { repoURL: url, path: "overlays/dev" };

function settings(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {value: "${value}"}\n`;
}

/** A repository in which base and overlay changed twice since the commit that comes with it. */
function changedRepository(): { readonly root: string; readonly first: string } {
  const { root, git, write } = gitRepository({
    "base/kustomization.yaml": "resources:\n- settings.yaml\n",
    "base/settings.yaml": settings("old"),
    "overlays/dev/kustomization.yaml": "resources:\n- ../../base\n- dropped.yaml\n",
    "overlays/dev/dropped.yaml": settings("dropped").replace("settings", "dropped"),
    "overlays/prod/kustomization.yaml": "resources:\n- ../../base\n",
    "README.md": "old\n",
  });
  git("remote", "add", "origin", url);
  const first = git("rev-parse", "HEAD");
  write({ "base/settings.yaml": settings("new"), "README.md": "new\n" });
  git("commit", "-q", "-a", "-m", "Use the new value");
  write({
    "overlays/dev/kustomization.yaml": "resources:\n- ../../base\n- added.yaml\n",
    "overlays/dev/added.yaml": settings("x"),
  });
  rmSync(join(root, "overlays/dev/dropped.yaml"));
  git("add", "-A");
  git("commit", "-q", "-m", "Add one, drop one");
  return { root, first };
}

test("finds what the source's build reads and holds, then and now, and what the revert takes back", async () => {
  const { root, first } = changedRepository();
  const { files, commits, notes } = await revert(root, [{ source, revision: first }]);
  expect(notes).toEqual([]);
  expect(files.map(({ label, change, sharedWith }) => [label, change, sharedWith])).toEqual([
    ["base/settings.yaml", "changed", ["overlays/prod"]],
    ["overlays/dev/added.yaml", "deleted", []],
    ["overlays/dev/dropped.yaml", "restored", []],
    ["overlays/dev/kustomization.yaml", "changed", []],
  ]);
  expect(files[0]?.text).toBe(settings("old"));
  expect(commits.map((line) => line.replace(/^\w+ /, ""))).toEqual(["Add one, drop one", "Use the new value"]);
});

test("changes nothing where everything is as it was", async () => {
  const { root } = changedRepository();
  const head = gitHead(root);
  expect(await revert(root, [{ source, revision: head }])).toEqual({ files: [], commits: [], notes: [] });
});

test("says why a part cannot be taken back", async () => {
  const { root, first } = changedRepository();
  const notesOf = async (part: RevertPart, isTrusted = true): Promise<string> =>
    (await revert(root, [part], isTrusted)).notes.join();
  expect(await notesOf({ source: { repoURL: url, chart: "redis" }, revision: "1.2.3" })).toContain("chart 'redis'");
  expect(await notesOf({ source: { ...source, repoURL: "https://example.com/x" }, revision: first })).toContain(
    "is not in this workspace",
  );
  expect(await notesOf({ source, revision: "--output=x" })).toContain("is no commit");
  expect(await notesOf({ source, revision: "0123456789".repeat(4) })).toContain("not in this clone");
  expect(await notesOf({ source, revision: first }, false)).toContain("that you trust");
});

async function revert(root: string, parts: readonly RevertPart[], isTrusted = true): Promise<RevertFiles> {
  const workspace = new Workspace({ fileSystem: nodeFileSystem, findFacts });
  await workspace.setFolders([root]);
  const context: FeatureContext = {
    snapshot: workspace.snapshot,
    document: undefined,
    domains: [],
    builds: createBuilds({ clock: { now: () => 0 } }),
    shownBuild: () => undefined,
    settings: defaultSettings,
    observations: noObservations,
    rules: createRuleTable([]),
    committed: isTrusted ? createCommittedReader(nodePrograms) : undefined,
    load: (paths) => workspace.load(paths),
    cancellation: notCancelled,
    findings: () => [],
    toUri: (path) => `file://${path}`,
    toRenderedUri: (path) => path,
    fromUri: () => undefined,
  };
  return await revertFilesFeature.handle({ parts }, context);
}

function gitHead(root: string): string {
  return repositoryAt(root).git("rev-parse", "HEAD");
}
