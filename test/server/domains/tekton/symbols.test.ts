import { describe, expect, test } from "vitest";
import { folder, parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

/** What is defined for the name at the cursor, as `file:line 'text'`. */
async function definitionsAt(text: string): Promise<readonly string[]> {
  const fixture = parseFixture(text);
  const { snapshot } = await inspect(fixture);
  const { path = "", offset = 0 } = fixture.cursor ?? {};
  const mentions = snapshot.facts(path).mentions ?? [];
  const at = mentions.filter(({ place }) => place.start <= offset && offset <= place.end);
  return at
    .flatMap((mention) => snapshot.symbols.definitionsOf(mention))
    .map(({ place: { file, start, end } }) => {
      const line = file.text.slice(0, start).split("\n").length;
      return `${file.path.slice(folder.length + 1)}:${line} '${file.text.slice(start, end)}'`;
    });
}

const task = `#- task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: update
spec:
  params:
  - name: KUSTOMIZATION_PATH
  - name: extra.flags
  workspaces:
  - name: config
  results:
  - name: commit
  steps:
  - name: edit
    image: alpine:3.22
`;

const pipeline = (tasks: string): string => `${task}#- pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: dev
spec:
  params:
  - name: path
  workspaces:
  - name: source
  tasks:
${tasks}`;

describe("from a name to where it is given", () => {
  test.each([
    ["the name of a Task", "  - name: a\n    taskRef: {name: upda<|>te}\n", ["task.yaml:4 'update'"]],
    [
      "a parameter that is handed over",
      "  - name: a\n    taskRef: {name: update}\n    params:\n    - name: KUSTOM<|>IZATION_PATH\n",
      ["task.yaml:7 'KUSTOMIZATION_PATH'"],
    ],
    [
      "a parameter of the pipeline",
      "  - name: a\n    taskRef: {name: update}\n    params:\n    - name: X\n      value: a/$(params.pa<|>th)\n",
      ["pipeline.yaml:7 'path'"],
    ],
    [
      "the workspace of the Task",
      "  - name: a\n    taskRef: {name: update}\n    workspaces:\n    - name: con<|>fig\n      workspace: source\n",
      ["task.yaml:10 'config'"],
    ],
    [
      "the workspace of the pipeline",
      "  - name: a\n    taskRef: {name: update}\n    workspaces:\n    - name: config\n      workspace: sour<|>ce\n",
      ["pipeline.yaml:9 'source'"],
    ],
    [
      "a task that is waited for",
      "  - name: a\n    taskRef: {name: update}\n  - name: b\n    taskRef: {name: update}\n    runAfter: [<|>a]\n",
      ["pipeline.yaml:11 'a'"],
    ],
    [
      "the task of a result",
      "  - name: b\n    taskRef: {name: c}\n    when: [{input: $(tasks.commi<|>t.results.commit)}]\n  - name: commit\n    taskRef: {name: update}\n",
      ["pipeline.yaml:14 'commit'"],
    ],
    [
      "the result of another Task",
      "  - name: b\n    taskRef: {name: c}\n    when: [{input: $(tasks.commit.results.com<|>mit)}]\n  - name: commit\n    taskRef: {name: update}\n",
      ["task.yaml:12 'commit'"],
    ],
    [
      "a parameter of an embedded spec, not that of the pipeline",
      "  - name: a\n    taskSpec:\n      params: [{name: path}]\n      steps:\n      - image: $(params.pa<|>th)\n",
      ["pipeline.yaml:13 'path'"],
    ],
    [
      "a parameter that goes on to an embedded spec",
      "  - name: a\n    taskSpec:\n      steps:\n      - image: $(params.pa<|>th)\n",
      ["pipeline.yaml:7 'path'"],
    ],
  ])("%s", async (_, tasks, expected) => {
    expect(await definitionsAt(pipeline(tasks))).toEqual(expected);
  });

  test.each([
    ["the script", "    script: echo $(params.KUSTOMIZATION<|>_PATH)\n", ["task.yaml:7 'KUSTOMIZATION_PATH'"]],
    ["a name in brackets", `    script: echo $(params["extra.fl<|>ags"])\n`, ["task.yaml:8 'extra.flags'"]],
    ["a result", "    script: |\n      date > $(results.comm<|>it.path)\n", ["task.yaml:12 'commit'"]],
  ])("in a Task: %s", async (_, lines, expected) => {
    expect(await definitionsAt(task + lines)).toEqual(expected);
  });

  test.each([
    ["a run whose name is made up", "generateName: run-", "  pipelineRef: {name: d<|>ev}\n", ["pipeline.yaml:4 'dev'"]],
    [
      "what it hands over",
      "generateName: run-",
      "  pipelineRef: {name: dev}\n  params: [{name: pat<|>h, value: a}]\n",
      ["pipeline.yaml:7 'path'"],
    ],
    [
      "what it binds",
      "name: run",
      "  pipelineRef: {name: dev}\n  workspaces: [{name: sour<|>ce, emptyDir: {}}]\n",
      ["pipeline.yaml:9 'source'"],
    ],
  ])("of a run: %s", async (_, name, spec, expected) => {
    const run = `#- run.yaml\napiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  ${name}\nspec:\n${spec}`;
    expect(await definitionsAt(pipeline("  - name: a\n    taskRef: {name: update}\n") + run)).toEqual(expected);
  });

  test("in a TriggerTemplate", async () => {
    const text = `#- template.yaml
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: push
spec:
  params:
  - name: url
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata: {generateName: a-}
    spec:
      pipelineRef: {name: dev}
      params: [{name: path, value: $(tt.params.ur<|>l)}]
`;
    expect(await definitionsAt(text)).toEqual(["template.yaml:7 'url'"]);
    const other = text.replace("ur<|>l", "url").replace("name: path", "name: pat<|>h");
    expect(await definitionsAt(pipeline("") + other)).toEqual(["pipeline.yaml:7 'path'"]);
  });
});
