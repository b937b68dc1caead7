import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

describe("kustomization/unknown-field", () => {
  test("hits a misspelt field at any depth", () =>
    checkDiagnostics(`
#- kustomization.yaml
namePrefx: a-
#^^^^^^^^ error kustomization/unknown-field
images:
- name: a
  newTga: v1
# ^^^^^^ error kustomization/unknown-field
`));
  test("leaves free keys alone", () =>
    checkDiagnostics(
      "#- kustomization.yaml\nresources: []\ncommonAnnotations:\n  namePrefx: a\nmetadata:\n  name: x\n",
    ));
  test("fix: the nearest field", () =>
    checkFix(
      "#- kustomization.yaml\nnamePrefx: a- # c\n",
      "kustomization/unknown-field",
      "Change to 'namePrefix'",
      "#- kustomization.yaml\nnamePrefix: a- # c\n",
    ));
  test("fix: remove it", () =>
    checkFix(
      "#- kustomization.yaml\nresources: []\nqwerty:\n  a: b\n",
      "kustomization/unknown-field",
      "Remove this field",
      "#- kustomization.yaml\nresources: []\n",
    ));
  test("says in which entry it stands", () =>
    checkDiagnostics(`
#- kustomization.yaml
configMapGenerator:
- name: a
  option: {}
# ^^^^^^ error kustomization/unknown-field: \`option\` is no field of an entry of \`configMapGenerator\`.
patches:
- target:
    knd: Deployment
#   ^^^ error kustomization/unknown-field: \`knd\` is no field of \`target\` in an entry of \`patches\`.
  patch: "[]"
`));
  test("hits a Component that nothing includes, which is never built", () =>
    checkDiagnostics(`
#- component/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/wrong-api-version
kind: Component
namePrefx: a-
#^^^^^^^^ error kustomization/unknown-field
images:
- name: a
  newTag: 1.27
#         ^^^^ error kustomization/wrong-type
commonLabels:
#^^^^^^^^^^^ warning kustomization/deprecated-field
  a: b
patches:
- path: only-includers-have-this.yaml
`));
  test("a half-typed key is one finding", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: []
res
#^^ error yaml/missing-colon
`));
});

describe("kustomization/wrong-type", () => {
  test("hits numbers and booleans where text belongs", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- name: a
  newTag: 1.27
#         ^^^^ error kustomization/wrong-type
commonAnnotations:
  a: yes
#    ^^^ error kustomization/wrong-type
`));
  test("leaves quoted ones, versions and digests alone", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- name: a
  newTag: 1.27.3
- name: b
  newTag: "1.27"
- name: c
  digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3
`));
  test("fix: quotes", () =>
    checkFix(
      "#- kustomization.yaml\nimages:\n- name: a\n  newTag: 012 # c\n",
      "kustomization/wrong-type",
      "Put it in quotes",
      '#- kustomization.yaml\nimages:\n- name: a\n  newTag: "012" # c\n',
    ));
  test("fix: no quotes", () =>
    checkFix(
      "#- kustomization.yaml\nreplicas:\n- name: a\n  count: '3'\n",
      "kustomization/wrong-type",
      "Take the quotes away",
      "#- kustomization.yaml\nreplicas:\n- name: a\n  count: 3\n",
    ));
  test("fix: a list", () =>
    checkFix(
      `#- kustomization.yaml\nresources: a.yaml\n#- a.yaml\n${configMap}`,
      "kustomization/wrong-type",
      "Make it a list",
      "#- kustomization.yaml\nresources:\n- a.yaml\n",
    ));
  test("a value that is not written yet is none", () =>
    checkDiagnostics("#- kustomization.yaml\nresources: []\nimages:\n- name: a\n  newTag:\n"));
});

describe("kustomization/missing-file", () => {
  const text = `#- kustomization.yaml\nresources:\n- deploymnt.yaml # c\n- a.yaml\n#- deployment.yaml\n${configMap}#- a.yaml\n${configMap.replace("name: a", "name: b")}`;
  test("hits resources, patches and generator files", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- a.yaml
# ^^^^^^ error kustomization/missing-file
patches:
- path: p.yaml
#       ^^^^^^ error kustomization/missing-file
configMapGenerator:
- name: x
  files:
  - key=f.txt
#       ^^^^^ error kustomization/missing-file
- name: z
  envs:
  - e.env
#   ^^^^^ error kustomization/missing-file
`));
  test("leaves URLs to the build and files that exist alone", () =>
    checkDiagnostics(
      `#- kustomization.yaml\nresources:\n- ./a.yaml\n- b/../c.yaml\n#- a.yaml\n${configMap}#- c.yaml\n${configMap.replace("name: a", "name: c")}#- b/x.yaml\na: 1\n`,
    ));
  test("fix: the nearest name", () =>
    checkFix(
      text,
      "kustomization/missing-file",
      "Change to 'deployment.yaml'",
      "#- kustomization.yaml\nresources:\n- deployment.yaml # c\n- a.yaml\n",
    ));
  test("fix: remove the entry", () =>
    checkFix(text, "kustomization/missing-file", "Remove this entry", "#- kustomization.yaml\nresources:\n- a.yaml\n"));
  test("fix: create the file", () =>
    checkFix(
      "#- kustomization.yaml\npatches:\n- path: patches/p.yaml\n",
      "kustomization/missing-file",
      "Create 'patches/p.yaml'",
      "#- patches/p.yaml\n",
    ));
  test("a path that is not written yet is no missing file", async () => {
    const text = "#- kustomization.yaml\nresources:\n- \npatches:\n- path:\n";
    expect(await findFixes(text, "kustomization/missing-file")).toEqual(new Map());
  });
});

describe("kustomization/missing-kustomization", () => {
  const text = `#- kustomization.yaml\nresources:\n- base\n#- base/a.yaml\n${configMap}`;
  test("hits a directory without one", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- base
# ^^^^ error kustomization/missing-kustomization
#- base/a.yaml
${configMap}`));
  test("leaves a directory with one alone, by any of its names", () =>
    checkDiagnostics("#- kustomization.yaml\nresources:\n- base\n#- base/Kustomization\nresources: []\n"));
  test("fix: create one that lists the manifests", () =>
    checkFix(
      text,
      "kustomization/missing-kustomization",
      "Create a kustomization there",
      "#- base/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- a.yaml\n",
    ));
});

describe("kustomization/cycle", () => {
  const text = "#- a/kustomization.yaml\nresources:\n- ../b\n#- b/kustomization.yaml\nresources:\n- ../a\n";
  test("leaves two ways to one base alone", () =>
    checkDiagnostics(
      "#- kustomization.yaml\nresources:\n- a\n- b\n#- a/kustomization.yaml\nresources:\n- ../c\n#- b/kustomization.yaml\nnamePrefix: b-\nresources:\n- ../c\n#- c/kustomization.yaml\nresources: []\n",
    ));
  test("fix: remove the entry", () =>
    checkFix(text, "kustomization/cycle", "Remove this entry", "#- a/kustomization.yaml\nresources: []\n"));
});

describe("kustomization/duplicate-entry", () => {
  test("hits the same path in another spelling", () =>
    checkDiagnostics(`
#- kustomization.yaml
components:
- c
- ./c/
# ^^^^ warning kustomization/duplicate-entry
#- c/kustomization.yaml
kind: Component
commonAnnotations:
  a: b
`));
  test("leaves images of other names alone, and generators of one name in two namespaces", () =>
    checkDiagnostics("#- kustomization.yaml\nimages:\n- name: a\n  newTag: v1\n- name: a/b\n  newTag: v1\n"));
  test("fix: remove the second", () =>
    checkFix(
      "#- kustomization.yaml\nimages:\n- name: a\n  newTag: v1\n# the same\n- name: a\n  newTag: v2\n",
      "kustomization/duplicate-entry",
      "Remove this entry",
      "#- kustomization.yaml\nimages:\n- name: a\n  newTag: v1\n",
    ));
  test("two empty items are no duplicates", async () => {
    expect(
      await findFixes("#- kustomization.yaml\nimages:\n- name:\n- name:\n", "kustomization/duplicate-entry"),
    ).toEqual(new Map());
  });
});

describe("kustomization/duplicate-key", () => {
  test("hits the one that counts", () =>
    checkDiagnostics(`
#- kustomization.yaml
namePrefix: a-
namePrefix: b-
#^^^^^^^^^ warning kustomization/duplicate-key
`));
  test("leaves the same key in other maps alone", () =>
    checkDiagnostics("#- kustomization.yaml\nimages:\n- name: a\n  newTag: v1\n- name: b\n  newTag: v1\n"));
  test("fix: remove the first", () =>
    checkFix(
      "#- kustomization.yaml\nnamePrefix: a- # c\nnamePrefix: b-\n",
      "kustomization/duplicate-key",
      "Remove the first one, which does not count",
      "#- kustomization.yaml\nnamePrefix: b-\n",
    ));
});

describe("kustomization/letter-case", () => {
  test("hits at any depth", () =>
    checkDiagnostics(`
#- kustomization.yaml
Images:
#^^^^^ warning kustomization/letter-case
- Name: a
# ^^^^ warning kustomization/letter-case
  newTag: v1
`));
  test("leaves keys of labels alone", () =>
    checkDiagnostics("#- kustomization.yaml\ncommonAnnotations:\n  NamePrefix: a\n"));
  test("fix: the canonical name", () =>
    checkFix(
      "#- kustomization.yaml\nnameprefix: a-\n",
      "kustomization/letter-case",
      "Change to 'namePrefix'",
      "#- kustomization.yaml\nnamePrefix: a-\n",
    ));
});

describe("kustomization/unknown-behavior", () => {
  test("leaves the three alone", () =>
    checkDiagnostics("#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior: create\n"));
  test("fix: the nearest", () =>
    checkFix(
      "#- kustomization.yaml\nsecretGenerator:\n- name: a\n  behavior: mrege\n",
      "kustomization/unknown-behavior",
      "Change to 'merge'",
      "#- kustomization.yaml\nsecretGenerator:\n- name: a\n  behavior: merge\n",
    ));
  test("one that is not written yet is none", () =>
    checkDiagnostics("#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior:\n"));
});

describe("kustomization/image-name-with-tag", () => {
  test("leaves a port alone", () =>
    checkDiagnostics("#- kustomization.yaml\nimages:\n- name: localhost:5000/web\n  newTag: v1\n"));
  test("fix: without the tag", () =>
    checkFix(
      "#- kustomization.yaml\nimages:\n- name: localhost:5000/web:v1@sha256:0a\n  newTag: v1\n",
      "kustomization/image-name-with-tag",
      "Change to 'localhost:5000/web'",
      "#- kustomization.yaml\nimages:\n- name: localhost:5000/web\n  newTag: v1\n",
    ));
});

describe("kustomization/component-as-resource", () => {
  test("fix: move the entry", () =>
    checkFix(
      "#- kustomization.yaml\nresources:\n- b\n- c\ncomponents:\n- d\n#- b/kustomization.yaml\nresources: []\n#- c/kustomization.yaml\nkind: Component\nnamePrefix: c-\n#- d/kustomization.yaml\nkind: Component\nnamePrefix: d-\n",
      "kustomization/component-as-resource",
      "Move it to 'components'",
      "#- kustomization.yaml\nresources:\n- b\ncomponents:\n- d\n- c\n",
    ));
});

test("kustomization/wrong-api-version: fix", () =>
  checkFix(
    "#- kustomization.yaml\napiVersion: v1\nresources: []\n",
    "kustomization/wrong-api-version",
    "Change to 'kustomize.config.k8s.io/v1beta1'",
    "#- kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: []\n",
  ));

test("several findings of one kind are repaired at once", () =>
  checkFix(
    "#- kustomization.yaml\nimages:\n- name: a\n  newTag: 1\n- name: b\n  newTag: 2\n",
    "kustomization/wrong-type",
    "Fix all 2 of 'kustomization/wrong-type' in this file",
    '#- kustomization.yaml\nimages:\n- name: a\n  newTag: "1"\n- name: b\n  newTag: "2"\n',
  ));

test("a Component alone is not judged", () =>
  checkDiagnostics(
    "#- kustomization.yaml\nkind: Component\npatches:\n- patch: |-\n    kind: Deployment\n    metadata:\n      name: nowhere\n",
  ));

test("what people write without kind, with metadata and with comments alone builds silently", () =>
  checkDiagnostics(
    `#- kustomization.yaml\n# c\nmetadata:\n  name: x\n  annotations:\n    a: b\nresources:\n- a.yaml\n#- a.yaml\n${configMap}`,
  ));

test("a template is no broken kustomization", () =>
  checkDiagnostics("#- kustomization.yaml\nresources:\n{{- range .Values.files }}\n- {{ . }}\n{{- end }}\n"));

describe("kustomization/duplicate-resource", () => {
  test("hits a base that is listed twice, once", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- b
- ./b
# ^^^ error kustomization/duplicate-resource
#- b/kustomization.yaml
resources:
- a.yaml
#- b/a.yaml
${configMap}`));
  test("fix: remove the entry", () =>
    checkFix(
      `#- kustomization.yaml\nresources:\n- a.yaml\n- ./a.yaml # c\n#- a.yaml\n${configMap}`,
      "kustomization/duplicate-resource",
      "Remove this entry",
      "#- kustomization.yaml\nresources:\n- a.yaml\n",
    ));
});
