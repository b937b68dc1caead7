import type { EngineCondition } from "./engineCondition";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
const deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";
const listed = "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n";
const good = `${listed}${configMap}`;
const workload = `resources:\n- web.yaml\n#- web.yaml\n${deployment}`;

/** What reading, loading and selecting fail on, by the part of the code behind `kustomization/`. */
export const loadConditions: Readonly<Record<string, EngineCondition>> = {
  empty: {
    summary: "The kustomization holds nothing to build.",
    explanation:
      "Kustomize refuses a file without any field besides `apiVersion` and `kind`. `resources: []` is enough.",
    bad: "#- kustomization.yaml\nkind: Kustomization\n",
    good: "#- kustomization.yaml\nkind: Kustomization\nresources: []\n",
  },
  "unknown-kind": {
    summary: "The kind is neither Kustomization nor Component.",
    explanation: "Correct the kind, or leave it out.",
    bad: "#- kustomization.yaml\nkind: Kustomisation\nresources: []\n",
    good: "#- kustomization.yaml\nkind: Kustomization\nresources: []\n",
  },
  "several-kustomizations": {
    summary: "A directory holds more than one kustomization file.",
    explanation:
      "`kustomization.yaml`, `kustomization.yml` and `Kustomization` are all read; a directory may hold one of them.",
    bad: "#- kustomization.yaml\nresources: []\n#- Kustomization\nresources: []\n",
    good: "#- kustomization.yaml\nresources: []\n",
  },
  "absolute-path": {
    summary: "A directory is named by an absolute path.",
    explanation:
      "Bases and components are named relative to the kustomization, so that the repository can lie anywhere.",
    bad: "#- kustomization.yaml\nresources:\n- /ws/base\n#- base/kustomization.yaml\nresources: []\n",
    good: "#- kustomization.yaml\nresources:\n- base\n#- base/kustomization.yaml\nresources: []\n",
  },
  "not-a-directory": {
    summary: "A file stands where a directory with a kustomization belongs.",
    explanation: "`components` takes directories only.",
    bad: `#- kustomization.yaml\ncomponents:\n- a.yaml\n#- a.yaml\n${configMap}`,
    good: "#- kustomization.yaml\ncomponents:\n- c\n#- c/kustomization.yaml\nkind: Component\nnamePrefix: a-\n",
  },
  "not-a-file": {
    summary: "A directory stands where a file belongs.",
    explanation: "Patches, generator sources and configurations are files.",
    bad: `#- kustomization.yaml\npatches:\n- path: patches\n#- patches/a.yaml\n${configMap}`,
    good: `#- kustomization.yaml\npatches:\n- path: patches/a.yaml\nresources:\n- a.yaml\n#- a.yaml\n${configMap}#- patches/a.yaml\n${configMap}`,
  },
  "not-utf8": {
    summary: "A file is not UTF-8 text.",
    explanation: "Manifests are YAML in UTF-8. A ConfigMap takes binary files through `files`.",
    bad: "",
    good,
  },
  "unreadable-file": {
    summary: "A file or directory cannot be read.",
    explanation: "It may be too large, lack permissions, or be a link that leads in a circle.",
    bad: "",
    good,
  },
  "pending-file": {
    severity: "information",
    summary: "A file is still being read.",
    explanation: "The finding disappears by itself.",
    bad: "",
    good,
  },
  "outside-root": {
    summary: "A file lies outside of the directory of its kustomization.",
    explanation:
      "For safety, files must lie in or below the directory of the kustomization that names them. Directories may lie anywhere: make the other directory a base. Flux lifts the rule within a repository; Argo CD does so with `kustomize.buildOptions: --load-restrictor LoadRestrictionsNone` in the ConfigMap `argocd-cm` (`spec.kustomizeBuildOptions` of the OpenShift GitOps operator). Where a file of the git work tree shows either, files may lie anywhere in it. So they may where a Makefile, a script or a workflow gives that flag to `kustomize build`: for the directory that it names and what that includes, and for the whole work tree when it cannot be told which directory it builds.",
    bad: `#- a/kustomization.yaml\nresources:\n- ../b.yaml\n#- b.yaml\n${configMap}`,
    good: `#- a/kustomization.yaml\nresources:\n- ../b\n#- b/kustomization.yaml\nresources:\n- b.yaml\n#- b/b.yaml\n${configMap}`,
  },
  "outside-repository": {
    summary: "A base of a fetched repository leaves that repository.",
    explanation: "Keep the base within the repository.",
    bad: "",
    good,
  },
  "remote-not-fetched": {
    severity: "information",
    summary: "A remote base has not been fetched, so the build is not complete.",
    explanation: "The editor never waits for the network. What depends on the base is left out until it is there.",
    bad: "#- kustomization.yaml\nresources:\n- https://github.com/team/base?ref=v1\n",
    good,
  },
  "remote-failed": {
    summary: "A remote base could not be fetched.",
    explanation: "Check the URL, the reference and the network.",
    bad: "",
    good,
  },
  "missing-kind": {
    summary: "An object has no `kind`.",
    explanation: "Kustomize tells objects apart by group, version, kind and name.",
    bad: `${listed}apiVersion: v1\nmetadata:\n  name: a\n`,
    good,
  },
  "list-without-items": {
    summary: "The `items` of a List are no list.",
    explanation: "An object whose kind ends in `List` stands for its items.",
    bad: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMapList\nmetadata:\n  name: a\nitems: none\n",
    good: `${listed}apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n`,
  },
  "invalid-regexp": {
    summary: "A name, kind or other part of a selector is no regular expression.",
    explanation:
      "Group, version, kind, name and namespace of a target are regular expressions (of Go) for the whole value.",
    bad: `#- kustomization.yaml\npatches:\n- target:\n    name: "web("\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n${workload}`,
    good: `#- kustomization.yaml\npatches:\n- target:\n    name: "web.*"\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n${workload}`,
  },
  "invalid-selector": {
    summary: "A label or annotation selector cannot be read.",
    explanation: "Write it as for `kubectl -l`, for example `app=web,tier!=db`.",
    bad: `#- kustomization.yaml\npatches:\n- target:\n    labelSelector: "a=b=c"\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n${workload}`,
    good: `#- kustomization.yaml\npatches:\n- target:\n    labelSelector: "app=web"\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n${workload}`,
  },
  "generator-target-not-found": {
    summary: "A generator with `behavior: merge` or `replace` finds no object to change.",
    explanation: "The base must make an object of the same name and namespace. Without a base, leave `behavior` out.",
    bad: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  behavior: merge\n  literals:\n  - A=1\n",
    good: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  literals:\n  - A=1\n",
  },
  "namespace-conflict": {
    summary: "Setting the namespace makes two objects the same.",
    explanation: "Two objects of the same kind and name in different namespaces cannot both be moved into one.",
    bad: `#- kustomization.yaml\nnamespace: c\nresources:\n- a.yaml\n- b.yaml\n#- a.yaml\n${configMap}  namespace: a\n#- b.yaml\n${configMap}  namespace: b\n`,
    good,
  },
  "crds-cycle": {
    summary: "A type in a file of `crds` holds itself; Kustomize overflows its stack on it.",
    explanation: "Remove the `$ref` that leads back to the type, or the file from `crds`.",
    bad: `#- kustomization.yaml\ncrds:\n- crd.yaml\n${workload}#- crd.yaml\nexample.Tree:\n  Schema:\n    properties:\n      apiVersion: {}\n      kind: {}\n      metadata: {}\n      left:\n        $ref: example.Tree\n      right:\n        $ref: example.Tree\n`,
    good,
  },
  "too-large": {
    summary:
      "A build would grow beyond all measure: steps copy what they made, or bases that are used twice use bases twice.",
    explanation:
      "An object may grow to 5,000,000 characters and 500 levels, a build to 200,000 objects. Remove the steps or bases that repeat themselves.",
    bad: "",
    good,
  },
  "field-path-mismatch": {
    summary: "A field that a transformer sets is of another shape than its configuration says.",
    explanation: "Correct the object, or the path in the `fieldSpecs`, `fields` or `configurations`.",
    bad: "#- kustomization.yaml\nlabels:\n- pairs:\n    app: web\n  includeSelectors: true\nresources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec: none\n",
    good,
  },
  "conflicting-field-specs": {
    summary: "Two configurations say different things about creating the same field.",
    explanation: "Make `create` the same for both.",
    bad: `#- kustomization.yaml\nlabels:\n- pairs:\n    a: b\n  includeTemplates: true\n  fields:\n  - path: metadata/labels\n    create: false\n${workload}`,
    good,
  },
  "wrong-kind": {
    summary: "A value that a transformer sets is no scalar, map or list as it must be.",
    explanation: "Correct the value, or the path that leads to it.",
    bad: "#- kustomization.yaml\nreplicas:\n- name: web\n  count: 2\nresources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: [1]\n",
    good,
  },
  "configuration-no-mapping": {
    summary: "A file under `configurations` or `crds` holds a list or a single value.",
    explanation:
      "Both are maps: `nameReference`, `commonLabels` and the like in one, definitions of types in the other.",
    bad: `#- kustomization.yaml\nconfigurations:\n- names.yaml\n${workload}#- names.yaml\n- nameReference\n`,
    good: `#- kustomization.yaml\nconfigurations:\n- names.yaml\n${workload}#- names.yaml\nnameReference: []\n`,
  },
  "crds-no-definition": {
    summary: "A file under `crds` holds no OpenAPI definitions.",
    explanation:
      "`crds` takes OpenAPI definitions of types. CustomResourceDefinition manifests belong under `resources`.",
    bad: `#- kustomization.yaml\ncrds:\n- crd.yaml\n${workload}#- crd.yaml\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: as.example.com\nspec: {}\n`,
    good,
  },
  "variable-duplicate": {
    summary: "Two `vars` have the same name.",
    explanation: "Rename or remove one of them.",
    bad: `#- kustomization.yaml\nvars:\n- name: WEB\n  objref:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n- name: WEB\n  objref:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n${workload}`,
    good,
  },
  "variable-ambiguous": {
    summary: "The object of a `vars` entry is not the only one that fits.",
    explanation: "Add kind, namespace or apiVersion to `objref`.",
    bad: "#- kustomization.yaml\nresources:\n- a\n- b\nvars:\n- name: C\n  objref:\n    apiVersion: v1\n    kind: ConfigMap\n    name: c\n#- a/kustomization.yaml\nnamespace: a\nresources:\n- c.yaml\n#- a/c.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n#- b/kustomization.yaml\nnamespace: b\nresources:\n- c.yaml\n#- b/c.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n",
    good,
  },
  "variable-source-not-found": {
    summary: "The object or field of a `vars` entry does not exist.",
    explanation: "Correct `objref` or `fieldref`.",
    bad: `#- kustomization.yaml\nvars:\n- name: WEB\n  objref:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: wbe\n${workload}`,
    good,
  },
};
