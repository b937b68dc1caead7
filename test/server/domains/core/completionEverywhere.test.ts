import { describe, expect, test } from "vitest";
import { readDocuments } from "../../../../server/src/yaml/read";
import { choose, openTypist } from "../../../support/typing";

const samples: Readonly<Record<string, readonly [path: string, text: string]>> = {
  "a Deployment": [
    "web.yaml",
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: "nginx:1.27"
        args: ["-c", "/etc/nginx.conf"]
        env:
        - name: HOST
          value: 'a'
        - name: PASSWORD
          valueFrom:
            secretKeyRef:
              name: web
              key: password
        readinessProbe:
          httpGet:
            path: /healthz
            port: 8080
        resources:
          limits: {cpu: 100m}
      volumes:
        - name: data
          emptyDir: {}
`,
  ],
  "an Application": [
    "app.yaml",
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: book-dev
  namespace: openshift-gitops
  finalizers: [resources-finalizer.argocd.argoproj.io]
spec:
  project: default
  source:
    repoURL: https://example.com/config.git
    path: overlays/dev
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
    namespace: book-dev
  syncPolicy:
    automated:
      prune: true
    syncOptions:
      - CreateNamespace=true
`,
  ],
  "a Pipeline": [
    "pipeline.yaml",
    `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: build
spec:
  params:
  - name: url
    type: string
    default: ""
  tasks:
  - name: clone
    taskRef:
      resolver: cluster
      params:
      - name: name
        value: git-clone
  - name: test
    runAfter: [clone]
    taskSpec:
      steps:
      - name: run
        image: golang
        script: |
          #!/bin/sh
          go test ./... # $(params.url)
`,
  ],
  "a RoleBinding": [
    "binding.yaml",
    `# who deploys
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deploy
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
- kind: ServiceAccount
  name: argocd
  namespace: openshift-gitops
---
kind: Role
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: edit}
rules:
- apiGroups: [""]
  resources: ["pods"]
  verbs: [get]
`,
  ],
  "a kustomization with a patch": [
    "kustomization.yaml",
    `resources:
- web.yaml
patches:
- target:
    kind: Deployment
    name: web
  patch: |-
    spec:
      template:
        spec:
          containers:
          - name: web
            image: other
- patch: |-
    - op: replace
      path: /spec/replicas
      value: 3
  target: {kind: Deployment}
images:
- name: nginx
`,
  ],
};

describe.each(Object.entries(samples))("%s", (_, [path, sample]) => {
  test("nothing throws at any offset of it: whole, cut off there, or lacking a piece", async () => {
    const typist = await openTypist("#- README.md\n", path);
    const ask = async (text: string, offset: number): Promise<void> => {
      const items = await typist.complete(text, offset);
      const keys = items.map(({ label, labelDetails }) => `${label} ${labelDetails?.description}`);
      expect(new Set(keys).size, `something twice at ${offset} of ${text}`).toBe(keys.length);
      await typist.hover(text, offset);
    };
    for (let offset = 0; offset <= sample.length; offset++) await ask(sample, offset);
    for (let offset = 0; offset <= sample.length; offset += 5) {
      await ask(sample.slice(0, offset), offset);
      await ask(sample.slice(0, offset) + sample.slice(offset + 9), offset);
    }
  });

  test("on a new line, whatever is chosen gives good YAML", async () => {
    const typist = await openTypist("#- README.md\n", path);
    let chosen = 0;
    for (const [text, offset] of newLines(sample)) {
      for (const item of await typist.complete(text, offset)) {
        const after = choose(text, item);
        const problems = readDocuments({ path, text: after }).flatMap((document) => [
          ...document.problems,
          ...(document.warnings ?? []),
        ]);
        expect(problems, `'${item.label}' gives\n${after}`).toEqual([]);
        chosen++;
      }
    }
    expect(chosen).toBeGreaterThan(30);
  });
});

/** The text with an empty line below each line, at the columns where something may go on. */
function* newLines(sample: string): Iterable<readonly [text: string, offset: number]> {
  const lines = sample.split("\n");
  for (let i = 1; i < lines.length; i++) {
    const columns = new Set([columnOf(lines[i - 1]), innerColumnOf(lines[i - 1]), columnOf(lines[i])]);
    for (const column of columns) {
      const before = `${lines.slice(0, i).join("\n")}\n${" ".repeat(column)}`;
      yield [`${before}\n${lines.slice(i).join("\n")}`, before.length];
    }
  }
}

function columnOf(line = ""): number {
  return Math.max(0, line.search(/\S/));
}

/** Where the keys behind a dash stand. */
function innerColumnOf(line = ""): number {
  return /^[\s-]*/.exec(line)?.[0].length ?? 0;
}
