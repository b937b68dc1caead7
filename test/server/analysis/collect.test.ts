import { expect, test } from "vitest";
import { collectFindings } from "../../../server/src/analysis/collect";
import type { Finding } from "../../../server/src/analysis/finding";
import { defaultSettings, type Settings } from "../../../server/src/analysis/settings";
import { findFacts } from "../../../server/src/domains/kustomization/findReferences";
import type { Snapshot } from "../../../server/src/workspace/snapshot";
import { Workspace } from "../../../server/src/workspace/workspace";
import { folder, parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";

async function open(text: string): Promise<Snapshot> {
  const workspace = new Workspace({ fileSystem: memoryFileSystem(parseFixture(text)), findFacts });
  await workspace.setFolders([folder]);
  return workspace.snapshot;
}

function findingIn(snapshot: Snapshot, path: string, word: string, code = "core/x"): Finding {
  const file = snapshot.file(`${folder}/${path}`) ?? { path: "", text: "" };
  const start = file.text.indexOf(word);
  const place = { file, start, end: start + word.length };
  return { code, severity: "error", place, message: "Wrong.", related: [] };
}

const overlays = `
#- base/kustomization.yaml
resources: [a.yaml]
#- base/a.yaml
kind: A
#- dev/kustomization.yaml
resources: [../base]
#- prod/kustomization.yaml
resources: [../base]
`;

test("a base that is wrong in several overlays is reported once and names them", async () => {
  const snapshot = await open(overlays);
  const finding = findingIn(snapshot, "base/a.yaml", "kind");
  const builds = ["base", "dev", "prod"].map((root) => ({ root: `${folder}/${root}`, findings: [{ ...finding }] }));
  const [found, ...others] = collectFindings({ own: [finding], builds }, snapshot, defaultSettings);
  expect(others).toEqual([]);
  expect(found?.related.map(({ message }) => message)).toEqual([
    "Part of the build of 'base'.",
    "Part of the build of 'dev'.",
    "Part of the build of 'prod'.",
  ]);
});

test("a finding in the kustomization that is built names nothing", async () => {
  const snapshot = await open(overlays);
  const finding = findingIn(snapshot, "dev/kustomization.yaml", "../base");
  const builds = [{ root: `${folder}/dev`, findings: [finding] }];
  expect(collectFindings({ own: [], builds }, snapshot, defaultSettings)).toEqual([finding]);
});

test("settings turn a rule off or change its severity, and exclude files", async () => {
  const snapshot = await open(overlays);
  const own = [
    findingIn(snapshot, "base/a.yaml", "kind"),
    findingIn(snapshot, "dev/kustomization.yaml", "../base", "core/y"),
  ];
  const codes = (settings: Partial<Settings>): readonly string[] =>
    collectFindings({ own, builds: [] }, snapshot, { ...defaultSettings, ...settings }).map(
      ({ code, severity }) => `${code} ${severity}`,
    );
  expect(codes({})).toEqual(["core/x error", "core/y error"]);
  expect(codes({ rules: new Map([["core/x", "off"]]) })).toEqual(["core/y error"]);
  expect(codes({ rules: new Map([["core/x", "hint"]]) })).toEqual(["core/x hint", "core/y error"]);
  expect(codes({ exclude: [{ folder, glob: "base" }] })).toEqual(["core/y error"]);
});
