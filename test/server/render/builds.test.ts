import { expect, test } from "vitest";
import { findFacts } from "../../../server/src/lsp/facts";
import { notCancelled } from "../../../server/src/platform/cancellation";
import { createBuilds } from "../../../server/src/render/builds";
import { loadBuild } from "../../../server/src/render/loadBuild";
import { Workspace } from "../../../server/src/workspace/workspace";
import { folder, parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";

const overlays = `
#- base/kustomization.yaml
resources: [a.yaml]
configMapGenerator:
- name: settings
  envs: [settings.env]
#- base/settings.env
COLOR=blue
#- base/a.yaml
apiVersion: v1
kind: A
metadata: {name: a}
#- dev/kustomization.yaml
resources: [../base]
#- other/kustomization.yaml
resources: [b.yaml]
#- other/b.yaml
apiVersion: v1
kind: B
metadata: {name: b}
`;

async function open(): Promise<Workspace> {
  const workspace = new Workspace({ fileSystem: memoryFileSystem(parseFixture(overlays)), findFacts });
  await workspace.setFolders([folder]);
  return workspace;
}

test("a build reads what the snapshot lacks and then is complete", async () => {
  const workspace = await open();
  const builds = createBuilds({ clock: { now: () => 0 } });
  expect(builds.build(`${folder}/dev`, workspace.snapshot).result.pending).toEqual([`${folder}/base/settings.env`]);
  const build = await loadBuild(builds, workspace, `${folder}/dev`, notCancelled);
  expect([build.complete, build.problems]).toEqual([true, []]);
  expect(build.text.file.text).toContain("COLOR: blue");
});

test("an edit makes exactly those builds anew that read the file", async () => {
  const workspace = await open();
  const builds = createBuilds({ clock: { now: () => 0 } });
  const build = (root: string) => loadBuild(builds, workspace, `${folder}/${root}`, notCancelled);
  const before = { base: await build("base"), dev: await build("dev"), other: await build("other") };
  expect(await build("dev")).toBe(before.dev);
  workspace.setBuffer(`${folder}/base/a.yaml`, "apiVersion: v1\nkind: A\nmetadata: {name: changed}\n");
  expect(builds.isCurrent(`${folder}/other`, workspace.snapshot)).toBe(true);
  expect(builds.isCurrent(`${folder}/dev`, workspace.snapshot)).toBe(false);
  expect(await build("other")).toBe(before.other);
  expect((await build("dev")).text.file.text).toContain("name: changed");
});

test("a file that was looked for and not found counts as read", async () => {
  const workspace = await open();
  const builds = createBuilds({ clock: { now: () => 0 } });
  const root = `${folder}/other`;
  workspace.setBuffer(`${root}/kustomization.yaml`, "resources: [b.yaml, c.yaml]\n");
  expect((await loadBuild(builds, workspace, root, notCancelled)).complete).toBe(false);
  workspace.setBuffer(`${root}/c.yaml`, "apiVersion: v1\nkind: C\nmetadata: {name: c}\n");
  expect((await loadBuild(builds, workspace, root, notCancelled)).complete).toBe(true);
});
