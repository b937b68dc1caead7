import { describe, expect, test } from "vitest";
import { kustomizationDomain } from "../../../../server/src/domains/kustomization/kustomizationDomain";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { parseFixture } from "../../../support/fixture";

const web = `#- web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: quay.io/team/web:v1
`;
const configMap = `#- c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
`;

/** What the real Kustomize refuses, with our word for it and the place; `test/conformance` compares with the program itself. */
const conditions: readonly (readonly [name: string, files: string])[] = [
  [
    "a file that is not there",
    `
#- kustomization.yaml
resources: [gone.yaml]
#           ^^^^^^^^^ error kustomization/missing-file
`,
  ],
  [
    "a patch that is not there",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- path: gone.yaml
#       ^^^^^^^^^ error kustomization/missing-file
${web}`,
  ],
  [
    "a component that is not there",
    `
#- kustomization.yaml
resources: [web.yaml]
components: [gone]
#            ^^^^ error kustomization/missing-file
${web}`,
  ],
  [
    "configurations, crds, openapi and transformers that are not there",
    `
#- kustomization.yaml
resources: [web.yaml]
configurations: [a.yaml]
#                ^^^^^^ error kustomization/missing-file
crds: [b.yaml]
#      ^^^^^^ error kustomization/missing-file
openapi:
  path: c.json
#       ^^^^^^ error kustomization/missing-file
transformers: [d.yaml]
#              ^^^^^^ error kustomization/missing-file
${web}`,
  ],
  [
    "a file outside of the root",
    `
#- a/kustomization.yaml
resources: [../c.yaml]
#           ^^^^^^^^^ error kustomization/outside-root
${configMap}`,
  ],
  [
    "a generator's file outside of the root",
    `
#- a/kustomization.yaml
configMapGenerator:
- name: a
  files: [../c.txt]
#         ^^^^^^^^ error kustomization/outside-root
#- c.txt
x
`,
  ],
  [
    "a directory without a kustomization",
    `
#- kustomization.yaml
resources: [base]
#           ^^^^ error kustomization/missing-kustomization
#- base/
`,
  ],
  [
    "an absolute directory",
    `
#- kustomization.yaml
resources: [/ws/base]
#           ^^^^^^^^ error kustomization/absolute-path
#- base/kustomization.yaml
resources: []
`,
  ],
  [
    "an empty entry",
    `
#- kustomization.yaml
resources: [""]
#           ^^ error kustomization/empty-path
`,
  ],
  [
    "a cycle",
    `
#- a/kustomization.yaml
resources: [../b]
#           ^^^^ error kustomization/cycle
#- b/kustomization.yaml
resources: [../a]
#           ^^^^ error kustomization/cycle
`,
  ],
  [
    "a Component among the resources",
    `
#- kustomization.yaml
resources: [component]
#           ^^^^^^^^^ error kustomization/component-as-resource
#- component/kustomization.yaml
kind: Component
namePrefix: a-
`,
  ],
  [
    "a kustomization among the components",
    `
#- kustomization.yaml
components: [base]
#            ^^^^ error kustomization/resource-as-component
#- base/kustomization.yaml
namePrefix: a-
`,
  ],
  [
    "a file among the components",
    `
#- kustomization.yaml
components: [c.yaml]
#            ^^^^^^ error kustomization/not-a-directory
${configMap}`,
  ],
  [
    "an object without a kind",
    `
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
apiVersion: v1
#^^^^^^^^^ error kustomization/missing-kind
metadata:
  name: a
`,
  ],
  [
    "an object without a name",
    `
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {}
#         ^^ error kustomization/missing-name
`,
  ],
  [
    "YAML that cannot be read",
    `
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
\t\tname: a
#^ error yaml/tab-indentation
`,
  ],
  [
    "a document that is a list",
    `
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
- a
#^^ error kustomization/not-an-object
`,
  ],
  [
    "the same object twice",
    `
#- kustomization.yaml
resources: [c.yaml, d.yaml]
#                   ^^^^^^ error kustomization/duplicate-resource
${configMap}#- d.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
`,
  ],
  [
    "openapi with both",
    `
#- kustomization.yaml
resources: [web.yaml]
openapi:
  path: a.json
  version: v1.21.2
#          ^^^^^^^ error kustomization/openapi-twice
#- a.json
{}
${web}`,
  ],
  [
    "openapi of an unknown version",
    `
#- kustomization.yaml
resources: [web.yaml]
openapi:
  version: v1.30.0
#          ^^^^^^^ error kustomization/openapi-version
${web}`,
  ],
  [
    "a generator without a name",
    `
#- kustomization.yaml
configMapGenerator:
- literals: [A=1]
# ^^^^^^^^^^^^^^^ error kustomization/generator-without-name
`,
  ],
  [
    "a literal without =",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  literals: [A]
#            ^ error kustomization/invalid-literal
`,
  ],
  [
    "a literal without a key",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  literals: [=A]
#            ^^ error kustomization/invalid-literal
`,
  ],
  [
    "a key given twice",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  literals: [A=1]
#            ^ error kustomization/repeated-generator-key
  envs: [a.env]
#- a.env
A=2
`,
  ],
  [
    "a file without a key",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  files: [=a.env]
#         ^^^^^^ error kustomization/invalid-file-source
#- a.env
A=2
`,
  ],
  [
    "a file with two =",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  files: [a=b=a.env]
#         ^^^^^^^^^ error kustomization/invalid-file-source
#- a.env
A=2
`,
  ],
  [
    "merge into nothing",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
#       ^ error kustomization/generator-target-not-found
  behavior: merge
  literals: [A=1]
`,
  ],
  [
    "merge into another namespace",
    `
#- kustomization.yaml
resources: [base]
configMapGenerator:
- name: a
#       ^ error kustomization/generator-target-not-found
  namespace: other
  behavior: merge
  literals: [A=1]
#- base/kustomization.yaml
configMapGenerator:
- name: a
  namespace: one
  literals: [A=0]
`,
  ],
  [
    "create what is there",
    `
#- kustomization.yaml
resources: [base]
configMapGenerator:
- name: a
#       ^ error kustomization/generator-target-exists
  literals: [A=1]
#- base/kustomization.yaml
configMapGenerator:
- name: a
  literals: [A=0]
`,
  ],
  [
    "an unknown behavior",
    `
#- kustomization.yaml
configMapGenerator:
- name: a
  behavior: mrege
#           ^^^^^ warning kustomization/unknown-behavior
  literals: [A=1]
`,
  ],
  [
    "helm",
    `
#- kustomization.yaml
helmCharts:
- name: minecraft
#       ^^^^^^^^^ information kustomization/helm-not-run
`,
  ],
  [
    "neither path nor patch",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {kind: Deployment}
# ^^^^^^ error kustomization/patch-empty
${web}`,
  ],
  [
    "both",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- path: web.yaml
# ^^^^ error kustomization/patch-twice
  patch: '[]'
  target: {kind: Deployment}
${web}`,
  ],
  [
    "neither of the two kinds of patches",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: 'just text'
#         ^^^^^^^^^ error kustomization/not-an-object
  target: {kind: Deployment}
${web}`,
  ],
  [
    "operations without a target",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: |-
#        ^^ error kustomization/patch-without-target
    - op: remove
      path: /spec/replicas
${web}`,
  ],
  [
    "a path that is not there",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {kind: Deployment}
  patch: |-
    - op: remove
      path: /spec/replica
#                 ^^^^^^^ error kustomization/json-patch-failed
${web}`,
  ],
  [
    "a patch for nothing",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: wbe
#           ^^^ error kustomization/patch-target-not-found
${web}`,
  ],
  [
    "a patch for two",
    `
#- kustomization.yaml
resources: [a, b]
patches:
- patch: |-
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: c
#           ^ error kustomization/patch-target-ambiguous
    data:
      A: x
#- a/kustomization.yaml
resources: [c.yaml]
namePrefix: a-
#- b/kustomization.yaml
resources: [c.yaml]
namePrefix: b-
#- a/c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
#- b/c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
`,
  ],
  [
    "several documents with a target",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- path: p.yaml
#       ^^^^^^ error kustomization/patches-with-target
  target: {kind: Deployment}
${web}#- p.yaml
kind: Deployment
metadata:
  name: a
---
kind: Deployment
metadata:
  name: b
`,
  ],
  [
    "a target without a name",
    `
#- kustomization.yaml
resources: [web.yaml]
patchesJson6902:
#^^^^^^^^^^^^^^ warning kustomization/deprecated-field
- target: {kind: Deployment}
# ^^^^^^ error kustomization/patch-without-target
  patch: |-
    - op: remove
      path: /spec/replicas
${web}`,
  ],
  [
    "an unknown $patch",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- patch: |-
# ^^^^^^^^^ error kustomization/patch-does-not-fit
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      $patch: remove
${web}`,
  ],
  [
    "replicas of nothing",
    `
#- kustomization.yaml
resources: [web.yaml]
replicas:
- name: wbe
#       ^^^ error kustomization/replicas-target-not-found
  count: 2
${web}`,
  ],
  [
    "a source that selects nothing",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- source: {kind: Service}
#         ^^^^^^^^^^^^^^^ error kustomization/replacement-source-not-found
  targets:
  - select: {kind: Deployment}
${web}`,
  ],
  [
    "no targets",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- source: {kind: Deployment}
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/replacement-failed
${web}`,
  ],
  [
    "source and value",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- source: {kind: Deployment}
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/replacement-failed
  sourceValue: a
  targets:
  - select: {kind: Deployment}
${web}`,
  ],
  [
    "a source field that is missing",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- source: {kind: Deployment, fieldPath: spec.nothing}
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/replacement-failed
  targets:
  - select: {kind: Deployment}
${web}`,
  ],
  [
    "a target without select",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- sourceValue: a
  targets:
  - fieldPaths: [metadata.name]
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/replacement-failed
${web}`,
  ],
  [
    "a target field that is missing",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- sourceValue: a
  targets:
  - select: {kind: Deployment}
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/replacement-failed
    fieldPaths: [spec.nothing]
${web}`,
  ],
  [
    "a file and a replacement",
    `
#- kustomization.yaml
resources: [web.yaml]
replacements:
- path: r.yaml
# ^^^^ error kustomization/replacement-twice
  source: {kind: Deployment}
#- r.yaml
[]
${web}`,
  ],
  [
    "a namespace that makes two the same",
    `
#- kustomization.yaml
namespace: x
#          ^ error kustomization/namespace-conflict
resources: [c.yaml, d.yaml]
${configMap}  namespace: a
#- d.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  namespace: b
`,
  ],
  [
    "the same var twice",
    `
#- kustomization.yaml
resources: [web.yaml]
vars:
#^^^ warning kustomization/deprecated-field
- name: A
  objref: {apiVersion: apps/v1, kind: Deployment, name: web}
- name: A
#       ^ error kustomization/variable-duplicate
  objref: {apiVersion: apps/v1, kind: Deployment, name: web}
${web}`,
  ],
  [
    "a var of nothing",
    `
#- kustomization.yaml
resources: [web.yaml]
vars:
#^^^ warning kustomization/deprecated-field
- name: A
# ^^^^^^^ error kustomization/variable-source-not-found
  objref: {apiVersion: apps/v1, kind: Deployment, name: wbe}
${web}`,
  ],
  [
    "a var of a field that is missing",
    `
#- kustomization.yaml
resources: [web.yaml]
vars:
#^^^ warning kustomization/deprecated-field
- name: A
# ^^^^^^^ error kustomization/variable-field-not-found
  objref: {apiVersion: apps/v1, kind: Deployment, name: web}
  fieldref: {fieldPath: spec.nothing}
${web}`,
  ],
  [
    "field specs that contradict each other",
    `
#- kustomization.yaml
resources: [web.yaml]
labels:
- pairs: {a: b}
# ^^^^^^^^^^^^^ error kustomization/conflicting-field-specs
  includeTemplates: true
  fields:
  - path: metadata/labels
    create: false
${web}`,
  ],
  [
    "an unknown order",
    `
#- kustomization.yaml
resources: [web.yaml]
sortOptions:
  order: alphabetical
#        ^^^^^^^^^^^^ error kustomization/sort-order
${web}`,
  ],
  [
    "options of another order",
    `
#- kustomization.yaml
resources: [web.yaml]
sortOptions:
  order: fifo
  legacySortOptions:
    orderFirst: [Namespace]
#   ^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/sort-options
${web}`,
  ],
  [
    "a validator that changes objects",
    `
#- kustomization.yaml
resources: [web.yaml]
validators: [v.yaml]
#- v.yaml
apiVersion: builtin
#^^^^^^^^^ error kustomization/validator-modifies
kind: PrefixTransformer
metadata:
  name: a
prefix: a-
fieldSpecs:
- path: metadata/name
${web}`,
  ],
  [
    "a target that is no expression",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {name: "web("}
#         ^^^^^^^^^^^^^^ error kustomization/invalid-regexp
  patch: '[]'
${web}`,
  ],
  [
    "a label selector that cannot be read",
    `
#- kustomization.yaml
resources: [web.yaml]
patches:
- target: {labelSelector: "a=b=c"}
#         ^^^^^^^^^^^^^^^^^^^^^^^^ error kustomization/invalid-selector
  patch: |-
    - op: remove
      path: /spec/replicas
${web}`,
  ],
];

describe("conditions under which a build fails", () => {
  test.each(conditions)("%s", (_, files) => checkDiagnostics(files));

  test("each of them is a rule of its own", () => {
    const codes = new Set(kustomizationDomain.rules.map(({ code }) => code));
    const expected = conditions.flatMap(([, files]) => parseFixture(files).expected.map(({ code }) => code));
    expect(expected.filter((code) => code.startsWith("kustomization/") && !codes.has(code))).toEqual([]);
  });
});
