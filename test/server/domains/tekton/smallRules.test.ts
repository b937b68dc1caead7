import { describe, expect, test } from "vitest";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

async function codesOf(text: string): Promise<readonly string[]> {
  return (await inspect(parseFixture(text))).findings.map(({ code }) => code);
}

const object = (kind: string, version: string, spec: string): string =>
  `#- a.yaml\napiVersion: tekton.dev/${version}\nkind: ${kind}\nmetadata:\n  name: a\nspec:\n${spec}`;

describe("tekton/matrix-size", () => {
  const matrix = (...sizes: readonly number[]): string =>
    object(
      "Pipeline",
      "v1",
      `  tasks:\n  - name: a\n    taskRef: {name: b}\n    matrix:\n      params:\n${sizes
        .map((size, i) => `      - name: p${i}\n        value: [${Array.from({ length: size }, (_, n) => `"${n}"`)}]\n`)
        .join("")}`,
    );
  test("hits the first combination too many", async () => {
    expect(await codesOf(matrix(16, 16))).not.toContain("tekton/matrix-size");
    expect(await codesOf(matrix(257))).toContain("tekton/matrix-size");
    expect(await codesOf(matrix(2, 129))).toContain("tekton/matrix-size");
  });
  test("cannot count what is handed over or half written", async () => {
    expect(await codesOf(matrix(2).replace('["0","1"]', "$(params.a[*])"))).not.toContain("tekton/matrix-size");
    expect(await codesOf(matrix(2).replace('["0","1"]', ""))).not.toContain("tekton/matrix-size");
  });
});

describe("tekton/timeout-twice", () => {
  const run = (version: string, lines: string): string =>
    object("PipelineRun", version, `  pipelineRef: {name: b}\n${lines}`);
  const code = "tekton/timeout-twice";
  test("hits both of v1beta1, and neither alone", async () => {
    expect(await codesOf(run("v1beta1", "  timeout: 1h\n  timeouts: {tasks: 30m}\n"))).toContain(code);
    expect(await codesOf(run("v1beta1", "  timeout: 1h\n"))).not.toContain(code);
    expect(await codesOf(run("v1beta1", "  timeouts: {tasks: 30m}\n"))).not.toContain(code);
  });
  test("leaves v1 to its schema, and waits for what is half written", async () => {
    expect(await codesOf(run("v1", "  timeout: 1h\n  timeouts: {tasks: 30m}\n"))).not.toContain(code);
    expect(await codesOf(run("v1beta1", "  timeout: 1h\n  timeouts:\n"))).not.toContain(code);
  });
});

describe("tekton/param-in-action-script", () => {
  const action = (script: string): string =>
    object("StepAction", "v1beta1", `  params:\n  - name: url\n  image: alpine:3.22\n  script: ${script}\n`);
  const code = "tekton/param-in-action-script";
  test("hits parameters, and no other variables and substitutions of the shell", async () => {
    expect(await codesOf(action("wget $(params.url)"))).toContain(code);
    expect(await codesOf(action('wget $(params["url"])'))).toContain(code);
    for (const script of ["wget $url", "wget $(cat params.url)", "date > $(step.results.date.path)"]) {
      expect(await codesOf(action(script))).not.toContain(code);
    }
  });
  test("leaves the scripts of Tasks alone, and waits for what is half written", async () => {
    const task = object(
      "Task",
      "v1",
      "  params:\n  - name: url\n  steps:\n  - image: a:1\n    script: wget $(params.url)\n",
    );
    expect(await codesOf(task)).not.toContain(code);
    for (const half of ["", "wget $(", "wget $(params"]) expect(await codesOf(action(half))).not.toContain(code);
  });
});

describe("tekton/result-in-run", () => {
  const run = (kind: string, value: string): string =>
    object(kind, "v1", `  pipelineRef: {name: b}\n  params:\n  - name: image\n    value: ${value}\n`);
  const code = "tekton/result-in-run";
  test("hits results in texts, lists and objects", async () => {
    for (const value of ["$(tasks.a.results.b)", '["$(tasks.a.results.b)"]', "{k: $(tasks.a.results.b)}"]) {
      expect(await codesOf(run("PipelineRun", value))).toContain(code);
    }
  });
  test("leaves other variables alone, and what is half written", async () => {
    for (const value of ["$(context.pipelineRun.name)", "$(tasks.a.status)", "$(tasks.a", ""]) {
      expect(await codesOf(run("PipelineRun", value))).not.toContain(code);
    }
  });
});
