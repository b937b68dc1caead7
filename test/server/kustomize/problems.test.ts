import { describe, test } from "vitest";
import { checkProblems } from "../../support/checkProblems";
import { folder } from "../../support/fixture";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n";

describe("the fields of a kustomization", () => {
  test("an unknown field has a suggestion", () =>
    checkProblems(
      `
#- kustomization.yaml
resource: []
#^^^^^^^ error kustomization/unknown-field: \`resource\` is no field of a kustomization.
namePrefix: a-
`,
      "",
    ));

  test("a field in another letter case is the same field", () =>
    checkProblems("#- kustomization.yaml\nRESOURCES: []\n", ""));

  test("a key like __proto__ is an ordinary unknown field", () =>
    checkProblems(
      `
#- kustomization.yaml
__proto__: {}
#^^^^^^^^ error kustomization/unknown-field
resources: []
`,
      "",
    ));

  test("a number is no string", () =>
    checkProblems(
      `
#- kustomization.yaml
images:
- name: nginx
  newTag: 1.27
#         ^^^^ error kustomization/wrong-type: \`newTag\` must be a string, not the number 1.27.
`,
      "",
    ));

  test("a string is no list", () =>
    checkProblems(
      `
#- kustomization.yaml
resources: a.yaml
#          ^^^^^^ error kustomization/wrong-type: \`resources\` must be a list, not a string.
namePrefix: a-
`,
      "",
    ));

  test("a wrong kind and a wrong version", () => {
    checkProblems(
      `
#- kustomization.yaml
kind: Deployment
#     ^^^^^^^^^^ error kustomization/unknown-kind
resources: []
`,
      "",
    );
    checkProblems(
      `
#- kustomization.yaml
apiVersion: v1
#           ^^ error kustomization/wrong-api-version
resources: []
`,
      "",
    );
  });

  test("deprecated fields are warnings", () =>
    checkProblems(
      `
#- kustomization.yaml
bases: [base]
#^^^^ warning kustomization/deprecated-field: \`bases\` is deprecated.
#- base/kustomization.yaml
resources: []
`,
      "",
    ));
});

describe("what a kustomization names", () => {
  test("a missing file", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- gone.yaml
# ^^^^^^^^^ error kustomization/missing-file: There is no file \`gone.yaml\`.
`,
      "",
    ));

  test("a file outside of the root, and the flag that allows it", () => {
    const tree = (line: string) => `
#- over/kustomization.yaml
resources:
- ../c.yaml
${line}
#- c.yaml
${configMap}`;
    checkProblems(tree("# ^^^^^^^^^ error kustomization/outside-root"), "over");
    checkProblems(tree(""), "over", { loadRestrictions: "none" });
  });

  test("files within a directory that is free, and none beyond", () => {
    const tree = `
#- repository/over/kustomization.yaml
resources:
- ../inside.yaml
- ../base
#- repository/inside.yaml
${configMap}
#- repository/base/kustomization.yaml
nameSuffix: -base
resources:
- ../inside.yaml
- ../../beyond.yaml
# ^^^^^^^^^^^^^^^^^ error kustomization/outside-root
#- beyond.yaml
${configMap}`;
    checkProblems(tree, "repository/over", { loadRestrictions: { within: `${folder}/repository` } });
  });

  test("an absolute path and an empty one", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- /base
# ^^^^^ error kustomization/missing-file
- ""
# ^^ error kustomization/empty-path
`,
      "",
    ));

  test("a cycle", () =>
    checkProblems(
      `
#- a/kustomization.yaml
resources:
- ../b
#- b/kustomization.yaml
resources:
- ../a
# ^^^^ error kustomization/cycle
`,
      "a",
    ));

  test("a directory without a kustomization", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- base
# ^^^^ error kustomization/missing-kustomization
#- base/c.yaml
${configMap}`,
      "",
    ));

  test("a component among the resources, and a kustomization among the components", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- part
# ^^^^ error kustomization/component-as-resource
components:
- base
# ^^^^ error kustomization/resource-as-component
#- part/kustomization.yaml
kind: Component
resources: []
#- base/kustomization.yaml
resources: []
`,
      "",
    ));

  test("a remote base is a placeholder, and the rest is built", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- https://github.com/org/repo//base?ref=v1
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/remote-not-fetched
- c.yaml
#- c.yaml
${configMap}`,
      "",
    ));

  test("an object without a name, and the same object twice", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- a.yaml
- b.yaml
# ^^^^^^ error kustomization/duplicate-resource
- c.yaml
#- a.yaml
${configMap}#- b.yaml
${configMap}#- c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  labels: {a: b}
# ^^^^^^ error kustomization/missing-name
`,
      "",
    ));
});

describe("steps that fail", () => {
  test("a patch without a target that is there", () =>
    checkProblems(
      `
#- kustomization.yaml
resources: [c.yaml]
patches:
- patch: |
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: other
#           ^^^^^ error kustomization/patch-target-not-found: There is no ConfigMap other for this patch. There is a ConfigMap c.
#- c.yaml
${configMap}`,
      "",
    ));

  test("what follows from a missing file is not reported", () =>
    checkProblems(
      `
#- kustomization.yaml
resources:
- c.yaml
# ^^^^^^ error kustomization/missing-file
patches:
- path: p.yaml
#- p.yaml
${configMap}`,
      "",
    ));

  test("what follows from a misspelt field of a base is not reported", () =>
    checkProblems(
      `
#- kustomization.yaml
resources: [base]
patches:
- path: p.yaml
#- p.yaml
${configMap}#- base/kustomization.yaml
namePrefix: a-
resource: [c.yaml]
# ^^^^^^ error kustomization/unknown-field
`.replace("# ^^^^^^ error", "#^^^^^^^ error"),
      "",
    ));

  test("a generator that merges into nothing", () =>
    checkProblems(
      `
#- kustomization.yaml
configMapGenerator:
- name: settings
#       ^^^^^^^^ error kustomization/generator-target-not-found
  behavior: merge
`,
      "",
    ));

  test("a program is never run", () =>
    checkProblems(
      `
#- kustomization.yaml
transformers:
- plugin.yaml
# ^^^^^^^^^^^ error kustomization/plugin-not-run
#- plugin.yaml
apiVersion: example.com/v1
kind: Sed
metadata:
  name: s
`,
      "",
    ));

  test("a validator that changes an object", () =>
    checkProblems(
      `
#- kustomization.yaml
resources: [c.yaml]
validators:
- v.yaml
#- v.yaml
apiVersion: builtin
#^^^^^^^^^ error kustomization/validator-modifies
kind: LabelTransformer
metadata:
  name: v
labels: {a: b}
fieldSpecs: [{path: metadata/labels, create: true}]
#- c.yaml
${configMap}`,
      "",
    ));

  test("two objects that a namespace makes the same", () =>
    checkProblems(
      `
#- kustomization.yaml
resources: [a.yaml, b.yaml]
namespace: one
#          ^^^ error kustomization/namespace-conflict
#- a.yaml
${configMap}  namespace: x
#- b.yaml
${configMap}  namespace: y
`,
      "",
    ));
});
