import { describe, expect, test } from "vitest";
import { syncPlanFeature } from "../../../server/src/features/syncPlan";
import type { PlannedApplication, SyncPlan, SyncPlanTask } from "../../../server/src/protocol/syncPlan";
import { type Editor, openEditor } from "../../support/editor";

const workspace = `#- .git/HEAD
ref: refs/heads/main
#- .git/config
[remote "origin"]
	url = https://example.com/shop.git
#- base/kustomization.yaml
resources:
- web.yaml
- migrate.yaml
- settings.yaml
#- base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
#- base/migrate.yaml
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: HookSucceeded
#- base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
#- dev/kustomization.yaml
namespace: shop
resources:
- ../base
#- broken/kustomization.yaml
resources:
- missing.yaml
#- plain/later.yaml
apiVersion: v1
kind: Service
metadata:
  name: later
  annotations:
    argocd.argoproj.io/sync-wave: "2"
#- plain/first.yaml
apiVersion: v1
kind: Secret
metadata:
  name: first
#- plain/hook.yaml
apiVersion: batch/v1
kind: Job
metadata:
  generateName: check-
  annotations:
    argocd.argoproj.io/hook: PostSync
#- plain/deeper/other.yaml
apiVersion: v1
kind: Secret
metadata:
  name: other
#- apps/web.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web-dev
spec:
  project: default
  source:
    repoURL: https://example.com/shop
    path: dev
    targetRevision: main
  destination:
    namespace: shop
  syncPolicy:
    syncOptions:
    - CreateNamespace=true
#- set/kustomization.yaml
resources:
- ../base
#- apps/set.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web-set
spec:
  source:
    repoURL: https://example.com/shop
    path: set
    kustomize:
      namePrefix: x-
      patches:
      - target: {kind: ConfigMap}
        patch: '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "$patch": "delete"}'
      - target: {kind: Job}
        patch: '{"apiVersion": "v1", "kind": "Job", "metadata": {"name": "x"}, "$patch": "delete"}'
#- chart/Chart.yaml
name: chart
`;

const shop: PlannedApplication = {
  name: "web-dev",
  sources: [{ repoURL: "git@example.com:shop.git", path: "dev" }],
  namespace: "shop",
  syncOptions: [],
  prune: true,
  live: [
    { group: "apps", kind: "Deployment", namespace: "shop", name: "web", status: "OutOfSync" },
    { kind: "ConfigMap", namespace: "shop", name: "settings", status: "Synced" },
    { kind: "ConfigMap", namespace: "shop", name: "old", status: "OutOfSync", requiresPruning: true, syncWave: 3 },
  ],
};

test.each(["Prune=false", "Prune=confirm"])(
  "says what %s of the Application does to deletions, and only where there are some",
  async (option) => {
    const editor = await openEditor(workspace);
    const syncOptions = [option, "Prune=true"];
    const plan = await planOf(editor, { ...shop, syncOptions });
    expect(plan?.notes).toEqual([expect.stringContaining(`The Application says ${option}: `)]);
    expect((await planOf(editor, { ...shop, syncOptions, prune: false }))?.notes).toEqual([]);
    expect((await planOf(editor, { ...shop, syncOptions: ["Prune=true"] }))?.notes).toEqual([]);
  },
);

test("plans what a cluster's Application would sync, with what Argo CD says of each object", async () => {
  const plan = await planOf(await openEditor(workspace), shop);
  expect(plan?.notes).toEqual([]);
  expect(plan?.tasks.map(words)).toEqual([
    "PreSync 0 Job/migrate hook (HookSucceeded)",
    "Sync 0 ConfigMap/settings Synced",
    "Sync 0 Deployment/web OutOfSync",
    "Sync 3 ConfigMap/old prune OutOfSync",
  ]);
  expect(plan?.tasks[2]?.source).toMatchObject({ uri: "file:///ws/base/web.yaml", range: { start: { line: 0 } } });
  expect(plan?.tasks[3]?.source).toBeUndefined();
});

test("what the objects in the cluster say of their deletion counts, and their own waves", async () => {
  const old = (name: string, annotations?: Readonly<Record<string, string>>) => ({
    ...{ kind: "ConfigMap", namespace: "shop", name, requiresPruning: true, status: "OutOfSync", annotations },
  });
  const options = (value: string) => ({ "argocd.argoproj.io/sync-options": value });
  const live = [
    old("kept", options("Validate=false, Prune=false")),
    old("asked", { ...options("Prune=confirm"), "argocd.argoproj.io/compare-options": "IgnoreExtraneous" }),
    old("first", { ...options("Prune=true,Prune=false"), "argocd.argoproj.io/sync-wave": "-1" }),
    old("last", options("PruneLast=true,Delete=false")),
    old("unseen"),
  ];
  const plan = await planOf(await openEditor(workspace), { ...shop, live });
  const prunes = plan?.tasks.filter(({ isPrune }) => isPrune) ?? [];
  // Waves are mirrored among what is deleted: -1 and 0 change places.
  expect(prunes.map(({ wave, name, pruneOption, isExtraneous }) => [wave, name, pruneOption, isExtraneous])).toEqual([
    [-1, "asked", "confirm", true],
    [-1, "kept", "false", undefined],
    [-1, "unseen", undefined, undefined],
    [0, "first", undefined, undefined],
    [1, "last", undefined, undefined],
  ]);
});

describe("heeds how it is synced:", () => {
  test.each<[string, Partial<PlannedApplication>, readonly string[]]>([
    ["without prunes", { prune: false }, ["migrate", "settings", "web"]],
    [
      "chosen objects without hooks",
      { chosen: [{ group: "apps", kind: "Deployment", namespace: "shop", name: "web" }] },
      ["web"],
    ],
    ["only what is out of sync", { syncOptions: ["ApplyOutOfSyncOnly=true"] }, ["migrate", "web", "old"]],
    ["prunes last", { syncOptions: ["PruneLast=true"] }, ["migrate", "settings", "web", "old"]],
    [
      "a new namespace",
      { syncOptions: ["CreateNamespace=true"], prune: false },
      ["shop", "migrate", "settings", "web"],
    ],
  ])("%s", async (_, change, names) => {
    const plan = await planOf(await openEditor(workspace), { ...shop, ...change });
    expect(plan?.tasks.map(({ name }) => name)).toEqual(names);
  });
});

describe("says what it cannot know:", () => {
  test.each<[string, PlannedApplication["sources"][number], RegExp]>([
    ["another repository", { repoURL: "https://example.com/other", path: "dev" }, /is not in this workspace/],
    ["a chart of a registry", { repoURL: "https://example.com/charts", chart: "redis" }, /chart 'redis'.*not rendered/],
    [
      "a chart of the repository",
      { repoURL: "https://example.com/shop", path: "chart" },
      /chart in 'chart' is not rendered/,
    ],
    [
      "another revision",
      { repoURL: "https://example.com/shop", path: "dev", targetRevision: "v1" },
      /'v1', but 'main' is checked out/,
    ],
    ["a build that fails", { repoURL: "https://example.com/shop", path: "broken" }, /'broken' does not build/],
    [
      "options that Argo CD refuses",
      { repoURL: "https://example.com/shop", path: "dev", kustomize: { images: ["web"] } },
      /Argo CD cannot set images: 'web' says neither/,
    ],
    [
      "options of two ways at once",
      {
        repoURL: "https://example.com/shop",
        path: "dev",
        kustomize: { namePrefix: "x-" },
        directory: { recurse: true },
      },
      /renders nothing of 'dev': it is told of kustomize and directory at once/,
    ],
    [
      "options of kustomize without a kustomization",
      { repoURL: "https://example.com/shop", path: "plain", kustomize: { namePrefix: "x-" } },
      /renders nothing of 'plain'.*there is no kustomization/,
    ],
    ["a missing directory", { repoURL: "https://example.com/shop", path: "gone" }, /no directory 'gone'/],
  ])("%s", async (_, source, note) => {
    const plan = await planOf(await openEditor(workspace), { ...shop, sources: [source] });
    expect(plan?.notes.join("\n")).toMatch(note);
  });
});

describe("renders as the Application asks:", () => {
  const source = { repoURL: "https://example.com/shop", path: "dev" };
  const component = (name: string): string => `#- parts/${name}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
- name: ${name}
generatorOptions: {disableNameSuffixHash: true}
`;
  const parts = ["b", "a", ".hidden"].map(component).join("");

  test("patterns of components stand for the directories that they match", async () => {
    const editor = await openEditor(workspace + parts);
    const namesWith = async (components: readonly string[]) => {
      const plan = await planOf(editor, { ...shop, prune: false, sources: [{ ...source, kustomize: { components } }] });
      return [plan?.tasks.map(({ name }) => name), plan?.notes];
    };
    expect(await namesWith(["../parts/*"])).toEqual([["migrate", "a", "b", "settings", "web"], []]);
    expect(await namesWith(["../part?/[^a]"])).toEqual([["migrate", "b", "settings", "web"], []]);
    expect(await namesWith(["*.yaml"])).toEqual([["migrate", "settings", "web"], []]);
    expect((await namesWith(["../none/*"]))[1]).toEqual([expect.stringContaining("nothing matches '../none/*'")]);
    // What lies outside of the repository is nobody's business.
    expect((await namesWith(["../../*"]))[1]).toEqual([expect.stringContaining("nothing matches '../../*'")]);
  });

  test.each([
    ["v4.5.7", [/'dev' is rendered with Kustomize 5\.8\.1 here instead of v4\.5\.7/]],
    ["v5.8.1", []],
    ["5.8.1", []],
  ])("with another Kustomize it is said: %s", async (version, notes) => {
    const plan = await planOf(await openEditor(workspace), {
      ...shop,
      sources: [{ ...source, kustomize: { version } }],
    });
    expect(plan?.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });
});

describe("plans prunes from what the files say now:", () => {
  const settings = { kind: "ConfigMap", namespace: "shop", name: "settings" };
  const gone = { kind: "ConfigMap", namespace: "shop", name: "gone" };
  test.each<[string, object[], string[], string[]]>([
    [
      "what Argo CD has not asked for yet",
      [{ ...gone, status: "Synced" }],
      ["gone"],
      [/Git still has ConfigMap gone/.source],
    ],
    ["what was looked up", [gone], ["gone"], []],
    ["no hooks", [{ ...gone, hook: true }], [], []],
    [
      "nothing that the files have again",
      [{ ...settings, status: "OutOfSync", requiresPruning: true }],
      [],
      [/Push first: as Argo CD knows Git, it deletes ConfigMap settings/.source],
    ],
  ])("%s", async (_, live, prunes, notes) => {
    const plan = await planOf(await openEditor(workspace), { ...shop, live: live as PlannedApplication["live"] });
    expect(plan?.tasks.filter(({ isPrune }) => isPrune).map(({ name }) => name)).toEqual(prunes);
    expect(plan?.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });

  test("where a part is not rendered, only Argo CD's own word counts", async () => {
    const sources = [...shop.sources, { repoURL: "https://example.com/charts", chart: "redis" }];
    const live = [
      { ...gone, status: "Synced" },
      { ...settings, status: "OutOfSync", requiresPruning: true },
    ];
    const plan = await planOf(await openEditor(workspace), { ...shop, sources, live });
    expect(plan?.tasks.filter(({ isPrune }) => isPrune).map(({ name }) => name)).toEqual(["settings"]);
  });
});

test("plans a directory of manifests, and one below it where the source says so", async () => {
  const editor = await openEditor(workspace);
  const names = async (recurse: boolean): Promise<unknown> => {
    const source = { repoURL: "https://example.com/shop", path: "plain", directory: { recurse } };
    return (await planOf(editor, { ...shop, sources: [source], live: [] }))?.tasks.map(({ name }) => name);
  };
  expect(await names(false)).toEqual(["first", "later", "check-…"]);
  expect(await names(true)).toEqual(["first", "other", "later", "check-…"]);
});

test.each<[object, readonly string[]]>([
  [{ include: "{first,later}.yaml" }, ["first", "later"]],
  [{ recurse: true, exclude: "*er.yaml" }, ["first", "check-…"]],
  [{ recurse: true, include: "deeper/*" }, ["other"]],
])("plans the files that the source includes and does not exclude (%j)", async (directory, names) => {
  const source = { repoURL: "https://example.com/shop", path: "plain", directory };
  const plan = await planOf(await openEditor(workspace), { ...shop, sources: [source], live: [], prune: false });
  expect(plan?.tasks.map(({ name }) => name)).toEqual(names);
});

test("passes over the files that say so, and says which one is broken", async () => {
  const files = `${workspace}#- plain/skipped.yaml
# +argocd:skip-file-rendering
kind: Secret
#- plain/values.yaml
a: [
#- plain/settings.yaml
kind: of settings
image: web
#- plain/zbroken.yaml
apiVersion: v1
kind: Secret
metadata: {
`;
  const source = { repoURL: "https://example.com/shop", path: "plain" };
  const plan = await planOf(await openEditor(files), { ...shop, sources: [source], live: [], prune: false });
  expect(plan?.tasks.map(({ name }) => name)).toEqual(["first", "later", "check-…"]);
  expect(plan?.notes).toEqual(["'zbroken.yaml' is no YAML at present."]);
});

test("plans what the Application sets of kustomize, with its name for objects of the cluster", async () => {
  const source = {
    repoURL: "https://example.com/shop",
    path: "dev",
    kustomize: { namePrefix: "x-", namespace: "other" },
  };
  const live = [{ group: "apps", kind: "Deployment", namespace: "other", name: "x-web", status: "Synced" }];
  const plan = await planOf(await openEditor(workspace), { ...shop, sources: [source], live, prune: false });
  expect(plan?.notes).toEqual([]);
  expect(plan?.tasks.map(words)).toEqual([
    "PreSync 0 Job/x-migrate hook (HookSucceeded)",
    "Sync 0 ConfigMap/x-settings Missing",
    "Sync 0 Deployment/x-web Synced",
  ]);
});

describe("plans without a cluster", () => {
  test.each([
    ["an Application's file", "/ws/apps/web.yaml", "web-dev", ["shop", "migrate", "settings", "web"]],
    [
      "an overlay's file, as its Application says",
      "/ws/dev/kustomization.yaml",
      "dev",
      ["shop", "migrate", "settings", "web"],
    ],
    ["an overlay with what its only Application sets of it", "/ws/set/kustomization.yaml", "set", ["x-web"]],
    ["a directory", "/ws/base", "base", ["migrate", "settings", "web"]],
  ])("%s", async (_, path, title, names) => {
    const editor = await openEditor(workspace);
    const plan = await editor.ask<SyncPlan>(syncPlanFeature, { kind: "source", path }, { uri: path });
    expect(plan.title).toBe(title);
    expect(plan.tasks.map(({ name }) => name)).toEqual(names);
    expect(plan.tasks.every(({ status }) => status === undefined)).toBe(true);
  });

  test("nothing for another file", async () => {
    const editor = await openEditor(workspace);
    expect(await editor.ask(syncPlanFeature, { kind: "source", path: "/ws/base/web.yaml" }, { uri: "x" })).toBeNull();
  });
});

function planOf(editor: Editor, application: PlannedApplication): Promise<SyncPlan | null> {
  return editor.ask(syncPlanFeature, { kind: "source", path: "/ws" }, { application });
}

function words({ phase, wave, kind, name, isHook, isPrune, status, deletePolicies }: SyncPlanTask): string {
  const marks = [isHook ? `hook (${deletePolicies.join()})` : "", isPrune ? "prune" : "", status];
  return [`${phase} ${wave} ${kind}/${name}`, ...marks].filter(Boolean).join(" ");
}
