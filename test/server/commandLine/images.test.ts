import { beforeAll, describe, expect, test } from "vitest";
import { runImagesCommand } from "../../../server/src/commandLine/imagesCommand";
import { formatTable } from "../../../server/src/commandLine/imagesTable";
import { nodeClock } from "../../../server/src/platform/node/nodeClock";
import { nodeSyncFileSystem } from "../../../server/src/platform/node/nodeSyncFileSystem";
import type { Registry } from "../../../server/src/registry/registry";
import type { StageCell, StagedImage } from "../../../server/src/release/stageMatrix";
import { buildCommand, bumpRepository, digestA } from "../../support/bumpRepository";
import { temporaryFolder } from "../../support/temporaryFolder";

const image = "registry.example/team/app";
const place = { file: { path: "/k.yaml", text: "" }, start: 0, end: 0 };
const cell = (...versions: readonly { readonly tag?: string; readonly digest?: string }[]): StageCell => {
  return { count: versions.length, versions: versions.map((each) => ({ ...each, place })) };
};

describe("a table of images", () => {
  const stages = ["dev", "stage", "prod"].map((name) => ({ name, root: `/${name}` }));
  const rows: readonly StagedImage[] = [
    { image, drifts: true, cells: [cell({ tag: "2.0" }), undefined, cell({ tag: "1.0", digest: digestA })] },
    { image: "nginx", drifts: false, cells: [cell({}), cell({}), cell({})] },
  ];

  test("has a column for each stage where they fit", () => {
    const expected = `IMAGE                      DEV             STAGE           PROD
registry.example/team/app  2.0             -               1.0@aaaaaaaaaaaa  drift
nginx                      latest, unsaid  latest, unsaid  latest, unsaid
`;
    expect(formatTable({ stages, images: rows }, undefined)).toBe(expected);
    expect(formatTable({ stages, images: rows }, undefined, 82)).toBe(expected);
  });

  test("has a line for each stage in a narrow terminal", () => {
    const newest = new Map([[image, { tag: "2.1" }]]);
    expect(formatTable({ title: "shop", stages, images: rows.slice(0, 1) }, newest, 40)).toBe(`shop
registry.example/team/app  drift
  DEV       2.0
  PROD      1.0@aaaaaaaaaaaa
  REGISTRY  2.1
`);
  });

  test("does not say of a stage that it lacks what cannot be seen", () => {
    const odd = [
      { name: "dev", root: "/dev", problem: "It is broken." },
      { name: "prod", root: "/prod", unseen: "A chart." },
    ];
    const images: readonly StagedImage[] = [{ image, drifts: false, cells: [undefined, undefined] }];
    expect(formatTable({ stages: odd, images }, undefined)).toBe(`IMAGE                      DEV  PROD
registry.example/team/app  ?    ?
Not built: dev
`);
    expect(formatTable({ stages: odd, images: [] }, undefined)).toBe("Not built: dev\n");
  });
});

test("of a registry with more tags than are read, it says so beside the newest of them", async () => {
  const { root } = bumpRepository(image);
  const [told, troubles] = [[], []] as [string[], string[]];
  const registry = { tags: async () => ({ tags: ["1.0", "2.0"], complete: false }) } as Partial<Registry> as Registry;
  const code = await runImagesCommand(["--registry", "--format", "json"], {
    workingDirectory: root,
    syncFileSystem: nodeSyncFileSystem,
    clock: nodeClock,
    toPath: (written) => written,
    print: (text) => void told.push(text),
    printError: (text) => void troubles.push(text),
    connect: async () => registry,
    gitWork: () => expect.unreachable(),
    replaceFile: () => expect.unreachable(),
    signal: new AbortController().signal,
  });
  const note = "The registry has more tags than were read; a newer one may be among those.";
  expect([code, troubles]).toEqual([0, [`registry.example/proxy, ${image}: ${note}\n`]]);
  expect(JSON.parse(told.join("")).groups[0].images[1].registry).toEqual({ tag: "2.0", note });
});

describe("the command", () => {
  let run: ReturnType<typeof buildCommand>;
  beforeAll(() => {
    run = buildCommand("images");
  });

  test("shows the stages in their order", async () => {
    const { root } = bumpRepository(image);
    const { code, out, err } = await run(root, "images");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`IMAGE                      DEV            STAGE  PROD
registry.example/proxy     4              4      4
registry.example/team/app  @aaaaaaaaaaaa  1.0    1     drift
`);
  });

  test("--format json names places; an overlay that does not build has no cells", async () => {
    const repository = bumpRepository(image);
    repository.write({ "config/overlays/prod/kustomization.yaml": "resources:\n- ../../base\n- gone.yaml\n" });
    const { code, out, err } = await run(repository.root, "images", "config", "--format", "json");
    expect(code).toBe(1);
    expect(err).toContain("config/overlays/prod: `prod` does not build as it is: There is no file `gone.yaml`.");
    const { version, groups } = JSON.parse(out);
    expect([version, groups.length, groups[0].path]).toEqual([1, 1, "config/overlays"]);
    const { stages, images } = groups[0];
    expect(stages.map(({ name }: { name: string }) => name)).toEqual(["dev", "stage", "prod"]);
    expect(stages[2]).toMatchObject({ root: "config/overlays/prod", problem: expect.stringContaining("gone.yaml") });
    expect(images[1]).toMatchObject({
      image,
      drifts: true,
      cells: [
        { stage: "dev" },
        { versions: [{ tag: "1.0", file: "config/overlays/stage/kustomization.yaml", line: 6, column: 3 }] },
        null,
      ],
    });
  });

  test("keeps applications and repositories apart, and takes in overlays of remote bases", async () => {
    const overlay = (tag: string): string => `resources: [../../base]\nimages: [{name: app, newTag: "${tag}"}]\n`;
    const files: Record<string, string> = {};
    for (const name of ["cart", "shop"]) {
      files[`${name}/base/kustomization.yaml`] = "resources: [pod.yaml]\n";
      files[`${name}/base/pod.yaml`] =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: app}]}\n";
      for (const stage of ["dev", "prod"])
        files[`${name}/overlays/${stage}/kustomization.yaml`] = overlay(name === "cart" ? "1" : "2");
    }
    files["far/dev/kustomization.yaml"] =
      "resources: ['https://github.com/team/config//base?ref=v1']\nimages: [{name: app, newTag: v3}]\n";
    const { code, out, err } = await run(temporaryFolder(files), "images");
    expect([code, out]).toEqual([
      0,
      `cart/overlays
IMAGE  DEV  PROD
app    1    1

far
IMAGE  DEV
app    v3

shop/overlays
IMAGE  DEV  PROD
app    2    2
`,
    ]);
    expect(err).toContain("far/dev: `https://github.com/team/config//base?ref=v1` is remote");
  });

  test("takes sixty overlays", async () => {
    const names = Array.from({ length: 60 }, (_, i) => `cluster-${i}`);
    const files = names.map((name, i) => [
      `overlays/${name}/kustomization.yaml`,
      `resources: [../../base]\nimages: [{name: app, newTag: "${i}"}]\n`,
    ]);
    const folder = temporaryFolder({
      ...Object.fromEntries(files),
      "base/kustomization.yaml": "resources: [pod.yaml]\n",
      "base/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: app}]}\n",
    });
    const { code, out } = await run(folder, "images", "--format", "json");
    expect([code, JSON.parse(out).groups[0].images[0].cells.length]).toEqual([0, 60]);
  });

  test.each([
    [{}, "There are no overlays here: no kustomization includes another one.\n"],
    [
      { "k/kustomization.yaml": "resources: []\n" },
      "There are no overlays here: no kustomization includes another one.\n",
    ],
    [
      { "dev/kustomization.yaml": "resources: [../base]\n", "base/kustomization.yaml": "namePrefix: a\n" },
      "The overlays render no images.\n",
    ],
  ])("says so when there is nothing to show: %j", async (files, words) => {
    const { code, out, err } = await run(temporaryFolder(files), "images");
    expect([code, out, err]).toEqual([0, words, ""]);
  });

  test.each([
    [["images", "gone"], "There is no directory 'gone'."],
    [["images", "a", "b"], "It takes one PATH."],
    [["bump", "."], "Say which image to change: '--image NAME'."],
  ])("%j is a mistake of the command line, told without a stack", async (words, message) => {
    const { code, out, err } = await run(temporaryFolder({}), ...words);
    expect([code, out, err]).toEqual([2, "", `gitops-author: ${message}\nTry 'gitops-author ${words[0]} --help'.\n`]);
  });
});
