import { expect, test } from "vitest";
import { originsOf } from "../../../server/src/render/originData";
import { valueAt } from "../../../server/src/render/renderedText";
import { renderedFrom } from "../../../server/src/render/sourceToRendered";
import { buildFixture } from "../../support/checkBuild";
import { checkProvenance } from "../../support/checkProvenance";
import { folder, parseFixture } from "../../support/fixture";

const base = `
#- base/kustomization.yaml
resources: [deployment.yaml]
#- base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: web
        image: nginx:1.0
`;

test("an untouched value comes from its manifest, without steps", () =>
  checkProvenance(`${base.replace("nginx:1.0", "<|nginx:1.0|>")}#- dev/kustomization.yaml\nresources: [../base]\n`, {
    root: "dev",
    object: "Deployment web",
    pointer: "/spec/template/spec/containers/0/image",
    steps: [],
  }));

test("a prefixed name still comes from its manifest, and says who prefixed it", () =>
  checkProvenance(
    `${base.replace("name: web\nspec", "name: <|web|>\nspec")}#- dev/kustomization.yaml\nnamePrefix: dev-\nnameSuffix: -x\nresources: [../base]\n`,
    {
      root: "dev",
      object: "Deployment dev-web-x",
      pointer: "/metadata/name",
      steps: ["namePrefix: web -> dev-web", "nameSuffix: dev-web -> dev-web-x"],
    },
  ));

test("a patched value comes from the patch", () =>
  checkProvenance(
    `${base}#- dev/kustomization.yaml
resources: [../base]
patches:
- path: more.yaml
#- dev/more.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: <|3|>
`,
    { root: "dev", object: "Deployment web", pointer: "/spec/replicas", steps: ["patches: 1 -> 3"] },
  ));

test("a generated value comes from its literal", () =>
  checkProvenance(
    `#- dev/kustomization.yaml
configMapGenerator:
- name: settings
  options: {disableNameSuffixHash: true}
  literals:
  - color=<|blue|>
`,
    { root: "dev", object: "ConfigMap settings", pointer: "/data/color", steps: ["configMapGenerator:  -> blue"] },
  ));

test("every rendered value has one origin, in the order of the text, and each line finds its value again", () => {
  const { text } = buildFixture(`${base}#- dev/kustomization.yaml\nresources: [../base]\nnamePrefix: dev-\n`, "dev");
  const origins = originsOf(text, (path) => path);
  expect(origins.map(({ line }) => line)).toEqual([...origins.map(({ line }) => line)].sort((a, b) => a - b));
  expect(new Set(origins.map(({ path }) => path)).size).toBe(origins.length);
  const lines = text.file.text.split("\n");
  for (const { line, path } of origins) {
    const offset = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + (lines[line - 1] ?? "").length;
    expect(valueAt(text, offset)?.pointer).toBe(path);
  }
});

test("from a source position to what it became: written there first, then what an entry there changed", () => {
  const fixture = `${base}#- dev/kustomization.yaml\nresources: [../base]\nimages:\n- name: <|>nginx\n  newTag: "2"\n`;
  const { text } = buildFixture(fixture, "dev");
  const cursor = parseFixture(fixture).cursor ?? { path: "", offset: 0 };
  const found = renderedFrom(text, cursor.path, cursor.offset);
  expect(found.map(({ pointer }) => pointer)).toEqual(["/spec/template/spec/containers/0/image"]);
  const manifest = `${folder}/base/deployment.yaml`;
  const offset = (parseFixture(fixture).files.get(manifest) ?? "").indexOf("replicas: 1") + "replicas: ".length;
  expect(renderedFrom(text, manifest, offset).map(({ pointer }) => pointer)).toEqual(["/spec/replicas"]);
});
