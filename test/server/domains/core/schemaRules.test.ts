import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
spec:
  selector:
    matchLabels: {app: a}
  template:
    metadata:
      labels: {app: a}
    spec:
      containers:
      - name: a
        image: a:1
`;

describe("schema/unknown-field", () => {
  test("hits a misspelt field at any depth, through references", () =>
    checkDiagnostics(`
#- a.yaml
${deployment}        imagePullPolcy: Always
#       ^^^^^^^^^^^^^^ error schema/unknown-field: \`imagePullPolcy\` is no field of an item of \`containers\`.
`));
  test("leaves labels, annotations, data and limits free", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: {anything.example.com/goes: here}
data: {constructor: a, __proto__: b}
`));
  test("leaves kinds that nobody knows alone, and Flux' Kustomization to its own schema", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: example.com/v1
kind: Thing
metadata: {name: a}
qwerty: 1
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a}
spec:
  interval: 10m
  path: ./a
  prune: true
  sourceRef: {kind: GitRepository, name: a}
`));
  test("goes into lists and templates", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: a}
  spec: {port: 1}
#        ^^^^ error schema/unknown-field
---
apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: a}
objects:
- apiVersion: v1
  kind: Service
  metadata: {name: "\${NAME}"}
  spec: {port: 1}
#        ^^^^ warning schema/unknown-field
parameters:
- name: NAME
`));
  test("leaves what Helm and Jinja fill in alone", () =>
    checkDiagnostics(`
#- templates/a.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
{{- if .Values.x }}
  port: 1
{{- end }}
#- chart/Chart.yaml
name: a
#- chart/templates/b.yaml
apiVersion: v1
kind: Service
metadata: {name: b}
spec: {port: 1}
`));
  test("fix: the nearest field", () =>
    checkFix(
      `#- a.yaml\n${deployment}        imagePullPolcy: Always # c\n`,
      "schema/unknown-field",
      "Change to 'imagePullPolicy'",
      `#- a.yaml\n${deployment}        imagePullPolicy: Always # c\n`,
    ));
  test("a half-typed key is no unknown field", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
dat
#^^ error yaml/missing-colon
`));
});

describe("schema/wrong-type", () => {
  test("names the traps of YAML", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  annotations:
    wave: 5
#         ^ error schema/wrong-type: \`wave\` must be a string, not a number.
  labels:
    on-call: true
#            ^^^^ error schema/wrong-type
data:
  mode: 0777
#       ^^^^ error schema/wrong-type
  size: 1e3
#       ^^^ error schema/wrong-type
  quoted: "5"
  date: 2026-01-31
  nothing:
`));
  test("says which trap it is", async () => {
    const help = await helpFor("data:\n  mode: 0777\n");
    expect(help).toEqual(['YAML reads `0777` as an octal number. Put it in quotes: `"0777"`.']);
  });
  test("takes an integer or a text where both are right, and variables everywhere", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: a}
spec: {maxUnavailable: 50%, selector: {matchLabels: {a: b}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: b}
spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}
---
apiVersion: v1
kind: Service
metadata: {name: b}
spec: {ports: [{port: "\${PORT}"}]}
`));
  test("fix: quotes", () =>
    checkFix(
      "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 5 # c\n",
      "schema/wrong-type",
      "Put it in quotes",
      '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "5" # c\n',
    ));
  test("fix: no quotes", () =>
    checkFix(
      `#- a.yaml\n${deployment}  replicas: "3"\n`,
      "schema/wrong-type",
      "Take the quotes away",
      `#- a.yaml\n${deployment}  replicas: 3\n`,
    ));
  test("no fix where it would change the text", async () => {
    const fixes = await findFixes(`#- a.yaml\n${deployment}  replicas: "3 of them"\n`, "schema/wrong-type");
    expect([...fixes.keys()]).toEqual([]);
  });
});

async function helpFor(lines: string): Promise<readonly (string | undefined)[]> {
  const { inspect } = await import("../../../support/inspect");
  const { parseFixture } = await import("../../../support/fixture");
  const text = `#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${lines}`;
  return (await inspect(parseFixture(text))).findings.map(({ help }) => help);
}

describe("schema/yaml-boolean", () => {
  test("hits words that only Kustomize reads as text", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  a: yes
#    ^^^ warning schema/yaml-boolean
  b: "off"
  c: yesterday
  d: n/a
`));
  test("fix: quotes", () =>
    checkFix(
      "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: on}\n",
      "schema/yaml-boolean",
      "Put it in quotes",
      '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "on"}\n',
    ));
});

describe("schema/missing-field", () => {
  const incomplete = deployment.replace("  selector:\n    matchLabels: {app: a}\n", "");
  test("is an error where a kustomization deploys the object as it stands, at the key of the object", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
${incomplete.replace("spec:\n  template", "spec:\n#^^^ error schema/missing-field: `selector` is missing in `spec`.\n  template")}`));
  test("is a warning where nobody lists it, and nothing where a kustomization may complete it", () =>
    checkDiagnostics(`
#- a.yaml
${incomplete.replace("spec:\n  template", "spec:\n#^^^ warning schema/missing-field\n  template")}#- patched/kustomization.yaml
resources: [b.yaml]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: a}
    spec: {selector: {matchLabels: {app: a}}}
#- patched/b.yaml
${incomplete}`));
  test("nothing is demanded of what a comment of the kustomization names, nor in a base without overlays", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [b.yaml]
# patches:
# - path: a.yaml
#- a.yaml
${incomplete.replace("  name: a\n", "  name: a\n#       ^ hint kustomization/orphan-manifest\n")}#- b.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
#- elsewhere/base/kustomization.yaml
resources: [flux.yaml]
#- elsewhere/base/flux.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: a}
spec:
  chartRef: {kind: OCIRepository, name: a}
`));
  test("nothing is demanded of a status, nor of what a test expects", () =>
    checkDiagnostics(`
#- a.yaml
${deployment}status:
  conditions: [{type: Available}]
#- tests/assert.yaml
${incomplete}#- tests/chainsaw-assert-ready.yaml
${incomplete}`));
  test("nothing is demanded of patches, in files and inline", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
patches:
- path: p.yaml
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: a
    spec:
      replicas: 2
#- a.yaml
${deployment}#- p.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  foo: ~
  template:
    spec:
      $setElementOrder/containers: [{name: a}]
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning kustomization/ignored-directive
      containers: [{name: a, $patch: merge, image: "b:1"}]
`));
});

describe("patches", () => {
  test("names and types are checked in files and inline, at their place", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
patches:
- path: p.yaml
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: a
    spec:
      replica: 2
#     ^^^^^^^ error schema/unknown-field
#- a.yaml
${deployment}#- p.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  replicas: "2"
#           ^^^ error schema/wrong-type
`));
});

describe("schema/patched-value", () => {
  const base = (operations: string) =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: Deployment}\n  path: p.yaml\n#- a.yaml\n${deployment}#- p.yaml\n${operations}`;
  test("hits the value of an operation", () =>
    checkDiagnostics(
      base(`- op: add
  path: /spec/replicas
  value: many
#        ^^^^ error schema/patched-value: \`replicas\` must be an integer, not a string.
`),
    ));
  test("leaves right values, and what the object had before, alone", () =>
    checkDiagnostics(base("- op: add\n  path: /spec/replicas\n  value: 3\n")));
  test("fix: quotes", () =>
    checkFix(
      base("- op: add\n  path: /spec/template/spec/containers/0/env\n  value: [{name: WAVE, value: 5}]\n"),
      "schema/patched-value",
      "Put it in quotes",
      base('- op: add\n  path: /spec/template/spec/containers/0/env\n  value: [{name: WAVE, value: "5"}]\n'),
    ));
  test("an operation that is half typed says nothing of its own", () =>
    checkDiagnostics(base("- op: add\n  path: /spec/replicas\n  value:\n")));
});

describe("schema/unknown-value", () => {
  const service = (type: string) =>
    `#- a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: ${type}\n`;
  test("hits another letter case", () =>
    checkDiagnostics(`${service("clusterIP")}#       ^^^^^^^^^ error schema/unknown-value\n`));
  test("leaves right values and variables alone", () => checkDiagnostics(service("$" + "{TYPE}")));
  test("fix: the nearest value", () =>
    checkFix(service("clusterIP"), "schema/unknown-value", "Change to 'ClusterIP'", service("ClusterIP")));
  test("a value that is not written yet is none", () => checkDiagnostics(service("")));
});

describe("schema/bad-format", () => {
  const claim = (storage: string) =>
    `#- a.yaml\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: ${storage}\n`;
  test("hits what is no quantity", () =>
    checkDiagnostics(`${claim("10GB")}#              ^^^^ error schema/bad-format\n`));
  test.each(["10G", "1.5Gi", "1e3", "100", ".5", "FROM_OVERLAY"])("leaves %s alone", (storage) =>
    checkDiagnostics(claim(storage)),
  );
  test("hits what is no base64 in a Secret, but not words to be replaced", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: Secret
metadata: {name: a}
data:
  a: secret!
#    ^^^^^^^ error schema/bad-format
  b: c2VjcmV0
  c: put your token here
`));
});

describe("schema/bad-pattern and schema/out-of-bounds", () => {
  test("reads whole numbers as Kubernetes does, in octal behind a zero", () => {
    const text = (mode: string): string =>
      `#- crd.yaml\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Thing, plural: things}\n  versions:\n  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {mode: {type: integer, maximum: 511}}}}}\n#- a.yaml\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nmode: ${mode}\n`;
    return Promise.all([
      checkDiagnostics(text("0755")),
      checkDiagnostics(text("0o755")),
      checkDiagnostics(text("755\n#     ^^^ error schema/out-of-bounds")),
      checkDiagnostics(text("01000\n#     ^^^^^ error schema/out-of-bounds")),
    ]);
  });
  const pod = (name: string, port: number) =>
    `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - image: a:1\n    name: ${name}\n    ports:\n    - containerPort: ${port}\n`;
  test("hit a name and a port", () =>
    checkDiagnostics(
      pod("My_App", 80000)
        .replace("My_App\n", "My_App\n#         ^^^^^^ error schema/bad-pattern\n")
        .replace("80000\n", "80000\n#                    ^^^^^ error schema/out-of-bounds\n"),
    ));
  test("leave right ones alone", () => checkDiagnostics(pod("my-app", 65535)));
});

describe("definitions in the workspace", () => {
  const definition = `#- crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {kind: Thing, plural: things}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [size]
            properties:
              size: {type: integer}
              port: {x-kubernetes-int-or-string: true}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}
`;
  test("are the schema of their kinds, and change with them", () =>
    checkDiagnostics(`${definition}#- a.yaml
apiVersion: example.com/v1
kind: Thing
metadata:
  name: a
  namespace: b
# ^^^^^^^^^ warning core/namespace-on-cluster-kind
  labels: {a: 1}
#             ^ error schema/wrong-type
spec:
  size: large
#       ^^^^^ error schema/wrong-type
  port: http
  sise: 1
# ^^^^ error schema/unknown-field
  free: {x: [1]}
`));
});
