import { expect, test } from "vitest";
import { getIn } from "../../../server/src/yaml/node";
import { positionAt } from "../../../server/src/yaml/source";
import { buildTree, configMap } from "../../support/buildTree";

const { result } = buildTree({
  "/app/kustomization.yaml": `namePrefix: x-
resources: [pod.yaml, c.yaml]
configMapGenerator:
- name: made
  literals: [LITERAL=l]
  envs: [made.env]
  files: [made.txt]
vars:
- name: V
  objref: {apiVersion: v1, kind: ConfigMap, name: c}
  fieldref: {fieldPath: data.k}
replacements:
- source: {kind: ConfigMap, name: c, fieldPath: data.k}
  targets: [{select: {kind: Pod}, fieldPaths: [spec.hostname]}]
`,
  "/app/made.env": "# settings\nENV=e\n",
  "/app/made.txt": "text\n",
  "/app/c.yaml": configMap("c", "data:\n  k: value\n"),
  "/app/pod.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostname: old\n  containers:\n  - name: a\n    args: [$(V)]\n    envFrom: [{configMapRef: {name: made}}]\n",
});

/** `file:line "text there"; transformer before -> after, …` of a value of the object called `name`. */
function originOf(name: RegExp, path: readonly (string | number)[]): string {
  const resource = result.resources.find(({ id }) => name.test(id.name));
  const node = getIn(resource?.node, path);
  if (node?.kind !== "scalar") return "nothing";
  const { file, start, end } = node.origin.place;
  const steps: string[] = [];
  for (let at = node; at.origin.change !== undefined; ) {
    const { transformer, before, path: asked } = at.origin.change;
    steps.unshift(`${transformer} ${asked}`);
    if (before?.kind !== "scalar") break;
    at = before;
  }
  return [`${file.path}:${positionAt(file, start).line + 1} ${file.text.slice(start, end)}`, ...steps].join("; ");
}

const made = /^x-made-/;

const prefixed = "namePrefix /namePrefix";

test.each<[string, RegExp, readonly (string | number)[], string]>([
  [
    "a literal",
    made,
    ["data", "LITERAL"],
    "/app/kustomization.yaml:5 l; configMapGenerator /configMapGenerator/0/literals/0",
  ],
  [
    "a line of an env file",
    made,
    ["data", "ENV"],
    "/app/made.env:2 e; configMapGenerator /configMapGenerator/0/envs/0",
  ],
  ["a file", made, ["data", "made.txt"], "/app/made.txt:1 text\n; configMapGenerator /configMapGenerator/0/files/0"],
  [
    "what a generator writes of itself",
    made,
    ["kind"],
    "/app/kustomization.yaml:4 name: made\n  literals: [LITERAL=l]\n  envs: [made.env]\n  files: [made.txt]; configMapGenerator /configMapGenerator/0",
  ],
  [
    "the name of a generated object",
    made,
    ["metadata", "name"],
    `/app/kustomization.yaml:4 made; configMapGenerator /configMapGenerator/0; ${prefixed}; generatorOptions `,
  ],
  [
    "a reference that followed its object",
    /^x-p$/,
    ["spec", "containers", 0, "envFrom", 0, "configMapRef", "name"],
    "/app/pod.yaml:10 made; nameReference ",
  ],
  ["a var", /^x-p$/, ["spec", "containers", 0, "args", 0], "/app/pod.yaml:9 $(V); vars /vars/0"],
  ["a replacement", /^x-p$/, ["spec", "hostname"], "/app/c.yaml:6 value; replacements /replacements/0/targets/0"],
])("%s has an origin that names its text and who put it there", (_, name, path, expected) => {
  expect(originOf(name, path)).toBe(expected);
});

test("a reference that followed its object names the rule", () => {
  const pod = result.resources.find(({ id }) => id.name === "x-p")?.node;
  const reference = getIn(pod, ["spec", "containers", 0, "envFrom", 0, "configMapRef", "name"]);
  expect(reference?.origin.change?.note).toContain("ConfigMap");
});
