import type { EngineCondition } from "./engineCondition";

const workload =
  "resources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";
const good = `#- kustomization.yaml\n${workload}`;
const patched = (patch: string): string => `#- kustomization.yaml\npatches:\n${patch}${workload}`;
const generated = (fields: string): string => `#- kustomization.yaml\nconfigMapGenerator:\n- ${fields}`;
const remove = "  patch: |-\n    - op: remove\n      path: /spec/replicas\n";
const configured = (field: string, config: string): string =>
  `#- kustomization.yaml\n${field}:\n- t.yaml\n${workload}#- t.yaml\n${config}`;

/** A ConfigMap in two bases, each with a prefix of its own. */
const twice = ["a", "b"]
  .map(
    (base) =>
      `#- ${base}/kustomization.yaml\nnamePrefix: ${base}-\nresources:\n- c.yaml\n#- ${base}/c.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n`,
  )
  .join("");

/** What patches, generators and plugins fail on, by the part of the code behind `kustomization/`. */
export const transformerConditions: Readonly<Record<string, EngineCondition>> = {
  "patch-empty": {
    summary: "An entry holds no patch.",
    explanation: "A patch needs a `path` or a `patch`, with at least one change in it.",
    bad: patched("- target:\n    kind: Deployment\n"),
    good: patched(`- target:\n    kind: Deployment\n${remove}`),
  },
  "patch-twice": {
    summary: "An entry has both a `path` and a `patch`.",
    explanation: "Keep one of them, or make two entries.",
    bad: patched(`- path: web.yaml\n  target:\n    kind: Deployment\n${remove}`),
    good: patched(`- target:\n    kind: Deployment\n${remove}`),
  },
  "patch-no-json": {
    summary: "A patch that begins like JSON is none.",
    explanation: "Put all names and strings in double quotes, or write the operations as a YAML list.",
    bad: patched("- target:\n    kind: Deployment\n  patch: '[{op: remove, path: /spec/replicas}]'\n"),
    good: patched(`- target:\n    kind: Deployment\n${remove}`),
  },
  "patch-no-operations": {
    summary: "The operations of a JSON patch are not a list of maps.",
    explanation: "Every operation is a map with `op` and `path`.",
    bad: `#- kustomization.yaml\npatches:\n- target:\n    kind: Deployment\n  patch: |-\n    - remove\n${workload}`,
    good,
  },
  "patch-without-target": {
    summary: "A JSON patch has no target.",
    explanation: "Operations do not say which object they mean, so the entry must select one with `target`.",
    bad: patched(`- path: p.yaml\n`).replace(
      "#- web.yaml",
      "#- p.yaml\n- op: remove\n  path: /spec/replicas\n#- web.yaml",
    ),
    good: patched(`- target:\n    kind: Deployment\n${remove}`),
  },
  "patches-with-target": {
    summary: "An entry with a target holds several patches.",
    explanation: "With a `target`, an entry holds one document. Give each patch an entry of its own.",
    bad: `#- kustomization.yaml\npatches:\n- path: p.yaml\n  target:\n    kind: Deployment\n${workload}#- p.yaml\nkind: Deployment\nmetadata:\n  name: a\n---\nkind: Deployment\nmetadata:\n  name: b\n`,
    good,
  },
  "patch-target-ambiguous": {
    summary: "Several objects match a patch that names one.",
    explanation: "Add the namespace to the patch, or select the objects with a `target`.",
    bad: `#- kustomization.yaml\nresources:\n- a\n- b\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: c\n    data:\n      A: x\n${twice}`,
    good,
  },
  "patch-does-not-fit": {
    summary: "A strategic-merge patch has another shape than the object that it meets.",
    explanation: "Where the object has a map, the patch needs a map, and where it has a list, a list.",
    bad: `#- kustomization.yaml\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n    - replicas\n${workload}`,
    good,
  },
  "generator-without-name": {
    summary: "A generator does not name the object that it makes.",
    explanation: "Add `name`.",
    bad: generated("literals:\n  - A=1\n"),
    good: generated("name: a\n  literals:\n  - A=1\n"),
  },
  "repeated-generator-key": {
    summary: "A generator gives a key twice.",
    explanation: "Keys of `literals`, `files` and `envs` share one object.",
    bad: generated("name: a\n  literals:\n  - A=1\n  - A=2\n"),
    good: generated("name: a\n  literals:\n  - A=1\n"),
  },
  "invalid-literal": {
    summary: "A literal is not of the form `KEY=value`.",
    explanation: "The key is what stands before the first `=` and must not be empty.",
    bad: generated("name: a\n  literals:\n  - A\n"),
    good: generated("name: a\n  literals:\n  - A=1\n"),
  },
  "invalid-file-source": {
    summary: "An entry of `files` is neither a path nor `key=path`.",
    explanation: "There may be one `=`, with a key before and a path behind it.",
    bad: generated("name: a\n  files:\n  - =a.txt\n"),
    good: `${generated("name: a\n  files:\n  - a.txt\n")}#- a.txt\nA\n`,
  },
  "env-not-utf8": {
    summary: "An env file is not UTF-8 text.",
    explanation: "Save it as UTF-8, or take the file as a whole under `files`.",
    bad: "",
    good,
  },
  "generator-target-exists": {
    summary: "A generator makes an object that a base has made already.",
    explanation: "Say with `behavior: merge` or `replace` what becomes of the base's object, or choose another name.",
    bad: "#- kustomization.yaml\nresources:\n- base\nconfigMapGenerator:\n- name: a\n  literals:\n  - A=2\n#- base/kustomization.yaml\nconfigMapGenerator:\n- name: a\n  literals:\n  - A=1\n",
    good: "#- kustomization.yaml\nresources:\n- base\nconfigMapGenerator:\n- name: a\n  behavior: merge\n  literals:\n  - A=2\n#- base/kustomization.yaml\nconfigMapGenerator:\n- name: a\n  literals:\n  - A=1\n",
  },
  "generator-target-ambiguous": {
    summary: "A generator with `behavior: merge` or `replace` finds several objects to change.",
    explanation: "Give the generator the namespace of the object that is meant.",
    bad: `#- kustomization.yaml\nresources:\n- a\n- b\nconfigMapGenerator:\n- name: c\n  behavior: merge\n  literals:\n  - A=x\n${twice}`,
    good,
  },
  "sort-order": {
    summary: "`sortOptions.order` is neither legacy nor fifo.",
    explanation: "`legacy` sorts by kind, `fifo` keeps the order of the resources.",
    bad: "#- kustomization.yaml\nsortOptions:\n  order: alphabetical\nresources: []\n",
    good: "#- kustomization.yaml\nsortOptions:\n  order: fifo\nresources: []\n",
  },
  "sort-options": {
    summary: "`legacySortOptions` stand beside the order fifo.",
    explanation: "They are for the order legacy only.",
    bad: "#- kustomization.yaml\nsortOptions:\n  order: fifo\n  legacySortOptions:\n    orderFirst:\n    - Namespace\nresources: []\n",
    good: "#- kustomization.yaml\nsortOptions:\n  order: fifo\nresources: []\n",
  },
  "openapi-twice": {
    summary: "`openapi` has both a path and a version.",
    explanation: "Either a file gives the schema, or a version that is built in.",
    bad: "#- kustomization.yaml\nopenapi:\n  path: a.json\n  version: v1.21.2\nresources: []\n#- a.json\n{}\n",
    good: "#- kustomization.yaml\nopenapi:\n  version: v1.21.2\nresources: []\n",
  },
  "openapi-version": {
    summary: "`openapi.version` names a schema that Kustomize does not have.",
    explanation:
      "Kustomize 5.8.1 has the schema of Kubernetes v1.21.2 built in. Give any other as a file under `path`.",
    bad: "#- kustomization.yaml\nopenapi:\n  version: v1.30.0\nresources: []\n",
    good: "#- kustomization.yaml\nopenapi:\n  version: v1.21.2\nresources: []\n",
  },
  "openapi-invalid": {
    summary: "The file of `openapi.path` holds no OpenAPI definitions.",
    explanation: "It is a JSON or YAML file with `definitions`, as `kubectl get --raw /openapi/v2` gives it.",
    bad: `#- kustomization.yaml\nopenapi:\n  path: api.json\n${workload}#- api.json\nnone\n`,
    good,
  },
  "replacement-twice": {
    summary: "A replacement is written in the kustomization and in a file.",
    explanation: "With `path`, the entry has no other fields.",
    bad: `#- kustomization.yaml\nreplacements:\n- path: r.yaml\n  source:\n    kind: Deployment\n${workload}#- r.yaml\n[]\n`,
    good,
  },
  "replacement-source-not-found": {
    summary: "The source of a replacement selects no object, or more than one.",
    explanation: "A source must select exactly one object of the build.",
    bad: `#- kustomization.yaml\nreplacements:\n- source:\n    kind: Service\n  targets:\n  - select:\n      kind: Deployment\n    fieldPaths:\n    - metadata.name\n${workload}`,
    good: `#- kustomization.yaml\nreplacements:\n- source:\n    kind: Deployment\n  targets:\n  - select:\n      kind: Deployment\n    fieldPaths:\n    - metadata.name\n${workload}`,
  },
  "replacement-failed": {
    summary: "A replacement cannot be made.",
    explanation:
      "It needs a source (or `sourceValue`) that selects exactly one object and an existing field, and targets whose fields exist or may be created.",
    bad: `#- kustomization.yaml\nreplacements:\n- source:\n    kind: Deployment\n  targets:\n  - select:\n      kind: Deployment\n    fieldPaths:\n    - spec.nothing\n${workload}`,
    good: `#- kustomization.yaml\nreplacements:\n- source:\n    kind: Deployment\n  targets:\n  - select:\n      kind: Deployment\n    fieldPaths:\n    - metadata.name\n${workload}`,
  },
  "replacement-file": {
    summary: "A file of `replacements` holds none.",
    explanation: "Write one replacement in it, or a list of them.",
    bad: `#- kustomization.yaml\nreplacements:\n- path: r.yaml\n${workload}#- r.yaml\nnone\n`,
    good,
  },
  "ambiguous-name-reference": {
    summary: "A name may mean several objects of the build.",
    explanation: "Rename one of them, or keep the object in a kustomization with the one that it means.",
    bad: "",
    good,
  },
  "broken-name-reference": {
    summary: "A reference to another object has no name where one belongs.",
    explanation: "Name the object that is meant.",
    bad: "#- kustomization.yaml\nnamePrefix: dev-\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: a\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n- kind: ServiceAccount\n",
    good,
  },
  "blank-subject-namespace": {
    summary: "A subject of a role binding has a blank namespace.",
    explanation: "Name a namespace, or leave the field out.",
    bad: "#- kustomization.yaml\nnamePrefix: dev-\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: a\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n- kind: ServiceAccount\n  name: a\n  namespace: null\n",
    good,
  },
  "variable-field-not-found": {
    summary: "The field of a `vars` entry does not exist.",
    explanation: "Correct `fieldref.fieldPath`.",
    bad: `#- kustomization.yaml\nvars:\n- name: WEB\n  objref:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n  fieldref:\n    fieldPath: spec.host\n${workload}`,
    good,
  },
  "variable-in-no-string": {
    summary: "A field of `varReference` is no string.",
    explanation: "Put the value in quotes, or take the field out of `varReference`.",
    bad: "#- kustomization.yaml\nconfigurations:\n- c.yaml\nresources:\n- a.yaml\nvars:\n- name: POD\n  objref:\n    apiVersion: v1\n    kind: Pod\n    name: a\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: quay.io/team/a:1.0\n    args:\n    - $(POD)\n    - 8080\n#- c.yaml\nvarReference:\n- path: spec/containers/args\n  kind: Pod\n",
    good,
  },
  "helm-not-run": {
    severity: "information",
    summary: "A helm chart was not rendered, so the build is not complete.",
    explanation: "Helm is a program, and the editor runs none. Everything else is built and checked.",
    bad: "#- kustomization.yaml\nhelmCharts:\n- name: minecraft\n  repo: https://charts.example.com\n",
    good,
  },
  "helm-failed": {
    summary: "A helm chart cannot be rendered.",
    explanation: "Check name, version and values. `helm template` says more.",
    bad: "",
    good,
  },
  "plugin-config": {
    summary: "The configuration of a built-in plugin is wrong.",
    explanation: "Correct what the message names.",
    bad: `#- kustomization.yaml\ntransformers:\n- t.yaml\n${workload}#- t.yaml\napiVersion: builtin\nkind: ValueAddTransformer\nmetadata:\n  name: a\n`,
    good,
  },
  "plugin-not-run": {
    severity: "warning",
    summary: "A plugin that is a program was not run, so the build is not complete.",
    explanation:
      "Programs and containers are never started from here. Commit what the plugin makes, or use a built-in one.",
    bad: configured("generators", "apiVersion: example.com/v1\nkind: Maker\nmetadata:\n  name: a\n"),
    good,
  },
  "unknown-plugin": {
    summary: "Kustomize has no built-in plugin of this kind.",
    explanation: "With `apiVersion: builtin` only the plugins of Kustomize itself can be named.",
    bad: configured("transformers", "apiVersion: builtin\nkind: Maker\nmetadata:\n  name: a\n"),
    good,
  },
  "misplaced-plugin": {
    summary: "A generator stands under `transformers`, or a transformer under `generators`.",
    explanation: "Move the entry.",
    bad: configured("generators", "apiVersion: builtin\nkind: PrefixTransformer\nmetadata:\n  name: a\nprefix: a-\n"),
    good,
  },
  "missing-field-specs": {
    summary: "The configuration of a transformer does not say which fields to change.",
    explanation: "Add `fieldSpecs`.",
    bad: `#- kustomization.yaml\ntransformers:\n- t.yaml\n${workload}#- t.yaml\napiVersion: builtin\nkind: PrefixTransformer\nmetadata:\n  name: a\nprefix: a-\n`,
    good,
  },
  "wrong-subject-mode": {
    summary: "`setRoleBindingSubjects` has an unknown value.",
    explanation: "It is `defaultOnly`, `allServiceAccounts` or `none`.",
    bad: `#- kustomization.yaml\ntransformers:\n- t.yaml\n${workload}#- t.yaml\napiVersion: builtin\nkind: NamespaceTransformer\nmetadata:\n  name: a\n  namespace: shop\nsetRoleBindingSubjects: all\nfieldSpecs:\n- path: metadata/namespace\n  create: true\n`,
    good,
  },
  "unknown-cloud": {
    summary: "The IAM policy generator knows no such cloud.",
    explanation: "`gke` is the only one.",
    bad: `#- kustomization.yaml\ngenerators:\n- t.yaml\n${workload}#- t.yaml\napiVersion: builtin\nkind: IAMPolicyGenerator\nmetadata:\n  name: a\ncloud: aws\nkubernetesService:\n  name: a\nserviceAccount:\n  name: b\n  projectId: c\n`,
    good,
  },
  "validator-modifies": {
    summary: "A validator changes objects.",
    explanation: "Validators may only check. Move it to `transformers`.",
    bad: `#- kustomization.yaml\nvalidators:\n- t.yaml\n${workload}#- t.yaml\napiVersion: builtin\nkind: PrefixTransformer\nmetadata:\n  name: a\nprefix: a-\nfieldSpecs:\n- path: metadata/name\n`,
    good,
  },
};
