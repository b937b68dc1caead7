import type { Tree, TreeEntry } from "../support/tree";

/** How many overlays stand on the base of the first application, and on that of each other one. */
export const sharedOverlays = 50;
const otherOverlays = 5;
const otherApplications = 50;

/** What `bigRepository` holds in all. */
export const overlayCount = sharedOverlays + otherApplications * otherOverlays;

const remote = "https://git.example.com/acme/config.git";

/**
 * A repository of some 2,000 files: 51 applications with 300 overlays, an Argo CD Application and a RoleBinding for each, and Tekton
 * pipelines with their tasks and triggers. `apps/app-0/base` is shared by 50 overlays.
 */
export function bigRepository(): Tree {
  const entries = new Map<string, TreeEntry>();
  const write = (path: string, content: string) => entries.set(path, { kind: "file", content });
  write(".git/config", `[remote "origin"]\n\turl = ${remote}\n`);
  write(".git/HEAD", "ref: refs/heads/main\n");
  const applications: string[] = [];
  for (let app = 0; app <= otherApplications; app++) {
    const name = `app-${app}`;
    writeBase(name, write);
    for (let i = 0; i < (app === 0 ? sharedOverlays : otherOverlays); i++) {
      writeOverlay(name, `${name}-env-${i}`, i, write);
      write(`argocd/${name}-env-${i}.yaml`, application(name, i));
      applications.push(`${name}-env-${i}.yaml`);
    }
  }
  write("argocd/project.yaml", project);
  write(
    "argocd/kustomization.yaml",
    `resources:\n- project.yaml\n${applications.map((name) => `- ${name}\n`).join("")}`,
  );
  for (let i = 0; i < 60; i++) writePipeline(i, write);
  return { root: ".", entries };
}

type Write = (path: string, content: string) => void;

function writeBase(name: string, write: Write): void {
  const base = `apps/${name}/base`;
  write(
    `${base}/kustomization.yaml`,
    "resources:\n- deployment.yaml\n- service.yaml\n- settings.yaml\n- account.yaml\n",
  );
  write(`${base}/deployment.yaml`, deployment(name));
  write(
    `${base}/service.yaml`,
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n`,
  );
  write(
    `${base}/settings.yaml`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}-settings\ndata:\n  LEVEL: info\n  COLOUR: blue\n`,
  );
  write(`${base}/account.yaml`, `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`);
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
      - name: app
        image: registry.example.com/acme/${name}:1.0.0
        ports:
        - containerPort: 8080
          name: http
        envFrom:
        - configMapRef:
            name: ${name}-settings
        env:
        - name: COLOUR
          valueFrom:
            configMapKeyRef:
              name: ${name}-settings
              key: COLOUR
        resources:
          requests:
            cpu: 10m
            memory: 64Mi
`;
}

function writeOverlay(name: string, namespace: string, index: number, write: Write): void {
  const overlay = `apps/${name}/overlays/env-${index}`;
  write(
    `${overlay}/kustomization.yaml`,
    `namespace: ${namespace}
resources:
- ../../base
- namespace.yaml
- rolebinding.yaml
patches:
- path: patch.yaml
images:
- name: registry.example.com/acme/${name}
  newTag: 1.0.${index}
`,
  );
  write(`${overlay}/namespace.yaml`, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`);
  write(
    `${overlay}/rolebinding.yaml`,
    `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: argocd
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: admin
subjects:
- kind: ServiceAccount
  name: openshift-gitops-argocd-application-controller
  namespace: openshift-gitops
`,
  );
  write(
    `${overlay}/patch.yaml`,
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: ${index + 2}\n`,
  );
}

function application(name: string, index: number): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}-env-${index}
  namespace: openshift-gitops
spec:
  project: acme
  source:
    repoURL: ${remote}
    path: apps/${name}/overlays/env-${index}
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}-env-${index}
  syncPolicy:
    automated:
      prune: true
`;
}

const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: acme
  namespace: openshift-gitops
spec:
  sourceRepos:
  - ${remote}
  destinations:
  - server: https://kubernetes.default.svc
    namespace: app-*
  clusterResourceWhitelist:
  - group: ""
    kind: Namespace
`;

/** A pipeline of three tasks, with the tasks and a trigger template: five files. */
function writePipeline(index: number, write: Write): void {
  const folder = `tekton/pipeline-${index}`;
  const names = ["clone", "build", "push"].map((name) => `${name}-${index}`);
  for (const name of names) write(`${folder}/task-${name}.yaml`, task(name));
  write(`${folder}/pipeline.yaml`, pipeline(`pipeline-${index}`, names));
  write(`${folder}/run.yaml`, run(`pipeline-${index}`));
}

function task(name: string): string {
  return `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: ${name}
spec:
  params:
  - name: url
    type: string
  - name: revision
    type: string
    default: main
  workspaces:
  - name: source
  results:
  - name: digest
  steps:
  - name: run
    image: registry.example.com/acme/tools:2.1
    workingDir: $(workspaces.source.path)
    script: |
      #!/bin/sh
      tool --url "$(params.url)" --revision "$(params.revision)" > "$(results.digest.path)"
`;
}

function pipeline(name: string, tasks: readonly string[]): string {
  const steps = tasks.map(
    (task, i) => `  - name: step-${i}
    taskRef:
      name: ${task}
${i === 0 ? "" : `    runAfter:\n    - step-${i - 1}\n`}    params:
    - name: url
      value: ${i === 0 ? "$(params.url)" : `$(tasks.step-${i - 1}.results.digest)`}
    workspaces:
    - name: source
      workspace: shared
`,
  );
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: ${name}
spec:
  params:
  - name: url
    type: string
  workspaces:
  - name: shared
  tasks:
${steps.join("")}`;
}

function run(name: string): string {
  return `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  generateName: ${name}-
spec:
  pipelineRef:
    name: ${name}
  params:
  - name: url
    value: https://git.example.com/acme/app.git
  workspaces:
  - name: shared
    volumeClaimTemplate:
      spec:
        accessModes:
        - ReadWriteOnce
        resources:
          requests:
            storage: 1Gi
`;
}
