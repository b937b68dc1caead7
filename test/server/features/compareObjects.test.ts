import { describe, expect, test } from "vitest";
import { compareObjectsFeature } from "../../../server/src/features/compareObjects";
import { renderedObjectsFeature } from "../../../server/src/features/renderedObjects";
import type { ComparedObject } from "../../../server/src/protocol/compareObjects";
import type { RenderedObjects } from "../../../server/src/protocol/renderedObjects";
import { type Editor, openEditor } from "../../support/editor";

const workspace = `#- .git/HEAD
ref: refs/heads/main
#- .git/config
[remote "origin"]
	url = https://example.com/shop.git
#- base/kustomization.yaml
resources:
- web.yaml
#- base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: web:1
        env:
        - name: GREETING
          value: hello
#- dev/kustomization.yaml
namespace: shop
resources:
- ../base
images:
- name: web
  newTag: "2"
#- broken/kustomization.yaml
resources:
- missing.yaml
`;

test("renders a kustomization, and that of an Application's source", async () => {
  const editor = await openEditor(workspace);
  const [build] = (await render(editor, "/ws/dev")).builds;
  expect(build).toMatchObject({ label: "dev", complete: true, problems: [], subject: { root: "file:///ws/dev" } });
  const [object] = build?.objects ?? [];
  expect(JSON.parse(object?.json ?? "{}")).toMatchObject({ kind: "Deployment", metadata: { namespace: "shop" } });
  expect(object?.source).toMatchObject({ uri: "file:///ws/base/web.yaml", range: { start: { line: 0 } } });

  const sources = [
    { repoURL: "git@example.com:shop", path: "dev", targetRevision: "HEAD" },
    { repoURL: "https://example.com/shop.git", path: "dev", targetRevision: "v1" },
    { repoURL: "https://example.com/elsewhere.git", path: "dev" },
    { repoURL: "https://example.com/charts", chart: "redis" },
    { repoURL: "https://example.com/shop.git", path: "." },
  ];
  const found = await editor.ask<RenderedObjects>(renderedObjectsFeature, { kind: "source", path: "/" }, { sources });
  expect(found.builds.map(({ label, notes }) => [label, ...notes])).toEqual([
    ["dev"],
    ["dev", "'dev' is taken from 'v1', but 'main' is checked out. This shows the files at hand."],
    [".", "'.' holds no manifest."],
  ]);
  expect(found.notRendered).toEqual([
    "The repository https://example.com/elsewhere.git is not in this workspace; open its work tree to see its part.",
    "The chart 'redis' of https://example.com/charts is not rendered here.",
  ]);
});

test("says why a build is not complete", async () => {
  const [build] = (await render(await openEditor(workspace), "/ws/broken")).builds;
  expect(build?.complete).toBe(false);
  expect(build?.problems).toEqual([expect.stringMatching(/missing\.yaml.*\(broken\/kustomization\.yaml, line 2\)$/)]);
});

test("leads from each line that differs to the source that gives its value", async () => {
  const editor = await openEditor(workspace);
  const written = JSON.parse((await render(editor, "/ws/dev")).builds[0]?.objects[0]?.json ?? "{}");
  const live = structuredClone(written);
  live.spec.template.spec.containers[0].image = "web:1";
  live.spec.template.spec.containers[0].env[0].value = "bye";
  live.spec.template.spec.containers.unshift({ name: "proxy", image: "proxy:1" });
  const predicted = structuredClone(live);
  predicted.spec.template.spec.containers[1] = written.spec.template.spec.containers[0];

  const pairs = [
    { subject: 0, written, live, predicted },
    { subject: 0, written },
    { subject: 0, written, live: written, predicted: written },
    { live: { kind: "ConfigMap", metadata: { name: "old", uid: "1" } } },
  ];
  const compared = await editor.ask<readonly ComparedObject[]>(
    compareObjectsFeature,
    { kind: "source", path: "/ws/dev" },
    { pairs, subjects: [{ root: "file:///ws/dev" }] },
  );
  expect(compared.map(({ state }) => state)).toEqual(["different", "onlyFiles", "same", "onlyCluster"]);
  const [changed, missing, , extra] = compared;
  expect(extra?.live).toBe("kind: ConfigMap\nmetadata:\n  name: old\n");
  expect(missing?.desired).toContain("image: web:2");

  const lines = changed?.desired.split("\n") ?? [];
  const differing = (changed?.sources ?? []).filter(({ differs }) => differs);
  expect(differing.map(({ line, source }) => [lines[line]?.trim(), source?.uri, source?.range.start.line])).toEqual([
    ["value: hello", "file:///ws/base/web.yaml", 12],
    ["image: web:2", "file:///ws/dev/kustomization.yaml", 4],
  ]);
});

test("builds with the flags of Argo CD where they lift the restrictions or keep the order", async () => {
  const free = `${workspace}#- free/kustomization.yaml
resources:
- ../base/web.yaml
- space.yaml
#- free/space.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
`;
  const editor = await openEditor(free);
  const kindsOf = async (path: string, buildOptions: string | undefined): Promise<unknown> => {
    const sources = [{ repoURL: "https://example.com/shop.git", path }];
    const parameters = { sources, application: { name: "web", buildOptions } };
    const document = { kind: "source", path: "/" } as const;
    const [build] = (await editor.ask<RenderedObjects>(renderedObjectsFeature, document, parameters)).builds;
    return build?.complete === true && build.objects.map(({ json }) => JSON.parse(json).kind);
  };
  expect(await kindsOf("free", undefined)).toBe(false);
  expect(await kindsOf("free", "--enable-helm --load-restrictor LoadRestrictionsNone")).toEqual([
    "Namespace",
    "Deployment",
  ]);
  const unsorted = "--load-restrictor=LoadRestrictionsNone --reorder none";
  expect(await kindsOf("free", unsorted)).toEqual(["Deployment", "Namespace"]);
});

describe("what an Application sets itself", () => {
  const application = `#- apps/web.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web-dev
  namespace: argocd
spec:
  source:
    repoURL: https://example.com/shop.git
    path: dev
    kustomize:
      images:
      - web:3
`;
  const override = `#- dev/.argocd-source-argocd_web-dev.yaml
kustomize:
  images:
  - web:4
`;

  const at = (path: string, line: number): object => ({
    source: { uri: `file:///ws/${path}`, range: { start: { line } } },
  });

  test.each<[string, string, string[], string, object]>([
    ["is shown where a file of the workspace says it", application, ["web:3"], "web:3", at("apps/web.yaml", 11)],
    [
      "in the cluster alone is said so",
      application,
      ["web:5"],
      "web:5",
      { setBy: expect.stringMatching(/^The Application 'web-dev' sets this in the cluster/) },
    ],
    [
      "gives way to the file that an image updater writes",
      application + override,
      ["web:3"],
      "web:4",
      at("dev/.argocd-source-argocd_web-dev.yaml", 2),
    ],
  ])("%s", async (_, files, images, image, expected) => {
    const editor = await openEditor(workspace + files);
    const subject = {
      source: { repoURL: "https://example.com/shop.git", path: "dev", kustomize: { images } },
      application: { name: "web-dev", home: "argocd", instanceName: "argocd_web-dev" },
    };
    const document = { kind: "source", path: "/" } as const;
    const { builds } = await editor.ask<RenderedObjects>(renderedObjectsFeature, document, {
      sources: [subject.source],
      application: subject.application,
    });
    expect(builds).toMatchObject([{ complete: true, notes: [], subject }]);
    const written = JSON.parse(builds[0]?.objects[0]?.json ?? "{}");
    const live = structuredClone(written);
    live.spec.template.spec.containers[0].image = "web:2";
    const [compared] = await editor.ask<readonly ComparedObject[]>(compareObjectsFeature, document, {
      subjects: [subject],
      pairs: [{ subject: 0, written, live, predicted: written }],
    });
    const found = compared?.sources.find(({ differs }) => differs);
    expect(compared?.desired.split("\n")[found?.line ?? -1]?.trim()).toBe(`image: ${image}`);
    expect(found).toMatchObject(expected);
  });
});

async function render(editor: Editor, root: string): Promise<RenderedObjects> {
  return await editor.ask<RenderedObjects>(
    renderedObjectsFeature,
    { kind: "source", path: root },
    { root: `file://${root}` },
  );
}
