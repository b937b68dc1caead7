import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";

const listed = "#- kustomization.yaml\nresources: [run.yaml]\n";
const run = (revision: string, { metadata = "", spec = "" } = {}): string =>
  `apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  name: build\n  namespace: book-ci\n${metadata}spec:\n  pipelineRef:\n    resolver: hub\n    params: [{name: name, value: build}, {name: version, value: "1.0.0"}]\n${spec}${revision}`;
const params = (value: string, mark = ""): string => `  params:\n${mark}  - name: REVISION\n    value: ${value}\n`;

describe("tekton/changed-run", () => {
  const committed = `#- HEAD:run.yaml\n${run(params("v1"))}`;
  const mark = "# ^^^^^^ warning tekton/changed-run: A run cannot be changed once it has started: `build`\n";
  test("hits a part of the spec that differs from Git's", () =>
    checkDiagnostics(`${committed}${listed}#- run.yaml\n${run(params("v2", mark))}`));
  test("hits a part that is gone", () =>
    checkDiagnostics(
      `${committed}${listed}#- run.yaml\n${run("").replace("spec:\n", "spec:\n#^^^ warning tekton/changed-run\n")}`,
    ));
  test("leaves alone what ends a run, what is made anew, and runs that nothing lists", async () => {
    await checkDiagnostics(`${committed}${listed}#- run.yaml\n${run(params("v1"), { spec: "  status: Cancelled\n" })}`);
    const forced = '  annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}\n';
    await checkDiagnostics(`${committed}${listed}#- run.yaml\n${run(params("v2"), { metadata: forced })}`);
    const hook = "  annotations: {argocd.argoproj.io/hook: PostSync}\n";
    await checkDiagnostics(`${committed}${listed}#- run.yaml\n${run(params("v2"), { metadata: hook })}`);
    await checkDiagnostics(`${committed}#- run.yaml\n${run(params("v2"))}`);
    await checkDiagnostics(
      `${committed}${listed}#- run.yaml\n${run(params("v1")).replace("value: v1", 'value: "v1"')}`,
    );
  });
});

describe("tekton/forbidden-variable", () => {
  const config = (data: string): string =>
    `#- c.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: config-defaults, namespace: tekton-pipelines}\ndata: ${data}\n`;
  const env = (name: string, mark = ""): string =>
    `#- run.yaml\napiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  generateName: a-\nspec:\n  pipelineRef: {resolver: hub, params: [{name: name, value: a}, {name: version, value: "1.0.0"}]}\n  taskRunTemplate:\n    podTemplate:\n      env:\n      - name: ${name}\n${mark}        value: a\n`;
  const mark = "#             ^^^^^^^^^^ warning tekton/forbidden-variable\n";
  test("hits a variable that the configuration of the workspace forbids", async () => {
    await checkDiagnostics(`${config('{default-forbidden-env: "A, HTTP_PROXY"}')}${env("HTTP_PROXY", mark)}`);
    await checkDiagnostics(
      `#- c.yaml\napiVersion: operator.tekton.dev/v1alpha1\nkind: TektonConfig\nmetadata: {name: config}\nspec: {pipeline: {default-forbidden-env: HTTP_PROXY}}\n${env("HTTP_PROXY", mark)}`,
    );
  });
  test("leaves others alone, and says nothing without a configuration", async () => {
    await checkDiagnostics(`${config('{default-forbidden-env: "A, HTTP_PROXY"}')}${env("LOG_LEVEL")}`);
    await checkDiagnostics(`${config("{}")}${env("HTTP_PROXY")}`);
    await checkDiagnostics(env("HTTP_PROXY"));
  });
});

describe("tekton/several-claims", () => {
  const pipeline = (second: string): string =>
    `#- p.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n  workspaces: [{name: source}, {name: cache}]\n  tasks:\n  - name: compile\n    taskSpec:\n      workspaces: [{name: source}, {name: cache}]\n      steps: [{name: a, image: "quay.io/team/a:1.0", script: "ls $(workspaces.source.path) $(workspaces.cache.path)"}]\n    workspaces:\n    - name: source\n    - name: cache\n${second}  - name: test\n    taskSpec:\n      workspaces: [{name: cache}]\n      steps: [{name: a, image: "quay.io/team/a:1.0", script: ls $(workspaces.cache.path)}]\n    workspaces: [{name: cache}]\n`;
  const run = (source: string, cache: string, mark = ""): string =>
    `#- run.yaml\napiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  generateName: a-\nspec:\n  pipelineRef: {name: p}\n  workspaces:\n  - name: source\n    ${source}\n  - name: cache\n${mark}    ${cache}\n`;
  const claim = (name: string): string => `persistentVolumeClaim: {claimName: ${name}}`;
  const made = "volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}";
  const mark =
    "#         ^^^^^ warning tekton/several-claims: The task `compile` of this run binds workspaces of two claims";
  test("hits two claims in one task, there already or made for the run", async () => {
    await checkDiagnostics(`${pipeline("")}${run(claim("a"), claim("b"), `${mark}\n`)}`);
    await checkDiagnostics(`${pipeline("")}${run(made, claim("b"), `${mark}\n`)}`);
  });
  test("leaves one claim alone, other volumes, tasks with one each, and names to be filled in", async () => {
    await checkDiagnostics(`${pipeline("")}${run(claim("a"), claim("a"))}`);
    await checkDiagnostics(`${pipeline("")}${run(claim("a"), "emptyDir: {}")}`);
    await checkDiagnostics(`${pipeline("      workspace: source\n")}${run(claim("a"), claim("b"))}`);
    await checkDiagnostics(`${pipeline("")}${run(claim("a"), claim('"{{claim}}"'))}`);
  });
});
