import { describe, expect, test } from "vitest";
import { buildTree, configMap } from "../../support/buildTree";

/**
 * In Go every regular expression takes linear time. With backtracking, each of these would take longer than the universe has
 * lasted: a test that ends has shown that there is none.
 */
const letters = "a".repeat(20_000);
const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: ${letters}!\n    image: ${letters}!\n`;
const evil = "(a+)+";

function built(kustomization: string): { readonly problems: readonly string[]; readonly text: string } {
  return buildTree({
    "/app/kustomization.yaml": `resources: [pod.yaml, c.yaml]\n${kustomization}`,
    "/app/pod.yaml": pod,
    "/app/c.yaml": configMap(letters),
  });
}

const source = "source: {kind: Pod, name: p}";

describe.each([
  ["the name of an image", `images:\n- name: "${evil}"\n  newTag: x\n`],
  ["the target of a patch", `patches:\n- target: {name: "${evil}b"}\n  patch: '[{"op": "remove", "path": "/data"}]'\n`],
  [
    "select and reject of a replacement",
    `replacements:\n- ${source}\n  targets:\n  - select: {kind: "(.|a)*", name: "${evil}"}\n    reject: [{name: "(a|a)+"}]\n    fieldPaths: [data.x]\n`,
  ],
  [
    "the elements of a replacement's path",
    `replacements:\n- ${source}\n  targets:\n  - select: {kind: Pod}\n    fieldPaths: ["spec.containers.[name=^${evil}$].image"]\n    options: {create: false}\n`,
  ],
  [
    "the selector of a plugin",
    `transformers:\n- |-\n  apiVersion: builtin\n  kind: PatchTransformer\n  metadata: {name: x}\n  target: {name: "(a*)*b"}\n  patch: '[{"op": "remove", "path": "/data"}]'\n`,
  ],
])("an expression that backtracks, in %s", (_, kustomization) => {
  test("comes to an end", () => {
    const { problems, text } = built(kustomization);
    expect(problems.filter((problem) => !problem.endsWith("replacement-failed"))).toEqual([]);
    expect(text).toContain("kind: Pod\n");
  });
});

test.each([
  ["ten thousand levels", `${"(".repeat(10_000)}a${")".repeat(10_000)}`],
  ["a thousand times a thousand", "((a{100}){100}){100}"],
  ["what only JavaScript knows", "(?=a)"],
])("%s is no expression that Go takes", (_, pattern) => {
  const { problems } = built(`patches:\n- target: {name: "${pattern}"}\n  patch: '[]'\n`);
  expect(problems).toEqual(["/app/kustomization.yaml:3 kustomization/invalid-regexp"]);
});

test("a label selector of a hundred thousand words is read", () => {
  const words = "a,".repeat(50_000);
  const { problems } = built(`patches:\n- target: {labelSelector: "${words}b in (${words}c)"}\n  patch: '[]'\n`);
  expect(problems).toEqual([]);
});

test("a text that begins a hundred thousand vars and ends none is read", () => {
  const { problems, text } = buildTree({
    "/app/kustomization.yaml":
      "resources: [pod.yaml]\nvars:\n- name: A\n  objref: {apiVersion: v1, kind: Pod, name: p}\n",
    "/app/pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: a\n    args: ["$(A)$$${"$(".repeat(100_000)}"]\n`,
  });
  expect(problems).toEqual(["/app/kustomization.yaml:2 kustomization/deprecated-field"]);
  expect(text).toContain("p$$(");
});
