import { expect, test } from "vitest";
import type { CodeLens } from "vscode-languageserver-types";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { bumpFeature } from "../../../server/src/features/bump";
import { bumpWrittenFeature, imageAtFeature } from "../../../server/src/features/bumpWritten";
import { codeLensFeature } from "../../../server/src/features/codeLens";
import { hoverFeature } from "../../../server/src/features/hover";
import type { BumpAnswer, WrittenTarget } from "../../../server/src/protocol/bump";
import { type Registry, RegistryError } from "../../../server/src/registry/registry";
import { inFolder } from "../../support/checkFix";
import { openEditor } from "../../support/editor";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const registry = `#- registry:quay.io/team/web
tags: ["1.0", "1.1", "1.2", latest]
missing: ["1.9"]
digests:
  latest: ${digest("b")}
`;

const base = (image: string): string => `#- base/kustomization.yaml
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
        image: ${image} # ours
`;

const overlay = (stage: string, ...lines: readonly string[]): string =>
  `#- overlays/${stage}/kustomization.yaml\nresources: [../../base]\n${lines.map((line) => `${line}\n`).join("")}`;

const entry = (name: string, ...lines: readonly string[]): readonly string[] => [
  "images:",
  `- name: ${name}`,
  ...lines.map((line) => `  ${line}`),
];

async function lenses(text: string, file: string): Promise<readonly (readonly [number, string, unknown])[]> {
  const editor = await openEditor(text);
  const found = await editor.ask<readonly CodeLens[]>(codeLensFeature, { kind: "source", path: inFolder(file) });
  return found.map(({ range, command }) => [range.start.line, command?.title ?? "", command?.arguments?.[0]]);
}

const titles = async (text: string, file: string): Promise<readonly string[]> =>
  (await lenses(text, file)).map(([line, title]) => `${line} ${title}`);

test("a manifest that is applied by itself has a lens where there is something to be done, and none else", async () => {
  const task = (image: string): string =>
    `#- task.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: build}\nspec:\n  steps:\n  - name: build\n    image: ${image}\n  sidecars:\n  - name: db\n    image: quay.io/team/web@${digest("a")}\n`;
  expect(await titles(task("quay.io/team/web:1.0") + registry, "task.yaml")).toEqual([
    "6 2 versions behind 1.2 · Update…",
    "9 digest behind tag latest · Update",
  ]);
  expect(await titles(task("quay.io/team/web:1.9") + registry, "task.yaml")).toEqual([
    "6 tag not in the registry · Choose…",
    "9 digest behind tag latest · Update",
  ]);
  expect(await titles(task("quay.io/team/web:1.2") + registry, "task.yaml")).toEqual([
    "9 digest behind tag latest · Update",
  ]);
  expect(await titles(task("$(params.image)"), "task.yaml")).toEqual([]);
});

test("CronJobs, custom resources and patches have lenses; what is no image has none", async () => {
  const files = `#- job.yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec:
  jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: "quay.io/team/web:1.1"}]}}}}
---
apiVersion: example.com/v1
kind: Shop
metadata: {name: b}
spec:
  image: quay.io/team/web:1.0
  logo: {image: web}
`;
  expect(await titles(files + registry, "job.yaml")).toEqual([
    "4 1 version behind 1.2 · Update…",
    "10 2 versions behind 1.2 · Update…",
  ]);
});

test("above an image about which overlays decide, the lens names them and leads there", async () => {
  const files = `${base("quay.io/team/web:1.0")}${overlay("dev", ...entry("quay.io/team/web", 'newTag: "1.1"'))}${overlay("prod", ...entry("quay.io/team/web", "newName: quay.io/team/web:1.2"))}${registry}`;
  expect(await lenses(files, "base/web.yaml")).toEqual([
    [
      8,
      "set by overlays/dev and overlays/prod · Bump there…",
      {
        image: "quay.io/team/web",
        roots: [
          { root: "file:///ws/overlays/dev", label: "overlays/dev" },
          { root: "file:///ws/overlays/prod", label: "overlays/prod" },
        ],
      },
    ],
  ]);
});

test("overlays that nobody looks at, since there are so many, are counted where the others are named", async () => {
  const names = Array.from({ length: 14 }, (_, i) => `at${10 + i}`);
  const all = names.map((name) => overlay(name, ...entry("quay.io/team/web", 'newTag: "1.1"'))).join("");
  const [lens] = await lenses(base("quay.io/team/web:1.0") + all + registry, "base/web.yaml");
  expect(lens?.[1]).toBe("set by overlays/at10, overlays/at11 and 10 more (2 more not looked at) · Bump there…");
  expect(lens?.[2]).toMatchObject({ unasked: 2 });
  const hover = await hoverOnBase("quay.io/team/web:1.0", all);
  expect(hover).toContain("- and 6 more\n- 2 more overlays were not looked at");
});

test("an image that one overlay still takes from the base is compared as that overlay renders it", async () => {
  const files = `${base("web:1.0")}${overlay("dev", ...entry("web", "newName: quay.io/team/web"))}${overlay("prod", ...entry("web", "newName: quay.io/team/web", 'newTag: "1.2"'))}${registry}`;
  const [lens] = await lenses(files, "base/web.yaml");
  expect(lens?.slice(0, 2)).toEqual([8, "2 versions behind 1.2 · Update…"]);
  expect(lens?.[2]).toMatchObject({ image: "quay.io/team/web", now: { tag: "1.0" } });
});

test("an entry that a base has for its overlays says who decides", async () => {
  const withEntry = base("quay.io/team/web").replace(
    "resources: [web.yaml]\n",
    "resources: [web.yaml]\nimages:\n- name: quay.io/team/web\n  newTag: '1.0'\n",
  );
  const own = overlay("dev", ...entry("quay.io/team/web", 'newTag: "1.2"'));
  expect(await titles(withEntry + own + registry, "base/kustomization.yaml")).toEqual([
    "2 set by overlays/dev · Bump there…",
  ]);
  expect(await titles(withEntry + own + overlay("prod") + registry, "base/kustomization.yaml")).toEqual([
    "2 2 versions behind 1.2 · Update…",
  ]);
});

test("entries are compared in every spelling, by what they render", async () => {
  const spellings: readonly (readonly [string, string])[] = [
    [`images:\n- {name: quay.io/team/web, newTag: "1.0"}`, "2 versions behind 1.2 · Update…"],
    [`images: [{newTag: '1.0', name: quay.io/team/web}]`, "2 versions behind 1.2 · Update…"],
    [`imageTags:\n- name: quay.io/team/web\n  newTag: "1.0"`, "2 versions behind 1.2 · Update…"],
    [`images:\n- name: web\n  newName: quay.io/team/web:1.1`, "1 version behind 1.2 · Update…"],
    [`images:\n- name: other\n  newName: quay.io/team/web`, "2 versions behind 1.2 · Update…"],
    [
      `x: &t "1.1"\nimages:\n- name: quay.io/team/web\n  newTag: *t`
        .replace("x: ", "commonLabels: {a: ")
        .replace('"1.1"\n', '"1.1"}\n'),
      "1 version behind 1.2 · Update…",
    ],
    [`images:\n- name: quay.io/team/web\n  newTag: "1.1@${digest("b")}"`, "1 version behind 1.2 · Update…"],
    [`images:\n- name: quay.io/team/web\n  digest: ${digest("a")}`, "digest behind tag latest · Update"],
  ];
  for (const [spelling, title] of spellings) {
    // A tag in `newName` comes before the one that is there, which makes two.
    const named = /name: (web|other)\n/.exec(spelling)?.[1] ?? "quay.io/team/web";
    const written = named === "web" ? named : `${named}:1.0`;
    const files = base(written) + overlay("dev", spelling) + registry;
    const [found] = await lenses(files, "overlays/dev/kustomization.yaml");
    expect([spelling, found?.[1]]).toEqual([spelling, title]);
  }
});

test("in patches, of a file or inline, the image is compared where it stands", async () => {
  const patch =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: quay.io/team/web:1.1}]}}}\n";
  const files = base("quay.io/team/web:1.0") + overlay("dev", "patches:", "- path: p.yaml");
  expect(await titles(`${files}#- overlays/dev/p.yaml\n${patch}${registry}`, "overlays/dev/p.yaml")).toEqual([
    "3 1 version behind 1.2 · Update…",
  ]);
  const inline = overlay(
    "dev",
    "patches:",
    "- target: {kind: Deployment}",
    "  patch: |-",
    "    - op: replace",
    "      path: /spec/template/spec/containers/0/image",
    "      value: quay.io/team/web:1.0",
  );
  const all = base("quay.io/team/web:1.1") + inline + registry;
  expect(await titles(all, "overlays/dev/kustomization.yaml")).toEqual(["6 2 versions behind 1.2 · Update…"]);
  expect(await titles(all, "base/web.yaml")).toEqual(["8 set by overlays/dev · Bump there…"]);
});

test("of a tag that compares with no other, nothing is claimed", async () => {
  const entryOf = (tag: string) => overlay("dev", ...entry("quay.io/team/web", `newTag: ${tag}`));
  const files = (tag: string) => base("quay.io/team/web:1.0") + entryOf(tag) + registry;
  expect(await titles(files("latest"), "overlays/dev/kustomization.yaml")).toEqual(["2 Bump…"]);
  expect(await titles(files("main"), "overlays/dev/kustomization.yaml")).toEqual(["2 Bump…"]);
  expect(await titles(files('"1.2"'), "overlays/dev/kustomization.yaml")).toEqual(["2 up to date · Bump…"]);
});

test("a file with very many images keeps to what is to be done", async () => {
  const pods = (tag: (i: number) => string): string =>
    `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${Array.from({ length: 200 }, (_, i) => `  - {name: c${i}, image: "quay.io/team/web:${tag(i)}"}\n`).join("")}`;
  expect(await titles(pods(() => "1.2") + registry, "a.yaml")).toEqual([]);
  expect(await titles(pods((i) => (i === 150 ? "1.0" : "1.2")) + registry, "a.yaml")).toHaveLength(1);
  expect(await titles(pods(() => "1.0") + registry, "a.yaml")).toHaveLength(100);
});

/** Plans what the lens above the only image offers. */
async function bumpWritten(text: string, file: string, wish: object): Promise<BumpAnswer> {
  const [lens] = await lenses(text, file);
  if (lens === undefined) throw new Error("There is no lens.");
  const { at, image } = lens[2] as WrittenTarget;
  const editor = await openEditor(text);
  const document = { kind: "source", path: inFolder(file) } as const;
  const parameters = { uri: at.uri, position: at.range.start, wish: { image, ...wish } };
  return editor.ask<BumpAnswer>(bumpWrittenFeature, document, parameters);
}

test("a bump of a written image changes its letters alone, and says which overlays follow", async () => {
  const files = `${base('"quay.io/team/web:1.0"')}${overlay("dev")}${overlay("prod", ...entry("quay.io/team/web", 'newTag: "1.1"'))}${registry}`;
  const plan = await bumpWritten(files, "base/web.yaml", { tag: "1.2" });
  if (plan.kind !== "planned") throw new Error(plan.message);
  expect(plan.files.map(({ after }) => after.split("\n").at(-2))).toEqual([
    '        image: "quay.io/team/web:1.2" # ours',
  ]);
  expect(plan.images).toEqual([
    { object: "Deployment web in overlays/dev", before: "quay.io/team/web:1.0", after: "quay.io/team/web:1.2" },
  ]);
  expect(plan.notes).toEqual(["`overlays/prod` renders the same as before."]);
});

test("a manifest by itself is bumped, pinned and unpinned", async () => {
  const pod = (image: string): string =>
    `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: ${image}}\n${registry}`;
  const after = async (image: string, wish: object): Promise<string | undefined> => {
    const plan = await bumpWritten(pod(image), "a.yaml", wish);
    return plan.kind === "planned" ? plan.images[0]?.after : plan.message;
  };
  expect(await after("quay.io/team/web:1.0", { tag: "1.1" })).toBe("quay.io/team/web:1.1");
  expect(await after("quay.io/team/web:1.0", { tag: "1.0", digest: digest("c"), form: "digest" })).toBe(
    `quay.io/team/web@${digest("c")}`,
  );
  expect(await after(`quay.io/team/web@${digest("a")}`, { tag: "1.1", form: "tag" })).toBe("quay.io/team/web:1.1");
  expect(await after(`quay.io/team/web:1.0@${digest("a")}`, { tag: "1.1", digest: digest("c") })).toBe(
    `quay.io/team/web:1.1@${digest("c")}`,
  );
  expect(await after(`quay.io/team/web@${digest("a")}`, { tag: "1.1" })).toContain("The digest of the tag is needed");
  expect(await after("quay.io/team/web:1.0", { tag: "1 1" })).toContain("cannot be a tag");
});

test("a bump of a base says what becomes of the overlays above it", async () => {
  const text = `${base("quay.io/team/web:1.0").replace("resources: [web.yaml]\n", "resources: [web.yaml]\nimages: [{name: quay.io/team/web, newTag: '1.0'}]\n")}${overlay("dev")}${overlay("prod", ...entry("quay.io/team/web", 'newTag: "1.1"'))}`;
  const editor = await openEditor(text);
  const root = inFolder("base");
  const wishes = [{ image: "quay.io/team/web", tag: "1.2" }];
  const plan = await editor.ask<BumpAnswer>(bumpFeature, { kind: "source", path: root }, { root, wishes });
  expect(plan).toMatchObject({
    kind: "planned",
    followers: [{ object: "Deployment web in overlays/dev", after: "quay.io/team/web:1.2" }],
    notes: ["`overlays/prod` renders the same as before."],
  });
});

test("a command at the cursor is about the image of the line, or about the overlays that decide about it", async () => {
  const at = async (text: string): Promise<unknown> => {
    const editor = await openEditor(text);
    return editor.askAtCursor(imageAtFeature, { uri: `file://${editor.fixture.cursor?.path}` });
  };
  const pod =
    "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: <|>a\n    image: quay.io/team/web:1.0\n";
  expect(await at(pod)).toBeNull();
  expect(await at(pod.replace("<|>", "").replace("image:", "im<|>age:"))).toMatchObject({
    image: "quay.io/team/web",
    now: { tag: "1.0" },
  });
  const dev = overlay("dev", ...entry("quay.io/team/web", 'newTag: "1.1"'));
  expect(await at(base("quay.io/team/w<|>eb:1.0") + dev)).toEqual({
    roots: [{ root: "file:///ws/overlays/dev", label: "overlays/dev" }],
    image: "quay.io/team/web",
  });
});

/** The hover on the image of the base. */
async function hoverOnBase(image: string, ...overlays: readonly string[]): Promise<string> {
  const editor = await openEditor(`${base(image.replace("web:", "w<|>eb:"))}${overlays.join("")}${registry}`);
  const hover = await editor.askAtCursor<{ readonly contents: { readonly value: string } }>(hoverFeature);
  return hover.contents.value;
}

test("a hover on an image that overlays replace says what they render, and nothing of what is not used", async () => {
  const dev = overlay("dev", ...entry("quay.io/team/web", 'newTag: "1.1"'));
  const prod = overlay("prod", ...entry("quay.io/team/web", `digest: ${digest("a")}`));
  const overruled = await hoverOnBase("quay.io/team/web:1.9", dev, prod);
  expect(overruled).toMatch(
    /^The version is set elsewhere:\n\n- `overlays\/dev` renders `quay.io\/team\/web:1.1`\n- `overlays\/prod` renders `quay.io\/team\/web@sha256:aaaaaaaaaaaa…`\n/,
  );
  expect(overruled).not.toContain("1.9");
  const used = await hoverOnBase("quay.io/team/web:1.9", overlay("test"));
  expect(used).toMatch(/^\*\*`quay.io\/team\/web`\*\* `1.9`\n\nThe registry has no tag `1.9`\./);
});

test("a hover waits for what the registry says, where the person lets it be asked", async () => {
  let isAnswered = false;
  const details = async (): Promise<never> => {
    await new Promise((next) => setImmediate(next));
    isAnswered = true;
    throw new RegistryError("unreachable", "quay.io cannot be reached.");
  };
  const asked = { details } as Partial<Registry> as Registry;
  const hoverWith = async (registryLookup: boolean): Promise<string> => {
    const settings = { ...defaultSettings, registryLookup };
    const editor = await openEditor(base("quay.io/team/w<|>eb:2.0"), { registry: asked, settings });
    const hover = await editor.askAtCursor<{ readonly contents: { readonly value: string } } | null>(hoverFeature);
    return hover?.contents.value ?? "";
  };
  expect(await hoverWith(false)).not.toContain("cannot be reached");
  expect(isAnswered).toBe(false);
  expect(await hoverWith(true)).toContain("The registry gave no answer. quay.io cannot be reached.");
});
