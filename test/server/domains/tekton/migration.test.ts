import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const code = "tekton/old-version";
const title = "Migrate to 'tekton.dev/v1'";
const head = (kind: string, version: string) =>
  `#- a.yaml\napiVersion: tekton.dev/${version}\nkind: ${kind}\nmetadata:\n  name: build\n`;

async function migrates(kind: string, before: string, after: string): Promise<void> {
  await checkFix(head(kind, "v1beta1") + before, code, title, head(kind, "v1") + after);
}

describe("v1beta1 becomes v1", () => {
  test("resources of steps, sidecars and the template get their new name, with comments", () =>
    migrates(
      "Task",
      "spec:\n  stepTemplate:\n    name: all\n    resources: {}\n  steps:\n  - name: make\n    image: alpine:3.22\n    resources: # enough\n      requests:\n        cpu: 1 # core\n  sidecars:\n  - name: db\n    image: postgres:17\n    ports:\n    - containerPort: 5432\n    resources:\n      limits: {memory: 1Gi}\n",
      "spec:\n  stepTemplate:\n    computeResources: {}\n  steps:\n  - name: make\n    image: alpine:3.22\n    computeResources: # enough\n      requests:\n        cpu: 1 # core\n  sidecars:\n  - name: db\n    image: postgres:17\n    ports:\n    - containerPort: 5432\n    computeResources:\n      limits: {memory: 1Gi}\n",
    ));

  test("what makes no sense in a step goes", () =>
    migrates(
      "Task",
      "spec:\n  steps:\n  - name: make\n    tty: true\n    image: alpine:3.22\n    ports:\n    - containerPort: 80\n    script: make\n",
      "spec:\n  steps:\n  - name: make\n    image: alpine:3.22\n    script: make\n",
    ));

  test("so it does in a task of a pipeline", () =>
    migrates(
      "Pipeline",
      "spec:\n  tasks:\n  - name: make\n    taskSpec:\n      steps:\n      - image: alpine:3.22\n        resources: {}\n  finally:\n  - name: end\n    taskSpec:\n      steps:\n      - image: alpine:3.22\n        resources: {}\n",
      "spec:\n  tasks:\n  - name: make\n    taskSpec:\n      steps:\n      - image: alpine:3.22\n        computeResources: {}\n  finally:\n  - name: end\n    taskSpec:\n      steps:\n      - image: alpine:3.22\n        computeResources: {}\n",
    ));

  test("settings of a PipelineRun move", () =>
    migrates(
      "PipelineRun",
      "spec:\n  serviceAccountName: pipeline-bot # has the secrets\n  # long builds\n  timeout: 1h # at most\n  pipelineRef:\n    name: build\n  podTemplate:\n    securityContext:\n      fsGroup: 65532 # the group of the builder\n  taskRunSpecs:\n  - pipelineTaskName: make\n    taskServiceAccountName: maker\n    taskPodTemplate:\n      hostNetwork: true\n    stepOverrides:\n    - name: a\n      resources: {}\n",
      "spec:\n  taskRunTemplate:\n    serviceAccountName: pipeline-bot # has the secrets\n    podTemplate:\n      securityContext:\n        fsGroup: 65532 # the group of the builder\n  # long builds\n  timeouts:\n    pipeline: 1h # at most\n  pipelineRef:\n    name: build\n  taskRunSpecs:\n  - pipelineTaskName: make\n    serviceAccountName: maker\n    podTemplate:\n      hostNetwork: true\n    stepSpecs:\n    - name: a\n      computeResources: {}\n",
    ));

  test("overrides of a TaskRun get their new names", () =>
    migrates(
      "TaskRun",
      "spec:\n  taskRef:\n    name: build\n  stepOverrides:\n  - name: a\n    resources: {}\n  sidecarOverrides:\n  - name: b\n    resources: {}\n",
      "spec:\n  taskRef:\n    name: build\n  stepSpecs:\n  - name: a\n    computeResources: {}\n  sidecarSpecs:\n  - name: b\n    computeResources: {}\n",
    ));

  test("a bundle gets its resolver", () =>
    migrates(
      "PipelineRun",
      "spec:\n  pipelineRef:\n    name: build\n    bundle: registry.example.com/tasks:1.0\n",
      "spec:\n  pipelineRef:\n    resolver: bundles\n    params:\n    - name: bundle\n      value: registry.example.com/tasks:1.0\n    - name: name\n      value: build\n    - name: kind\n      value: pipeline\n",
    ));

  test("an item of a List, and no other", async () => {
    const list = (version: string) =>
      `#- a.yaml\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n- apiVersion: tekton.dev/${version}\n  kind: Task\n  metadata:\n    name: build\n  spec:\n    steps:\n    - image: alpine:3.22\n      ${version === "v1" ? "computeResources" : "resources"}: {}\n`;
    await checkFix(list("v1beta1"), code, title, list("v1"));
  });
});

test("there is no fix where PipelineResources or Conditions must be thought about", async () => {
  const text = `${head("Pipeline", "v1beta1")}spec:\n  resources:\n  - name: source\n    type: git\n  tasks:\n  - name: build\n    conditions:\n    - conditionRef: main-only\n    taskRef:\n      name: build\n`;
  expect([...(await findFixes(text, code)).keys()]).not.toContain(title);
});

test("there is no fix where a PipelineRun has two timeouts", async () => {
  const text = `${head("PipelineRun", "v1beta1")}spec:\n  pipelineRef:\n    name: build\n  timeout: 1h\n  timeouts:\n    pipeline: 2h\n`;
  expect([...(await findFixes(text, code)).keys()]).not.toContain(title);
});

test("the old version is told once, and what v1 lacks beside it", () =>
  checkDiagnostics(`
#- task.yaml
apiVersion: tekton.dev/v1beta1
#           ^^^^^^^^^^^^^^^^^^ information tekton/old-version: tekton.dev/v1beta1 Task is deprecated since Tekton 0.50.
kind: Task
metadata:
  name: build
spec:
  resources:
# ^^^^^^^^^ error tekton/removed-field: PipelineResources are gone since Tekton 0.44.
    inputs:
    - name: source
      type: git
  steps:
  - image: alpine:3.22
#- stepAction.yaml
apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata:
  name: make
spec:
  image: alpine:3.22
`));

test("a ClusterTask becomes a reference of the cluster resolver", () => {
  const text = (reference: string) =>
    `#- a.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: build\nspec:\n  tasks:\n  - name: fetch\n    taskRef:\n${reference}    runAfter: []\n`;
  return checkFix(
    text("      kind: ClusterTask\n      name: git-clone\n"),
    "tekton/cluster-task",
    "Use the cluster resolver with the namespace 'openshift-pipelines'",
    text(
      "      resolver: cluster\n      params:\n      - name: kind\n        value: task\n      - name: name\n        value: git-clone\n      - name: namespace\n        value: openshift-pipelines\n",
    ),
  );
});
