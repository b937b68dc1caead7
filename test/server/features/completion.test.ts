import { describe, expect, test } from "vitest";
import { completionFeature } from "../../../server/src/features/completion";
import { positionAt } from "../../../server/src/yaml/source";
import { checkCompletion } from "../../support/checkCompletion";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

describe("fields", () => {
  test("of an empty kustomization, in canonical order, without deprecated ones", () =>
    checkCompletion("#- kustomization.yaml\n<|>", {
      labels: [
        ..."apiVersion kind metadata sortOptions resources namePrefix nameSuffix namespace crds labels".split(" "),
        ..."commonAnnotations patches configMapGenerator secretGenerator helmCharts helmGlobals".split(" "),
        ..."generatorOptions images replacements replicas configurations generators transformers".split(" "),
        ..."validators components openapi buildMetadata".split(" "),
      ],
      choose: ["resources", "resources:\n- $0"],
    }));

  test("nothing twice, below as well as above", () =>
    checkCompletion("#- kustomization.yaml\nresources: []\n<|>\nimages: []\n", {
      includes: ["patches"],
      excludes: ["resources", "images"],
    }));

  test("a deprecated one when its name is being typed", () =>
    checkCompletion("#- kustomization.yaml\nbas<|>\n", { includes: ["bases"] }));

  test("while a key is being typed, with a broken line above", () =>
    checkCompletion("#- kustomization.yaml\nimages: [\npat<|>\n", {
      choose: ["patches", "images: [\npatches:\n- $0\n"],
    }));

  test("of an item behind its dash, the required ones first", () =>
    checkCompletion("#- kustomization.yaml\nimages:\n- <|>\n", {
      labels: ["name", "newName", "tagSuffix", "newTag", "digest"],
      choose: ["name", "images:\n- name: \n"],
    }));

  test("a new item below an indented one", () =>
    checkCompletion("#- kustomization.yaml\nreplicas:\n  - name: a\n    count: 1\n  <|>\n", {
      choose: ["- name", "replicas:\n  - name: a\n    count: 1\n  - name: \n"],
    }));

  test("of an item that has some", () =>
    checkCompletion("#- kustomization.yaml\nimages:\n- name: a\n  <|>\n", {
      labels: ["newName", "tagSuffix", "newTag", "digest"],
      choose: ["newTag", "images:\n- name: a\n  newTag: \n"],
    }));

  test("nested lists and maps keep the indentation", () =>
    checkCompletion("#- kustomization.yaml\npatches:\n  - path: a\n    <|>\n", {
      choose: ["target", "patches:\n  - path: a\n    target:\n      $0\n"],
    }));

  test("a list deeper than its key, as the document does", () =>
    checkCompletion("#- kustomization.yaml\nresources:\n  - a\n<|>\n", {
      choose: ["images", "resources:\n  - a\nimages:\n  - name: $0\n"],
    }));

  test("in brackets", () =>
    checkCompletion("#- kustomization.yaml\nimages: [{name: a, <|>}]\n", {
      labels: ["newName", "tagSuffix", "newTag", "digest"],
      choose: ["newTag", "images: [{name: a, newTag: }]\n"],
    }));

  test("a key that is replaced keeps its colon", () =>
    checkCompletion("#- kustomization.yaml\nresour<|>: []\n", { choose: ["resources", "resources: []\n"] }));

  test("none in labels, comments and texts", async () => {
    await checkCompletion("#- kustomization.yaml\ncommonLabels:\n  a: b\n  <|>\n", { labels: [] });
    await checkCompletion("#- kustomization.yaml\n# res<|>\n", { labels: [] });
    await checkCompletion("#- kustomization.yaml\nnameSuffix: |-\n    ki<|>\n", { labels: [] });
  });

  test("none in other files", () => checkCompletion("#- values.yaml\n<|>\n", { labels: [] }));

  test("those of Flux's Kustomization are its own", () =>
    checkCompletion("#- kustomization.yaml\napiVersion: kustomize.toolkit.fluxcd.io/v1\n<|>\n", { labels: ["kind"] }));
});

describe("values", () => {
  test("of an enumeration", () =>
    checkCompletion("#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior: <|>\n", {
      labels: ["create", "replace", "merge"],
      choose: ["merge", "configMapGenerator:\n- name: a\n  behavior: merge\n"],
    }));

  test("of a boolean", () =>
    checkCompletion("#- kustomization.yaml\nlabels:\n- includeSelectors: <|>\n", { labels: ["true", "false"] }));

  test("of items", () =>
    checkCompletion("#- kustomization.yaml\nbuildMetadata:\n- <|>\n", {
      labels: ["originAnnotations", "transformerAnnotations", "managedByLabel"],
    }));

  test("of the apiVersion of a Component", () =>
    checkCompletion("#- kustomization.yaml\nkind: Component\napiVersion: <|>\n", {
      labels: ["kustomize.config.k8s.io/v1alpha1"],
    }));

  test("with the space that is missing", () =>
    checkCompletion("#- kustomization.yaml\nkind:<|>\n", { choose: ["Component", "kind: Component\n"] }));
});

describe("paths", () => {
  const files = `
#- base/kustomization.yaml
resources: []
#- parts/kustomization.yaml
kind: Component
#- overlays/dev/web.yaml
a: 1
#- overlays/dev/patches/replicas.yaml
a: 1
#- overlays/dev/app.env
A=1
#- overlays/stage/kustomization.yaml
resources: []
`;

  test("resources: manifests below and other kustomizations, without what is listed", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\nresources:\n- ../../base\n- <|>\n`, {
      labels: ["patches/replicas.yaml", "web.yaml", "../stage", "patches/"],
      choose: ["web.yaml", "resources:\n- ../../base\n- web.yaml\n"],
    }));

  test("resources: a new item without its dash", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\nresources:\n<|>\n`, {
      choose: ["../../base", "resources:\n- ../../base\n"],
    }));

  test("resources: what a patch names is no resource", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\nresources:\n- <|>\npatches:\n- path: web.yaml\n`, {
      excludes: ["web.yaml"],
    }));

  test("components: Components alone", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\ncomponents:\n- <|>\n`, {
      includes: ["../../parts"],
      excludes: ["../../base", "web.yaml"],
    }));

  test("patches: files, in quotes too", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\npatches:\n- path: "pat<|>"\n`, {
      includes: ["patches/replicas.yaml", "patches/"],
      excludes: ["../../base"],
      choose: ["patches/replicas.yaml", 'patches:\n- path: "patches/replicas.yaml"\n'],
    }));

  test("a directory typed so far", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\nresources:\n- ../../<|>\n`, {
      labels: ["../../base", "../"],
    }));

  test("generator files, behind their key", () =>
    checkCompletion(`${files}#- overlays/dev/kustomization.yaml\nconfigMapGenerator:\n- files: [key=ap<|>]\n`, {
      includes: ["app.env", "web.yaml"],
      choose: ["app.env", "configMapGenerator:\n- files: [key=app.env]\n"],
    }));
});

describe("names", () => {
  const files = `
#- base/kustomization.yaml
resources:
- web.yaml
- db.yaml
#- base/web.yaml
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      initContainers:
      - image: quay.io/team/migrate@sha256:0a
      containers:
      - image: localhost:5000/web:v1
---
kind: Service
metadata:
  name: web-service
#- base/db.yaml
kind: StatefulSet
metadata:
  name: db
#- dev/kustomization.yaml
resources:
- ../base
`;
  test("of images", () =>
    checkCompletion(`${files}images:\n- name: <|>\n`, { labels: ["localhost:5000/web", "quay.io/team/migrate"] }));
  test("of workloads that have replicas", () =>
    checkCompletion(`${files}replicas:\n- name: <|>\n`, { labels: ["db", "web"] }));
  test("of kinds and objects for a target", async () => {
    await checkCompletion(`${files}patches:\n- target:\n    kind: <|>\n`, {
      labels: ["Deployment", "Service", "StatefulSet"],
      choose: ["Service", `${files.split("#- dev/kustomization.yaml\n")[1]}patches:\n- target:\n    kind: Service\n`],
    });
    await checkCompletion(`${files}patches:\n- target:\n    kind: Service\n    name: <|>\n`, {
      labels: ["web-service"],
    });
  });
});

test("nothing throws at any offset of a document that is whole, cut off, or lacks a piece", async () => {
  const sample =
    "apiVersion: kustomize.config.k8s.io/v1beta1\nresources:\n  - ../base\npatches:\n- path: 'p.yaml'\n  target: {kind: A}\n- patch: |-\n    - op: remove\nimages: [{name: a, newTag: \"1\"}]\n";
  const editor = await openEditor(`#- kustomization.yaml\n${sample}#- base/kustomization.yaml\nresources: []\n`);
  const path = `${folder}/kustomization.yaml`;
  for (let offset = 0; offset <= sample.length; offset++) {
    for (const text of [sample, sample.slice(0, offset), sample.slice(0, offset) + sample.slice(offset + 9)]) {
      const other = await openEditorOn(editor, path, text);
      const position = positionAt({ path, text }, offset);
      expect(Array.isArray(await other.ask(completionFeature, { kind: "source", path }, { position }))).toBe(true);
    }
  }
});

/** The same workspace with another text in one file. */
async function openEditorOn(editor: Awaited<ReturnType<typeof openEditor>>, path: string, text: string) {
  const files = new Map(editor.fixture.files).set(path, text);
  return openEditor([...files].map(([name, content]) => `#- ${name.slice(folder.length + 1)}\n${content}\n`).join(""));
}
