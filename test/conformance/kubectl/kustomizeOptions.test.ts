import { describe, expect, test } from "vitest";
import { substitute } from "../../../server/src/argocd/environment";
import { editKustomization } from "../../../server/src/argocd/kustomizeOptions";
import { build } from "../../../server/src/kustomize/build";
import { isInside, joinPath, relativePath } from "../../../server/src/platform/path";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { readDocuments } from "../../../server/src/yaml/read";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { memoryLoader } from "../../support/memoryLoader";
import { temporaryFolder } from "../../support/temporaryFolder";
import { parseTree, writeTree } from "../../support/tree";

const base = `#- app/kustomization.yaml
KUSTOMIZATION#- app/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.example.com:5000/web:1
      - name: proxy
        image: proxy:1@sha256:1111111111111111111111111111111111111111111111111111111111111111
      - name: other
        image: other:1
        envFrom:
        - configMapRef:
            name: settings
#- app/settings.env
LEVEL=info
#- app/more/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
- name: more
  literals:
  - a=b
${["one", "two", "zero", ".hidden"].map(component).join("")}`;

function component(name: string): string {
  return `#- lib/${name}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
nameSuffix: -${name.replace(".", "")}
`;
}

const plain = `resources:
- deployment.yaml
configMapGenerator:
- name: settings
  envs:
  - settings.env
`;

/** A kustomization, the options of an Application, and the kustomization that Argo CD builds then. */
const cases: readonly (readonly [string, string, string, string])[] = [
  [
    "images, by name and with all that can stand in one",
    `${plain}images:\n- name: other\n  newTag: "2"\n- name: proxy\n  newName: proxies/proxy\n`,
    `images:
- registry.example.com:5000/web=quay.io/web:2@sha256:2222222222222222222222222222222222222222222222222222222222222222
- proxy:3
- absent@sha256:3333333333333333333333333333333333333333333333333333333333333333
`,
    `${plain}images:
- digest: sha256:3333333333333333333333333333333333333333333333333333333333333333
  name: absent
- name: other
  newTag: "2"
- name: proxy
  newTag: "3"
- digest: sha256:2222222222222222222222222222222222222222222222222222222222222222
  name: registry.example.com:5000/web
  newName: quay.io/web
  newTag: "2"
`,
  ],
  [
    "images that keep a part, in the deprecated field, and with a variable",
    `${plain}imageTags:\n- name: other\n  newName: others/other\n  newTag: "2"\n`,
    `images:\n- "other=*:$ARGOCD_APP_NAME"\n- "proxy=proxy:\${ARGOCD_APP_NAME}-$$1"\n`,
    `${plain}images:\n- name: other\n  newName: others/other\n  newTag: web-dev\n- name: proxy\n  newName: proxy\n  newTag: web-dev-$1\n`,
  ],
  [
    "prefix, suffix and namespace in place of those of the files",
    `namePrefix: old-\nnamespace: old\n${plain}`,
    `namePrefix: new-\nnameSuffix: -b\nnamespace: shop\n`,
    `namePrefix: new-\nnameSuffix: -b\nnamespace: shop\n${plain}`,
  ],
  [
    "replicas, as number and as text",
    `${plain}replicas:\n- name: web\n  count: 2\n`,
    `replicas:\n- name: web\n  count: 3\n- name: web\n  count: "5"\n`,
    `${plain}replicas:\n- name: web\n  count: 5\n`,
  ],
  [
    "labels and annotations that look like something else",
    `${plain}commonLabels:\n  team: a\n`,
    `forceCommonLabels: true
commonLabels: {team: b, app.kubernetes.io/version: "1.10", yes: "true", empty: ""}
commonAnnotations: {note: '"quoted"', name: $ARGOCD_APP_NAME}
`,
    `${plain}commonLabels:\n  team: b\n  app.kubernetes.io/version: "1.10"\n  "yes": "true"\n  empty: ""
commonAnnotations:\n  note: quoted\n  name: $ARGOCD_APP_NAME\n`,
  ],
  [
    "labels without selectors, into the entry that fits",
    `${plain}labels:\n- pairs: {a: b}\n  includeSelectors: true\n- pairs: {c: d}\n`,
    `labelWithoutSelector: true\ncommonLabels: {e: f, g: $ARGOCD_APP_NAME}\n`,
    `${plain}labels:\n- pairs: {a: b}\n  includeSelectors: true\n- pairs: {c: d, e: f, g: web-dev}\n`,
  ],
  [
    "labels in templates, and annotations with variables",
    plain,
    `labelWithoutSelector: true
labelIncludeTemplates: true
commonLabels: {e: f}
commonAnnotationsEnvsubst: true
commonAnnotations: {name: "$ARGOCD_APP_NAME in \${ARGOCD_APP_NAMESPACE}"}
`,
    `${plain}labels:\n- pairs: {e: f}\n  includeTemplates: true\ncommonAnnotations: {name: web-dev in shop}\n`,
  ],
  [
    "patches behind those of the files, and what the API server would not keep of them",
    `${plain}patches:\n- target: {kind: Deployment}\n  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 7}]'\n`,
    `patches:
- target:
    kind: Deployment
    name: web
    unknown: x
  patch: |-
    - op: replace
      path: /spec/replicas
      value: 8
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec: {template: {spec: {containers: [{name: other, image: "other:9"}]}}}
  options: {allowNameChange: true}
`,
    `${plain}patches:
- target: {kind: Deployment}
  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 7}]'
- target: {kind: Deployment, name: web}
  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 8}]'
- patch: '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"template": {"spec": {"containers": [{"name": "other", "image": "other:9"}]}}}}'
  options: {allowNameChange: true}
`,
  ],
  [
    "components by patterns, sorted by name, without what is hidden, and behind those of the files",
    `${plain}components: [../lib/two]\n`,
    `components: [more, "../lib/[a-t]*", "../*/one"]\n`,
    `${plain}components: [../lib/two, more, ../lib/one]\n`,
  ],
  [
    "components by a pattern that is missing as it is written",
    plain,
    `ignoreMissingComponents: true\ncomponents: ["mo*", more]\n`,
    `${plain}components: [more]\n`,
  ],
  [
    "components, without those that are missing",
    plain,
    `ignoreMissingComponents: true\ncomponents: [missing, more, more]\n`,
    `${plain}components: [more]\n`,
  ],
];

const real = getRealKustomize();

describe("options of an Application make what the real Kustomize makes of the kustomization that Argo CD writes:", () => {
  test.each(cases)("%s", async (_, kustomization, options, edited) => {
    const expected = await runKustomize(real, writeTree(treeOf(edited), temporaryFolder({})));
    expect(expected).toMatchObject({ ok: true });
    expect(render(kustomization, options)).toEqual({ text: expected.stdout, failures: [], problems: [] });
  });
});

describe("says what Argo CD would refuse:", () => {
  test.each([
    [`${plain}commonLabels: {team: a}\n`, "commonLabels: {team: b}\n", /'team' is in the kustomization already/],
    [`${plain}commonAnnotations: {a: b}\n`, "commonAnnotations: {a: c}\n", /forceCommonAnnotations is not set/],
    [plain, "labelIncludeTemplates: true\ncommonLabels: {a: b}\n", /only together with labelWithoutSelector/],
    [plain, "images: [web]\n", /'web' says neither a new name nor a tag/],
    [plain, "replicas: [{name: web, count: many}]\n", /'many' of 'web' is no whole number/],
    [plain, "components: ['none*']\n", /nothing matches 'none\*'/],
    [plain, "components: ['more[']\n", /'more\[' is no valid pattern/],
  ])("%#", (kustomization, options, failure) => {
    expect(render(kustomization, options).failures).toEqual([expect.stringMatching(failure)]);
  });
});

function treeOf(kustomization: string): ReturnType<typeof parseTree> {
  return parseTree(base.replace("KUSTOMIZATION", () => kustomization));
}

function render(kustomization: string, options: string) {
  const files = [...treeOf(kustomization).entries].flatMap(([path, entry]): [string, string][] =>
    entry.kind === "file" ? [[`/${path}`, String(entry.content)]] : [],
  );
  const values = new Map([
    ["ARGOCD_APP_NAME", "web-dev"],
    ["ARGOCD_APP_NAMESPACE", "shop"],
  ]);
  const [document] = readDocuments({ path: "/application.yaml", text: options });
  const { root } = document ?? {};
  if (root?.kind !== "mapping") throw new Error("The options are no mapping.");
  let failures: readonly string[] = [];
  const result = build("/app", memoryLoader(new Map(files)), {
    edit: (mapping) => {
      const edited = editKustomization(mapping, root, {
        substitute: (text) => substitute(text, values),
        isThere: (path) => files.some(([file]) => file.startsWith(`/app/${path}/`)),
        list: (directory) => {
          const path = joinPath("/app", directory);
          const inside = files.flatMap(([file]) => (isInside(path, file) ? [relativePath(path, file)] : []));
          return [...new Set(inside.map((each) => each.split("/")[0] ?? ""))];
        },
      });
      failures = edited.failures;
      return edited.kustomization;
    },
  });
  const { text } = emitDocuments(result.resources.map(({ node }) => node));
  const problems = result.problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return { text, failures, problems };
}
