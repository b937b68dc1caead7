import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const web = (namespace = ""): string =>
  `#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n${namespace}spec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: web\n        image: quay.io/team/web:v1\n`;
const scale = '  patch: \'[{"op": "add", "path": "/spec/replicas", "value": 3}]\'\n';

describe("kustomization/patch-selects-nothing", () => {
  test("names the object whose name is near", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- target:
    kind: Deployment
    name: wbe
#         ^^^ warning kustomization/patch-selects-nothing: This target selects no object, so the patch does nothing. There is a Deployment web.
${scale}${web()}`));
  test.each([
    ["group", "    group: extensions\n#          ^^^^^^^^^^", "The Deployment web is of the group apps."],
    ["version", "    version: v1beta1\n#            ^^^^^^^", "The Deployment web has the version v1."],
    ["namespace", "    namespace: prod\n#              ^^^^", "The Deployment web says no namespace."],
    ["labelSelector", "    labelSelector: tier=db\n#                  ^^^^^^^", "No Deployment here has these labels"],
  ])("gives the %s as the reason", (_, line, reason) =>
    checkDiagnostics(
      `#- kustomization.yaml\nresources: [web.yaml]\npatches:\n- target:\n    kind: Deployment\n${line} warning kustomization/patch-selects-nothing: This target selects no object, so the patch does nothing. ${reason}\n${scale}${web()}`,
    ),
  );
  test("gives the kind as the reason, and what there is of a kind", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- target:
    kind: StatefulSet
#         ^^^^^^^^^^^ warning kustomization/patch-selects-nothing: This target selects no object, so the patch does nothing. web is a Deployment.
    name: web
${scale}- target:
    kind: Deployment
    name: something-else
#         ^^^^^^^^^^^^^^ warning kustomization/patch-selects-nothing: This target selects no object, so the patch does nothing. Of the kind Deployment there is web.
${scale}${web()}`));
  test("leaves a Component alone that some overlay has an object for", () =>
    checkDiagnostics(`
#- one/kustomization.yaml
resources: [web.yaml]
components: [../component]
#- two/kustomization.yaml
resources: [a.yaml]
components: [../component]
#- two/a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
#- component/kustomization.yaml
kind: Component
patches:
- target: {kind: Deployment}
${scale}${web().replace("#- ", "#- one/")}`));
  test("of a Component that no overlay has an object for, it is an information", () =>
    checkDiagnostics(`
#- two/kustomization.yaml
resources: [a.yaml]
components: [../component]
#- two/a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
#- component/kustomization.yaml
kind: Component
patches:
- target: {kind: Deployment}
#                ^^^^^^^^^^ information kustomization/patch-selects-nothing
${scale}`));
  test("leaves builds alone that lack a remote base, and kustomizations without objects", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [empty]
patches:
- target: {kind: StatefulSet}
${scale}#- empty/kustomization.yaml
resources: []
#- remote/kustomization.yaml
resources:
- https://github.com/team/base//deploy?ref=v1
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
patches:
- target: {kind: StatefulSet}
${scale}`));
  test("fix: the name that is there", () =>
    checkFix(
      `#- kustomization.yaml\nresources: [web.yaml]\npatches:\n- target: {kind: Deployment, name: wbe} # c\n${scale}${web()}`,
      "kustomization/patch-selects-nothing",
      "Change to 'web'",
      `#- kustomization.yaml\nresources: [web.yaml]\npatches:\n- target: {kind: Deployment, name: web} # c\n${scale}`,
    ));
});

describe("kustomization/patch-changes-nothing", () => {
  const patch = (image: string): string =>
    `  patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      template:\n        spec:\n          containers:\n          - name: web\n            image: ${image}\n`;
  test("hits the key of a patch with the values that are there", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {kind: Deployment}
${patch("quay.io/team/web:v1").replace("patch: |-\n", "patch: |-\n# ^^^^^ hint kustomization/patch-changes-nothing: This patch changes nothing: the Deployment web has these values already.\n")}${web()}`));
  test("leaves a patch alone that changes one object of two overlays", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {kind: Deployment}
${patch("quay.io/team/web:v2")}${web()}`));
});

describe("kustomization/unmatched-image", () => {
  test.each([
    ["another registry", "team/web", "Change to 'quay.io/team/web'"],
    ["another image of the same team", "quay.io/team/server", undefined],
  ])("%s", async (_, name, title) => {
    const files = `#- kustomization.yaml\nresources: [web.yaml]\nimages:\n- name: ${name}\n  newTag: v2\n${web()}`;
    const fixes = [...(await findFixes(files, "kustomization/unmatched-image")).keys()];
    expect(fixes.filter((each) => each.startsWith("Change"))).toEqual(title === undefined ? [] : [title]);
  });
  test("says where the image is that Kustomize does not look at", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [task.yaml]
images:
- name: quay.io/team/tool
#       ^^^^^^^^^^^^^^^^^ warning kustomization/unmatched-image: No image in the build is called \`quay.io/team/tool\`, so this changes nothing. The Task build has it in a field that Kustomize does not look at.
  newTag: v2
#- task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  steps:
  - name: run
    image: quay.io/team/tool:v1
    script: make
`));
  test("says that a base has renamed the image", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [base]
images:
- name: quay.io/team/web
#       ^^^^^^^^^^^^^^^^ warning kustomization/unmatched-image: No image in the build is called \`quay.io/team/web\` any more when this is done: it is \`mirror.example.com/web\` already.
  newTag: v2
#- base/kustomization.yaml
resources: [web.yaml]
images:
- name: quay.io/team/web
  newName: mirror.example.com/web
${web().replace("#- ", "#- base/")}`));
  test("leaves an image alone that has the tag already, one in an init container, and a half-typed entry", () =>
    checkDiagnostics(
      `#- kustomization.yaml\nresources: [web.yaml]\nimages:\n- name: quay.io/team/web\n  newTag: v1\n- name:\n${web()}`,
    ));
});

describe("kustomization/replacement-selects-nothing", () => {
  test("hits one of two targets", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
replacements:
- sourceValue: web
  targets:
  - select: {kind: Deployment}
    fieldPaths: [metadata.annotations.app]
    options: {create: true}
  - select:
      kind: Service
#           ^^^^^^^ warning kustomization/replacement-selects-nothing: This target selects no object, so nothing is replaced. There is no Service here.
${web()}`));
});

describe("kustomization/json-patch-failed", () => {
  const patched = (path: string, op = "replace"): string =>
    `#- kustomization.yaml\nresources: [web.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: ${op}\n      path: ${path}\n      value: 1\n`;
  test.each([
    ["a key", "/spec/templat/spec/x", 18, 7, "There is no `templat` in `/spec`."],
    [
      "an item",
      "/spec/template/spec/containers/1/image",
      43,
      1,
      "`/spec/template/spec/containers` has one item, so there is no item `1`.",
    ],
    [
      "a word in a list",
      "/spec/template/spec/containers/web/image",
      43,
      3,
      "`/spec/template/spec/containers` is a list, and `web` is no position in it.",
    ],
    ["a scalar", "/metadata/name/first", 27, 5, "`/metadata/name` is a single value, so there is no `first` in it."],
  ])("stands at the step that is not there: %s", (_, path, column, length, reason) =>
    checkDiagnostics(
      `${patched(path).replace(`${path}\n`, `${path}\n#${" ".repeat(column - 1)}${"^".repeat(length)} error kustomization/json-patch-failed: The JSON patch cannot be applied: replace ${path} does not fit the object. ${reason}\n`)}${web()}`,
    ),
  );
  test("fix: the key that is there", () =>
    checkFix(
      `${patched("/spec/templat/spec/x")}${web()}`,
      "kustomization/json-patch-failed",
      "Change to 'template'",
      patched("/spec/template/spec/x"),
    ));
  test("leaves a path alone whose last key is made", () =>
    checkDiagnostics(`${patched("/spec/replicas", "add")}${web()}`));
});

describe("kustomization/patch-target-not-found", () => {
  const inFile = (name: string): string =>
    `#- kustomization.yaml\nresources: [web.yaml]\npatches:\n- path: p.yaml\n#- p.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 2\n`;
  test("fix: the name in the file of the patch", () =>
    checkFix(
      `${inFile("wbe")}${web()}`,
      "kustomization/patch-target-not-found",
      "Change to 'web'",
      `${inFile("web")}${web()}`,
    ));
  test("the namespace is the reason", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      namespace: dev
#                ^^^ error kustomization/patch-target-not-found: There is no Deployment web for this patch in the namespace dev. The Deployment web is in the namespace prod.
    spec:
      replicas: 2
${web("  namespace: prod\n")}`));
  test("the apiVersion is the reason", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: |-
    apiVersion: apps/v2
#               ^^^^^^^ error kustomization/patch-target-not-found: There is no Deployment web for this patch. The Deployment web has the apiVersion apps/v1.
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
${web()}`));
});
