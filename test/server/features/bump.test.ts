import { expect, test } from "vitest";
import { bumpFeature, promoteFeature } from "../../../server/src/features/bump";
import {
  imageTagsFeature,
  imageUpdatesFeature,
  overlayImagesFeature,
} from "../../../server/src/features/overlayImages";
import { stageMatrixFeature } from "../../../server/src/features/stageMatrix";
import type { BumpAnswer, ImageTags, ImageUpdates, OverlayImages } from "../../../server/src/protocol/bump";
import type { StageGroupTable, StageTable } from "../../../server/src/protocol/stageMatrix";
import { inFolder } from "../../support/checkFix";
import { openEditor } from "../../support/editor";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const overlay = (stage: string, ...lines: readonly string[]): string =>
  `#- overlays/${stage}/kustomization.yaml\nresources: [../../base]\nimages:\n- name: quay.io/team/web # ours\n${lines.map((line) => `  ${line}\n`).join("")}`;

const files = `#- base/kustomization.yaml
resources: [web.yaml]
#- base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: web
        image: quay.io/team/web
${overlay("dev", 'newTag: "1.1"')}${overlay("prod", 'newTag: "1.0" # tried out for long')}`;

async function ask<T>(
  feature: Parameters<Awaited<ReturnType<typeof openEditor>>["ask"]>[0],
  stage: string,
  parameters: object,
  text = files,
) {
  const editor = await openEditor(text);
  const root = inFolder(`overlays/${stage}`);
  return editor.ask<T>(feature, { kind: "source", path: root }, { root: `file://${root}`, ...parameters });
}

test("the images of an overlay are those that it renders", async () => {
  expect(await ask<OverlayImages>(overlayImagesFeature, "dev", {})).toEqual({
    images: [{ image: "quay.io/team/web", tag: "1.1", digest: undefined, differs: false, objects: ["Deployment web"] }],
  });
});

test("of an overlay of a remote base those are offered that its entries name, and bumped", async () => {
  const remote = `#- overlays/far/kustomization.yaml
resources: ["https://github.com/team/config//base?ref=v1"]
images: [{name: quay.io/team/far, newTag: "1.0"}]
`;
  const { images } = await ask<OverlayImages>(overlayImagesFeature, "far", {}, files + remote);
  expect(images.map(({ image, tag }) => [image, tag])).toEqual([["quay.io/team/far", "1.0"]]);
  const wishes = [{ image: "quay.io/team/far", tag: "1.1" }];
  expect(await ask<BumpAnswer>(bumpFeature, "far", { wishes }, files + remote)).toMatchObject({
    kind: "planned",
    images: [{ before: "quay.io/team/far:1.0", after: "quay.io/team/far:1.1" }],
    notes: [expect.stringContaining("was not checked")],
  });
});

test("a plan holds the edit of one scalar, and what is rendered before and after", async () => {
  const plan = await ask<BumpAnswer>(bumpFeature, "prod", { wishes: [{ image: "quay.io/team/web", tag: "1.2" }] });
  if (plan.kind !== "planned") throw new Error(plan.message);
  expect(plan.edits.changes).toHaveLength(1);
  expect(plan.files.map(({ label, after }) => [label, after])).toEqual([
    [
      "overlays/prod/kustomization.yaml",
      'resources: [../../base]\nimages:\n- name: quay.io/team/web # ours\n  newTag: "1.2" # tried out for long\n',
    ],
  ]);
  expect(plan.images).toEqual([
    { object: "Deployment web", before: "quay.io/team/web:1.0", after: "quay.io/team/web:1.2" },
  ]);
});

test("an Application that says the image itself is named, since it has the last word", async () => {
  const git =
    '#- .git/HEAD\nref: refs/heads/main\n#- .git/config\n[remote "origin"]\n\turl = https://example.com/book.git\n';
  const application = (name: string, image: string): string => `#- argocd/${name}.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  source:
    repoURL: https://example.com/book.git
    path: overlays/prod
    kustomize: {images: ["${image}"]}
`;
  const text =
    files + git + application("book-prod", "quay.io/team/web=mirror.example/web:1.0") + application("other", "app:2");
  const wishes = [{ image: "quay.io/team/web", tag: "1.2" }];
  expect(await ask<BumpAnswer>(bumpFeature, "prod", { wishes }, text)).toMatchObject({
    kind: "planned",
    notes: [expect.stringContaining("The Application `book-prod` says `quay.io/team/web=mirror.example/web:1.0`")],
  });
  expect(await ask<BumpAnswer>(bumpFeature, "dev", { wishes }, text)).toMatchObject({ kind: "planned", notes: [] });
});

test("a digest that nobody may ask for is asked of the person", async () => {
  const pinned = files.replace('newTag: "1.1"', `digest: ${digest("a")}`);
  const wishes = [{ image: "quay.io/team/web", tag: "1.2" }];
  const answer = await ask<BumpAnswer>(bumpFeature, "dev", { wishes }, pinned);
  expect(answer).toMatchObject({ kind: "refused", help: expect.stringContaining("type the tag or digest yourself") });
  const typed = [{ image: "quay.io/team/web", digest: digest("b") }];
  const plan = await ask<BumpAnswer>(bumpFeature, "dev", { wishes: typed }, pinned);
  expect(plan).toMatchObject({ kind: "planned", images: [{ after: `quay.io/team/web@${digest("b")}` }] });
});

test("where registries may not be asked, tags and updates say so and what to do", async () => {
  const tags = await ask<ImageTags>(imageTagsFeature, "dev", { image: "quay.io/team/web" });
  expect(tags).toMatchObject({ tags: [], failure: expect.stringContaining("Trust it") });
  const updates = await ask<ImageUpdates>(imageUpdatesFeature, "dev", {});
  expect(updates).toMatchObject({ updates: [], notes: [expect.stringContaining("Trust it")] });
});

test("an overlay takes over the version of another one", async () => {
  const editor = await openEditor(files);
  const from = inFolder("overlays/dev");
  const to = inFolder("overlays/prod");
  // The editor of the tests knows one document only; both URIs are read by their path.
  const plan = await editor.ask<BumpAnswer>(
    {
      ...promoteFeature,
      handle: (parameters, context) =>
        promoteFeature.handle(parameters, {
          ...context,
          fromUri: (uri) => ({ kind: "source", path: uri.replace("file://", "") }),
        }),
    },
    { kind: "source", path: to },
    { from: `file://${from}`, to: `file://${to}` },
  );
  expect(plan).toMatchObject({
    kind: "planned",
    images: [{ before: "quay.io/team/web:1.0", after: "quay.io/team/web:1.1" }],
  });
});

async function matrix(text: string): Promise<StageGroupTable> {
  const { groups } = await ask<StageTable>(stageMatrixFeature, "dev", { lookUp: false }, text);
  const [group] = groups;
  if (group === undefined) throw new Error("There is no group.");
  return group;
}

test("the matrix has the stages in their order, and says how they differ", async () => {
  const { stages, images } = await matrix(files);
  expect(stages.map(({ name, label }) => [name, label])).toEqual([
    ["dev", "overlays/dev"],
    ["prod", "overlays/prod"],
  ]);
  expect(
    images.map(({ image, registry, cells }) => [
      image,
      registry,
      cells.map((cell) => [cell?.versions[0]?.tag, cell?.words]),
    ]),
  ).toEqual([
    [
      "quay.io/team/web",
      undefined,
      [
        ["1.1", []],
        ["1.0", ["behind dev"]],
      ],
    ],
  ]);
});

test("the matrix shows what registries said and what clusters run", async () => {
  const registry = '#- registry:quay.io/team/web\ntags: ["1.0", "1.1", "1.2"]\n';
  const git =
    '#- .git/HEAD\nref: refs/heads/main\n#- .git/config\n[remote "origin"]\n\turl = https://example.com/book.git\n';
  const cluster = `#- cluster:c1
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: book-dev, namespace: argocd}
spec:
  source: {repoURL: "https://example.com/book.git", path: overlays/dev}
status:
  sync: {status: Synced}
  health: {status: Healthy}
  summary: {images: ["quay.io/team/web:1.0", "quay.io/team/other:3"]}
`;
  const { images } = await matrix(files + git + registry + cluster);
  const [row] = images;
  expect(row?.registry).toBe("1.2 is the newest of 3 tags (by version)");
  expect(row?.cells[0]).toMatchObject({
    live: [{ cluster: "c1", application: "book-dev", tag: "1.0" }],
    words: ["the cluster runs something else", "1 version behind 1.2"],
  });
  expect(row?.cells[1]?.live).toEqual([]);
});

test("an overlay that does not build is a column that says so", async () => {
  const { stages, images } = await matrix(files.replace("images:", "resources2: [\nimages:"));
  expect(stages[0]?.problem).toBeDefined();
  expect(images[0]?.cells[0]).toBeNull();
});

test("which stage is behind follows from tags, else from when the images were built", async () => {
  const words = async (dev: string, prod: string, registry = ""): Promise<readonly string[] | undefined> => {
    const text = files.replace('newTag: "1.1"', dev).replace('newTag: "1.0"', prod) + registry;
    return (await matrix(text)).images[0]?.cells[1]?.words.filter((word) => word.endsWith("dev"));
  };
  const [a, b] = [`digest: ${digest("a")}`, `digest: ${digest("b")}`];
  const built = (first: string, second: string): string =>
    `#- registry:quay.io/team/web\ndetails:\n  ${digest("a")}: {created: "${first}"}\n  ${digest("b")}: {created: "${second}"}\n`;
  expect(await words('newTag: "1.1"', 'newTag: "1.2"')).toEqual(["ahead of dev"]);
  expect(await words('newTag: "1.1"', 'newTag: "1.1"')).toEqual(["same as dev"]);
  expect(await words(a, b)).toEqual(["differs from dev"]);
  expect(await words(a, b, built("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z"))).toEqual(["behind dev"]);
  expect(await words(a, b, built("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"))).toEqual(["ahead of dev"]);
  const leads = `#- registry:quay.io/team/web\ndigests: {"1.0": "${digest("a")}"}\n`;
  expect(await words(a, 'newTag: "1.0"', leads)).toEqual(["same digest as dev"]);
  expect(await words("newTag: main", "newTag: test")).toEqual(["differs from dev"]);
});

test("each application's stages are compared among themselves", async () => {
  const app = (name: string): string =>
    files
      .replaceAll("#- ", `#- apps/${name}/`)
      .replace('newTag: "1.1"', name === "a" ? 'newTag: "1.1"' : 'newTag: "9.9"');
  const { groups } = await ask<StageTable>(stageMatrixFeature, "dev", { lookUp: false }, app("a") + app("b"));
  expect(groups.map(({ label, stages }) => [label, ...stages.map(({ name }) => name)])).toEqual([
    ["apps/a/overlays", "dev", "prod"],
    ["apps/b/overlays", "dev", "prod"],
  ]);
  expect(groups.map(({ images }) => images[0]?.cells.map((cell) => cell?.versions[0]?.tag))).toEqual([
    ["1.1", "1.0"],
    ["9.9", "1.0"],
  ]);
});

test("sixty images in six stages are a table that is made at once", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `quay.io/team/image-${i}`);
  const pod = `#- base/kustomization.yaml\nresources: [pod.yaml]\n#- base/pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${names.map((name, i) => `  - {name: c${i}, image: "${name}:1.0"}\n`).join("")}`;
  const stages = ["dev", "test", "qa", "stage", "prod-eu", "prod-us"];
  const overlays = stages.map((stage) => `#- overlays/${stage}/kustomization.yaml\nresources: [../../base]\n`).join("");
  const { images, stages: columns } = await matrix(pod + overlays);
  expect([images.length, ...columns.map(({ name }) => name)]).toEqual([60, ...stages]);
});
