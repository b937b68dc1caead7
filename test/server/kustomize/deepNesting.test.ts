import { describe, expect, test } from "vitest";
import { setValue } from "../../../server/src/yaml/edit";
import { readDocuments } from "../../../server/src/yaml/read";
import { findWritePosition } from "../../../server/src/yaml/writePosition";
import { buildTree, configMap } from "../../support/buildTree";

/** Ten thousand levels, in each form in which YAML can nest. */
const deep: readonly (readonly [string, string])[] = [
  ["brackets", `${"[".repeat(10_000)}x${"]".repeat(10_000)}`],
  ["open brackets", "[".repeat(10_000)],
  ["braces", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  ["dashes", `${"- ".repeat(10_000)}x`],
];

/** Everything that reads YAML or JSON; `deep` goes where DEEP stands. */
const entries: readonly (readonly [string, Record<string, string>])[] = [
  ["a resource", { "c.yaml": "DEEP" }],
  ["a kustomization", { "kustomization.yaml": "DEEP" }],
  ["a field of a kustomization", { "kustomization.yaml": "resources: [c.yaml]\npatches:\n  DEEP\n" }],
  ["a patch file", { "kustomization.yaml": "resources: [c.yaml]\npatches: [path: d.yaml]\n", "d.yaml": "DEEP" }],
  ["an inline patch", { "kustomization.yaml": "resources: [c.yaml]\npatches:\n- patch: |-\n    DEEP\n" }],
  [
    "an inline patch with a target",
    { "kustomization.yaml": "resources: [c.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    DEEP\n" },
  ],
  ["a strategic merge of old", { "kustomization.yaml": "resources: [c.yaml]\npatchesStrategicMerge:\n- |-\n  DEEP\n" }],
  [
    "structured text that a replacement changes",
    {
      "kustomization.yaml":
        "resources: [c.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: c}\n  targets:\n  - select: {name: c}\n    fieldPaths: [data.j.a]\n",
      "c.yaml": configMap("c", "data:\n  j: |-\n    DEEP\n"),
    },
  ],
  [
    "a file of replacements",
    { "kustomization.yaml": "resources: [c.yaml]\nreplacements: [path: d.yaml]\n", "d.yaml": "DEEP" },
  ],
  ["OpenAPI definitions", { "kustomization.yaml": "resources: [c.yaml]\nopenapi: {path: d.json}\n", "d.json": "DEEP" }],
  ["types in crds", { "kustomization.yaml": "resources: [c.yaml]\ncrds: [d.json]\n", "d.json": "DEEP" }],
  ["a configuration", { "kustomization.yaml": "resources: [c.yaml]\nconfigurations: [d.yaml]\n", "d.yaml": "DEEP" }],
  ["a transformer", { "kustomization.yaml": "resources: [c.yaml]\ntransformers: [d.yaml]\n", "d.yaml": "DEEP" }],
  ["an inline generator", { "kustomization.yaml": "resources: [c.yaml]\ngenerators:\n- |-\n  DEEP\n" }],
];

describe.each(entries)("ten thousand levels in %s", (_, files) => {
  test.each(deep)("%s are a problem", (_form, text) => {
    const tree = { "kustomization.yaml": "resources: [c.yaml]\n", "c.yaml": configMap("c"), ...files };
    const { problems, complete } = buildTree(
      Object.fromEntries(
        Object.entries(tree).map(([path, content]) => [`/app/${path}`, content.replace("DEEP", text)]),
      ),
    );
    expect(complete).toBe(false);
    expect(problems).not.toEqual([]);
  });
});

test.each(deep)("%s in a file of a generator are text like any other", (_, text) => {
  const { problems, text: rendered } = buildTree({
    "/app/kustomization.yaml": "configMapGenerator:\n- name: c\n  files: [deep.yaml]\n  envs: [deep.env]\n",
    "/app/deep.yaml": text,
    "/app/deep.env": `KEY=${text}\n`,
  });
  expect(problems).toEqual([]);
  expect(rendered).toContain("kind: ConfigMap\n");
});

describe("tools over a text that is nested too deep", () => {
  test.each(deep)("%s: an edit is refused, the cursor finds something or nothing", (_, text) => {
    const file = { path: "/a.yaml", text: `a: ${text}\n` };
    const [document] = readDocuments(file);
    expect(document && setValue(document, ["a", 0], "x")).toBeUndefined();
    expect(() => findWritePosition(file, text.length / 2)).not.toThrow();
    expect(() => findWritePosition({ path: "/a.yaml", text }, text.length)).not.toThrow();
  });
});
