import { describe, test } from "vitest";
import { checkDefinition, checkHighlights, checkReferences } from "../../support/checkDefinition";

const tree = `
#- argocd/app.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: openshift-gitops
spec:
  project: acme
#- argocd/project.yaml
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: acme
  namespace: openshift-gitops
#- rbac/binding.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: robots
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: deployer
subjects:
- kind: ServiceAccount
  name: robot
  namespace: shop
#- rbac/role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
  namespace: shop
rules: []
#- rbac/account.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: robot
  namespace: shop
#- tekton/task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  params:
  - name: url
  workspaces:
  - name: source
  results:
  - name: digest
  steps:
  - name: run
    image: tools:1
    args: ["$(params.url)", "$(workspaces.source.path)", "$(results.digest.path)"]
#- tekton/pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: ci
spec:
  params:
  - name: repository
  workspaces:
  - name: shared
  tasks:
  - name: first
    taskRef:
      name: build
    params:
    - name: url
      value: $(params.repository)
    workspaces:
    - name: source
      workspace: shared
  - name: second
    runAfter: [first]
    taskRef:
      name: build
    params:
    - name: url
      value: $(tasks.first.results.digest)
    workspaces:
    - name: source
      workspace: shared
#- tekton/run.yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  generateName: ci-
spec:
  pipelineRef:
    name: ci
  params:
  - name: repository
    value: https://example.com/shop
  taskRunTemplate:
    serviceAccountName: robot
`;

/** The tree with a cursor in a text of a file. */
function at(path: string, text: string): string {
  const [before = "", after = ""] = tree.split(`#- ${path}\n`);
  const plain = text.replace("<|>", "");
  if (!after.includes(plain)) throw new Error(`'${plain}' is not in ${path}`);
  return `${before}#- ${path}\n${after.replace(plain, text)}`;
}

describe("definition", () => {
  test.each([
    ["argocd/app.yaml", "project: ac<|>me", "argocd/project.yaml:4 'acme'"],
    ["rbac/binding.yaml", "name: deploy<|>er", "rbac/role.yaml:4 'deployer'"],
    ["rbac/binding.yaml", "  name: robot\n  name<|>space", undefined],
    ["rbac/binding.yaml", "name: robot<|>\n", "rbac/account.yaml:4 'robot'"],
    ["tekton/run.yaml", "    name: <|>ci", "tekton/pipeline.yaml:4 'ci'"],
    ["tekton/run.yaml", "name: repos<|>itory", "tekton/pipeline.yaml:7 'repository'"],
    ["tekton/run.yaml", "serviceAccountName: rob<|>ot", "rbac/account.yaml:4 'robot'"],
    ["tekton/pipeline.yaml", "      name: bu<|>ild", "tekton/task.yaml:4 'build'"],
    ["tekton/pipeline.yaml", "    - name: ur<|>l", "tekton/task.yaml:7 'url'"],
    ["tekton/pipeline.yaml", "$(params.repo<|>sitory)", "tekton/pipeline.yaml:7 'repository'"],
    ["tekton/pipeline.yaml", "    - name: sour<|>ce", "tekton/task.yaml:9 'source'"],
    ["tekton/pipeline.yaml", "workspace: sha<|>red", "tekton/pipeline.yaml:9 'shared'"],
    ["tekton/pipeline.yaml", "runAfter: [fir<|>st]", "tekton/pipeline.yaml:11 'first'"],
    ["tekton/pipeline.yaml", "$(tasks.fir<|>st.results.digest)", "tekton/pipeline.yaml:11 'first'"],
    ["tekton/pipeline.yaml", "$(tasks.first.results.dig<|>est)", "tekton/task.yaml:11 'digest'"],
    ["tekton/task.yaml", "$(params.u<|>rl)", "tekton/task.yaml:7 'url'"],
    ["tekton/task.yaml", "$(workspaces.sou<|>rce.path)", "tekton/task.yaml:9 'source'"],
    ["tekton/task.yaml", "$(results.dig<|>est.path)", "tekton/task.yaml:11 'digest'"],
  ])("in %s at %j", (path, text, expected) =>
    checkDefinition(at(path, text), expected === undefined ? [] : [expected]),
  );
});

describe("references", () => {
  test("of a parameter are its bindings and its variables", () =>
    checkReferences(at("tekton/task.yaml", "- name: ur<|>l"), [
      "tekton/pipeline.yaml:15 'url'",
      "tekton/pipeline.yaml:25 'url'",
      "tekton/task.yaml:15 'url'",
    ]));
  test("of a role are the bindings that grant it", () =>
    checkReferences(at("rbac/role.yaml", "name: deploy<|>er"), ["rbac/binding.yaml:9 'deployer'"]));
  test("of a task are the pipelines that run it", () =>
    checkReferences(at("tekton/task.yaml", "name: bui<|>ld"), [
      "tekton/pipeline.yaml:13 'build'",
      "tekton/pipeline.yaml:23 'build'",
    ]));
});

test("highlights of a parameter mark its variables", () =>
  checkHighlights(at("tekton/task.yaml", "- name: ur<|>l"), ["7:11 W", "15:22 R"]));
