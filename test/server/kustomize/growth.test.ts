import { expect, test } from "vitest";
import { buildTree, configMap } from "../../support/buildTree";

/** Trees that would take all memory if each step did what it says: a problem says where, and the rest is built. */
const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");
const other = configMap("other");

const copies = `[${repeat(40, (i) => `${i === 0 ? "" : ","}{"op":"copy","from":"/data","path":"/data/x${i}"}`)}]`;
const types = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => {
    const root = i === 0 ? { kind: {}, apiVersion: {}, metadata: {} } : {};
    return [`x.T${i}`, { Schema: { properties: { ...root, a: { $ref: `x.T${i + 1}` }, b: { $ref: `x.T${i + 1}` } } } }];
  }),
);
const replacement = (i: number) =>
  `- source: {kind: ConfigMap, name: c, fieldPath: data}\n  targets:\n  - select: {name: c}\n    fieldPaths: [data.n${i}]\n    options: {create: true}\n`;

test.each<[string, Record<string, string>, string]>([
  [
    "aliases of aliases",
    {
      "c.yaml": configMap(
        "c",
        `data:\n  a0: &a0 [x, x]\n${repeat(40, (i) => `  a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`,
      ),
    },
    "/app/c.yaml:21 yaml/alias-bomb",
  ],
  [
    "copies of copies by a JSON patch",
    {
      "kustomization.yaml": "resources: [c.yaml, other.yaml]\npatches:\n- target: {name: c}\n  path: p.json\n",
      "p.json": copies,
    },
    "/app/kustomization.yaml:3 kustomization/too-large",
  ],
  [
    "copies of copies by replacements",
    {
      "kustomization.yaml": `resources: [c.yaml, other.yaml]\nreplacements:\n${repeat(40, replacement)}`,
    },
    "/app/kustomization.yaml:95 kustomization/too-large",
  ],
  [
    "a text that is put into itself",
    {
      "kustomization.yaml": `resources: [c.yaml, other.yaml]\nreplacements:\n${repeat(40, () => "- source: {kind: ConfigMap, name: c, fieldPath: data.k}\n  targets:\n  - select: {name: c}\n    fieldPaths: [data.k]\n    options: {delimiter: '|', index: 9999999}\n")}`,
    },
    "/app/kustomization.yaml:95 kustomization/too-large",
  ],
  [
    "a var in a text again and again",
    {
      "kustomization.yaml":
        "resources: [c.yaml, other.yaml]\nvars:\n- name: A\n  objref: {apiVersion: v1, kind: Pod, name: c}\n  fieldref: {fieldPath: spec.text}\n",
      "c.yaml": `apiVersion: v1\nkind: Pod\nmetadata:\n  name: c\nspec:\n  text: ${"x".repeat(10_000)}\n  containers:\n  - name: a\n    command: ["${"$(A)".repeat(10_000)}"]\n`,
    },
    "/app/kustomization.yaml:3 kustomization/too-large",
  ],
  [
    "types that hold each other twice",
    { "kustomization.yaml": "resources: [c.yaml, other.yaml]\ncrds: [t.json]\n", "t.json": JSON.stringify(types) },
    "/app/kustomization.yaml:2 kustomization/too-large",
  ],
  [
    "a type that holds itself",
    {
      "kustomization.yaml": "resources: [c.yaml, other.yaml]\ncrds: [t.json]\n",
      "t.json": JSON.stringify({
        "x.T": {
          Schema: { properties: { kind: {}, apiVersion: {}, metadata: {}, a: { $ref: "x.T" }, b: { $ref: "x.T" } } },
        },
      }),
    },
    "/app/kustomization.yaml:2 kustomization/crds-cycle",
  ],
  [
    "bases that are used twice, thirty times over",
    {
      "kustomization.yaml": "resources: [other.yaml, ../l30]\n",
      "/l0/kustomization.yaml": "resources: [c.yaml]\n",
      "/l0/c.yaml": configMap("c"),
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          [`/l${i + 1}/kustomization.yaml`, `resources: [../a${i}, ../b${i}]\n`],
          [`/a${i}/kustomization.yaml`, `namePrefix: a\nresources: [../l${i}]\n`],
          [`/b${i}/kustomization.yaml`, `namePrefix: b\nresources: [../l${i}]\n`],
        ]).flat(),
      ),
    },
    "/app/kustomization.yaml:1 kustomization/too-large",
  ],
  [
    "components that are used twice, thirty times over",
    {
      "kustomization.yaml": "resources: [c.yaml, other.yaml]\ncomponents: [../l30]\n",
      "/l0/kustomization.yaml": "kind: Component\nnamePrefix: x\n",
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `/l${i + 1}/kustomization.yaml`,
          `kind: Component\ncomponents: [../l${i}, ../l${i}]\n`,
        ]),
      ),
    },
    "/l2/kustomization.yaml:2 kustomization/too-large",
  ],
  [
    "ten thousand bases, one below the other",
    {
      "kustomization.yaml": "resources: [other.yaml, ../l1]\n",
      ...Object.fromEntries(
        Array.from({ length: 10_000 }, (_, i) => [`/l${i + 1}/kustomization.yaml`, `resources: [../l${i + 2}]\n`]),
      ),
    },
    "kustomization/too-large",
  ],
])("%s", (_, files, expected) => {
  const tree = {
    "kustomization.yaml": "resources: [c.yaml, other.yaml]\n",
    "c.yaml": configMap("c", "data: {k: abcdefghij}\n"),
    "other.yaml": other,
    ...files,
  };
  const { problems, text, complete } = buildTree(
    Object.fromEntries(
      Object.entries(tree).map(([path, content]) => [path.startsWith("/") ? path : `/app/${path}`, content]),
    ),
  );
  expect(problems).toContainEqual(expect.stringContaining(expected));
  expect(complete).toBe(false);
  expect(text, "the rest is built").toMatch(/name: x*other\n/);
});

test("a path with ten thousand steps is refused wherever paths are written", () => {
  const path = (delimiter: string) => `a${delimiter}`.repeat(10_000);
  const { problems, text } = buildTree({
    "/app/kustomization.yaml": `resources: [c.yaml]
namePrefix: x-
configurations: [fields.yaml]
labels:
- pairs: {a: b}
  fields: [{path: ${path("/")}b, create: true}]
replacements:
- source: {kind: ConfigMap, name: c}
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [${path(".")}b]
    options: {create: true}
patches:
- target: {kind: ConfigMap}
  patch: '[{"op": "add", "path": "/${path("/")}b", "value": {}}]'
transformers:
- |-
  apiVersion: builtin
  kind: ValueAddTransformer
  metadata: {name: v}
  value: x
  targets:
  - selector: {kind: ConfigMap}
    fieldPath: ${path("/")}b
`,
    "/app/fields.yaml": `namePrefix:\n- path: ${path("/")}b\n  create: true\n`,
    "/app/c.yaml": configMap("c"),
  });
  expect(problems.map((problem) => problem.replace(/^\S+ /, "")).sort()).toEqual([
    "kustomization/json-patch-failed",
    "kustomization/too-large",
    "kustomization/too-large",
    "kustomization/too-large",
    "kustomization/too-large",
  ]);
  expect(text).toContain("name: c\n");
});
