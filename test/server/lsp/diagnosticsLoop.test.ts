import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { createInspector } from "../../../server/src/analysis/inspector";
import type { Rule, RuleDocs } from "../../../server/src/analysis/rule";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { DiagnosticsLoop } from "../../../server/src/lsp/diagnosticsLoop";
import { domains } from "../../../server/src/lsp/domains";
import { findFacts } from "../../../server/src/lsp/facts";
import { ObservationStore, type Topic } from "../../../server/src/observations/observations";
import { createBuilds } from "../../../server/src/render/builds";
import { Workspace } from "../../../server/src/workspace/workspace";
import { getIn } from "../../../server/src/yaml/node";
import { folder, parseFixture, shortPath } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";

const docs: RuleDocs = { summary: "", explanation: "", bad: "", good: "" };

/** Finds the value `bad` in what is built. */
const ofBuild: Rule = {
  code: "core/built",
  severity: "warning",
  scope: "build",
  docs,
  *check({ result }) {
    for (const { node } of result.resources) {
      const value = getIn(node, ["data", "a"]);
      if (value?.kind === "scalar" && value.text.startsWith("bad"))
        yield { place: value.origin.place, message: "Bad." };
    }
  },
};

/** Finds ConfigMaps that no build holds, and `data.needs` that names such a one. */
const ofWorkspace: Rule = {
  code: "core/not-built",
  severity: "warning",
  scope: "workspace",
  docs,
  *check({ snapshot, builds }) {
    const built = new Set(builds.flatMap(({ result }) => result.resources.map(({ id }) => id.name)));
    for (const { object, place } of snapshot.symbols.objectsOf("", "ConfigMap")) {
      if (!built.has(object.name)) yield { place, message: "Not built." };
      const needs = getIn(snapshot.documents(place.file.path)[0]?.root, ["data", "needs"]);
      if (needs?.kind === "scalar" && !built.has(needs.text)) yield { place: needs.origin.place, message: "Missing." };
    }
  },
};

const answers: Topic<readonly string[]> = { name: "answers", nothing: [] };

/** Finds the objects of which an answer from outside speaks. */
const ofOutside: Rule = {
  code: "core/told",
  severity: "warning",
  scope: "workspace",
  docs,
  *check({ snapshot, observations }) {
    for (const { object, place } of snapshot.symbols.objectsOf("", "ConfigMap")) {
      if (observations.of(answers).includes(object.name)) yield { place, message: "Told." };
    }
  },
};

const tree = `
#- app/kustomization.yaml
resources:
- a.yaml
- b.yaml
#- app/a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: one
data:
  a: bad
#- app/b.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: two
#- loose.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: loose
data:
  needs: two
`;

/** A loop over a fixture whose time stands still until it is told to go on. */
async function open(text: string) {
  const fixture = parseFixture(text);
  const workspace = new Workspace({ fileSystem: memoryFileSystem(fixture), findFacts });
  const tasks: (() => void)[] = [];
  const clock = {
    now: () => 0,
    after: (_: number, task: () => void) => {
      tasks.splice(0, tasks.length, task);
      return () => void tasks.splice(0);
    },
    yield: async () => {},
  };
  const builds = createBuilds({ clock });
  const rules = createRuleTable([...domains.map((each) => ({ ...each, rules: [] })), { ...testDomain }]);
  const log: string[] = [];
  const store = new ObservationStore();
  let work: Promise<void> = Promise.resolve();
  const loop = new DiagnosticsLoop({
    ...{ workspace, builds, clock, rules },
    inspector: createInspector(rules, builds, () => store.current),
    settings: () => defaultSettings,
    shown: () => [],
    publish: (path, findings) => log.push(`${shortPath(path)}: ${findings.map(describe).join(", ")}`),
    changed: () => {},
    run: (round) => {
      work = round();
    },
  });
  workspace.onChange((change) => loop.changed(change));
  store.onChange(() => loop.observed());
  await workspace.setFolders([folder]);
  const settle = async (): Promise<readonly string[]> => {
    while (tasks.length > 0) {
      for (const task of tasks.splice(0)) task();
      await work;
    }
    return log.splice(0);
  };
  const observe = (...names: readonly string[]): void => store.put(answers, names);
  const type = (path: string, from: string, to: string): readonly string[] => {
    const before = workspace.snapshot.file(`${folder}/${path}`)?.text ?? "";
    workspace.setBuffer(`${folder}/${path}`, before.replace(from, to));
    return log.splice(0);
  };
  return { settle, type, observe };
}

const testDomain = { name: "test", rules: [ofBuild, ofWorkspace, ofOutside], understands: () => false };

function describe({ code, place }: Finding): string {
  return `${code} '${place.file.text.slice(place.start, place.end)}'`;
}

test("findings of builds and of the workspace move with the text while it is typed, and do not flicker", async () => {
  const { settle, type } = await open(tree);
  expect(await settle()).toEqual(["app/a.yaml: core/built 'bad'", "loose.yaml: core/not-built 'loose'"]);
  expect(type("app/a.yaml", "kind", "# a\nkind")).toEqual(["app/a.yaml: core/built 'bad'"]);
  expect(type("app/a.yaml", "a: bad", "a: badly")).toEqual(["app/a.yaml: core/built 'badly'"]);
  expect(type("loose.yaml", "name: loose", "name: looser")).toEqual(["loose.yaml: core/not-built 'looser'"]);
  // What was said already is said again at most for the new text.
  for (const line of await settle()) expect(line).toMatch(/core\/built 'badly'|core\/not-built 'looser'/);
  expect(type("app/a.yaml", "badly", "good")).toEqual(["app/a.yaml: core/built 'good'"]);
  expect(await settle()).toEqual(["app/a.yaml: "]);
});

test("a keystroke that breaks the YAML of one file says nothing new of others", async () => {
  const { settle, type } = await open(tree);
  await settle();
  for (const [path, whole, half] of [
    ["app/b.yaml", "name: two", 'name: "two'],
    ["app/kustomization.yaml", "- a.yaml\n- b.yaml", "- a.yaml: ["],
  ] as const) {
    type(path, whole, half);
    expect((await settle()).filter((line) => !line.startsWith(path))).toEqual([]);
    type(path, half, whole);
    expect((await settle()).filter((line) => !line.startsWith(path))).toEqual([]);
  }
});

test("a change ends the round that is under way, and the next one finds everything", async () => {
  const { settle, type } = await open(tree);
  await settle();
  type("app/a.yaml", "a: bad", "a: fine");
  type("app/b.yaml", "name: two", "name: two\ndata:\n  a: bad");
  expect([...(await settle())].sort()).toEqual(["app/a.yaml: ", "app/b.yaml: core/built 'bad'"]);
});

test("what comes from outside counts from the next round on, and ends none that is under way", async () => {
  const { settle, type, observe } = await open(tree);
  await settle();
  observe("two");
  observe("two", "one");
  expect([...(await settle())].sort()).toEqual([
    "app/a.yaml: core/told 'one', core/built 'bad'",
    "app/b.yaml: core/told 'two'",
  ]);
  type("app/a.yaml", "a: bad", "a: fine");
  const round = settle();
  observe();
  expect([...(await round), ...(await settle())].sort()).toEqual(["app/a.yaml: ", "app/b.yaml: "]);
});
