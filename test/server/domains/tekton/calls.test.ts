import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const task = `#- task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: update
spec:
  params:
  - name: KUSTOMIZATION_PATH
  - name: flags
    type: array
    default: []
  - name: image
    type: object
    properties:
      name: {type: string}
      tag: {type: string}
    default:
      name: a
      tag: b
  workspaces:
  - name: source
  - name: cache
    optional: true
  steps:
  - name: edit
    image: alpine:3.22
    workingDir: $(workspaces.source.path)/$(params.KUSTOMIZATION_PATH)
    args: ["$(params.flags[*])", $(params.image.name), $(params.image.tag), $(workspaces.cache.path)]
`;

const pipeline = (lines: string): string => `${task}#- pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: dev
spec:
  params:
  - name: path
    default: config
  workspaces:
  - name: shared
    optional: true
  tasks:
  - name: update
    displayName: Update $(params.path) in $(workspaces.shared.bound)
    taskRef: {name: update}
${lines}`;

const bound = "    workspaces:\n    - name: source\n      workspace: shared\n";
const handed = "    params:\n    - name: KUSTOMIZATION_PATH\n      value: $(params.path)\n";

describe("parameters that a task hands over", () => {
  test("the declared name and an optional one left out are fine", () => checkDiagnostics(pipeline(handed + bound)));

  test("a missing and an unknown one are one slip", () =>
    checkDiagnostics(
      pipeline(`    params:
    - name: KUSTOMIZE_PATH
#           ^^^^^^^^^^^^^^ error tekton/parameter-mismatch: The task \`update\` hands over \`KUSTOMIZE_PATH\`, but the Task \`update\` asks for \`KUSTOMIZATION_PATH\`.
      value: a
${bound}`),
    ));

  const mismatch = pipeline(`    params:\n    - name: KUSTOMIZE_PATH\n      value: a\n${bound}`);

  test("the caller takes the declared name", () =>
    checkFix(
      mismatch,
      "tekton/parameter-mismatch",
      "Change to 'KUSTOMIZATION_PATH'",
      mismatch.replace("KUSTOMIZE_PATH", "KUSTOMIZATION_PATH"),
    ));

  test("the Task takes the name of the caller, with all that uses it", () =>
    checkFix(
      mismatch,
      "tekton/parameter-mismatch",
      "Rename 'KUSTOMIZATION_PATH' of the Task to 'KUSTOMIZE_PATH'",
      mismatch.replaceAll("KUSTOMIZATION_PATH", "KUSTOMIZE_PATH"),
    ));

  test("a missing one, which can be added", async () => {
    const text = pipeline(bound);
    await checkDiagnostics(
      text.replace(
        "  - name: update\n",
        "  - name: update\n#         ^^^^^^ warning tekton/missing-parameter: The task `update` does not hand over `KUSTOMIZATION_PATH`, which the Task `update` asks for.\n",
      ),
    );
    await checkFix(
      text,
      "tekton/missing-parameter",
      "Add 'KUSTOMIZATION_PATH'",
      `${text}    params:\n    - name: KUSTOMIZATION_PATH\n      value: ''\n`,
    );
  });

  test("one too many, and the one that was meant", async () => {
    const more = "    - name: falgs\n      value: []\n";
    await checkDiagnostics(
      pipeline(
        handed +
          more.replace(
            "falgs\n",
            "falgs\n#           ^^^^^ warning tekton/unexpected-parameter: The Task `update` has no parameter `falgs`.\n",
          ) +
          bound,
      ),
    );
    const fixes = await findFixes(pipeline(handed + more + bound), "tekton/unexpected-parameter");
    expect([...fixes.keys()].slice(0, 2)).toEqual(["Change to 'flags'", "Remove the parameter"]);
  });

  test("values of another type", () =>
    checkDiagnostics(
      pipeline(`    params:
    - name: KUSTOMIZATION_PATH
#           ^^^^^^^^^^^^^^^^^^ warning tekton/parameter-type: \`KUSTOMIZATION_PATH\` is a text, but gets an array.
      value: [a]
    - name: flags
      value: --all
#            ^^^^^ warning tekton/parameter-type: \`flags\` is an array, but gets a text.
    - name: image
      value: {name: a}
${bound}`),
    ));

  test("a text is made an array; text that may become one is left alone", async () => {
    const text = pipeline(`${handed}    - name: flags\n      value: --all\n${bound}`);
    await checkFix(text, "tekton/parameter-type", "Make it an array", text.replace("value: --all", "value: [--all]"));
    await checkDiagnostics(
      pipeline(`${handed}    - name: flags\n      value: $(tasks.other.results.flags[*])\n${bound}`).replace(
        "  tasks:\n",
        "  tasks:\n  - name: other\n    taskRef: {name: elsewhere}\n",
      ),
    );
  });

  test("an object without a key", () =>
    checkDiagnostics(
      pipeline(`${handed}    - name: image
#           ^^^^^ warning tekton/parameter-type: The value of \`image\` lacks \`tag\`.
      value: {name: a}
${bound}`).replace("    default:\n      name: a\n      tag: b\n", ""),
    ));

  test("the values of a matrix count one by one", () =>
    checkDiagnostics(
      pipeline(`    matrix:
      params:
      - name: KUSTOMIZATION_PATH
        value: [a, b]
${bound}`),
    ));
});

describe("workspaces that a task binds", () => {
  test("one that is not optional", async () => {
    await checkDiagnostics(
      pipeline(handed).replace(
        "  - name: update\n",
        "  - name: update\n#         ^^^^^^ warning tekton/unbound-workspace: The task `update` does not bind `source`, which the Task `update` asks for.\n",
      ),
    );
    await checkFix(
      pipeline(handed),
      "tekton/unbound-workspace",
      "Bind 'source'",
      `${pipeline(handed)}    workspaces:\n    - name: source\n      workspace: source\n`,
    );
  });

  test("one under another name", () =>
    checkDiagnostics(
      pipeline(`${handed}    workspaces:
    - name: output
#           ^^^^^^ error tekton/workspace-mismatch: The task \`update\` binds the workspace \`output\`, but the Task \`update\` asks for \`source\`.
      workspace: shared
`),
    ));

  test("one too many", () =>
    checkDiagnostics(
      pipeline(`${handed}${bound}    - name: other
#           ^^^^^ warning tekton/unexpected-workspace: There is no workspace \`other\` in the Task \`update\`.
      workspace: shared
`),
    ));
});

describe("what is called", () => {
  test("a run calls a Pipeline; its name may be made up", () =>
    checkDiagnostics(`${pipeline(handed + bound).replace("    default: config\n", "")}#- run.yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  generateName: dev-
spec:
  pipelineRef:
    name: dev
  params:
  - name: paht
#         ^^^^ error tekton/parameter-mismatch: The PipelineRun hands over \`paht\`, but the Pipeline \`dev\` asks for \`path\`.
    value: a
`));

  test("a Task that is not here is not judged", () =>
    checkDiagnostics(
      pipeline("").replace(
        "{name: update}",
        "{resolver: hub, params: [{name: name, value: update}, {name: version, value: '0.1'}]}",
      ),
    ));

  test("of several versions, what is wrong must be wrong for all", () =>
    checkDiagnostics(
      pipeline(`    params: [{name: KUSTOMIZE_PATH, value: a}]\n${bound}`) +
        task.replace("task.yaml", "other.yaml").replaceAll("KUSTOMIZATION_PATH", "KUSTOMIZE_PATH"),
    ));

  test("a spec that is embedded sees the parameters around it", () =>
    checkDiagnostics(
      `#- pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: dev
spec:
  params:
  - name: path
  tasks:
  - name: show
    taskSpec:
      params: [{name: path}, {name: other}]
      steps:
      - image: alpine:3.22
        args: [$(params.path), $(params.other)]
`.replace(
        "  - name: show\n",
        "  - name: show\n#         ^^^^ warning tekton/missing-parameter: The task `show` does not hand over `other`, which its `taskSpec` asks for.\n",
      ),
    ));

  test("an overlay that renames both still finds one by the other", () =>
    checkDiagnostics(`${pipeline(`    params:
    - name: KUSTOMIZE_PATH
#           ^^^^^^^^^^^^^^ error tekton/parameter-mismatch
      value: a
${bound}`)}#- kustomization.yaml
resources:
- task.yaml
- pipeline.yaml
`));

  test("the bindings of a trigger give a template its parameters", () =>
    checkDiagnostics(`#- triggers.yaml
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: push
spec:
  triggers:
  - bindings:
    - ref: push
    - name: extra
      value: a
    template:
      ref: build
#          ^^^^^ warning tekton/missing-parameter: The trigger does not hand over \`revision\`, which the TriggerTemplate \`build\` asks for.
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata:
  name: push
spec:
  params:
  - name: url
    value: $(body.repository.clone_url)
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: build
spec:
  params:
  - name: url
  - name: revision
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: TaskRun
    metadata:
      generateName: build-
    spec:
      taskSpec:
        steps:
        - image: alpine:3.22
          args: ["$(tt.params.url)", "$(tt.params.revision)"]
`));

  test("a StepAction minds every parameter", () =>
    checkDiagnostics(`#- all.yaml
apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata:
  name: clone
spec:
  params: [{name: url}]
  image: alpine:3.22
  args: [$(params.url)]
---
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  steps:
  - name: clone
    ref: {name: clone}
    params:
    - name: url
      value: a
    - name: depth
#           ^^^^^ warning tekton/unexpected-parameter: The StepAction \`clone\` has no parameter \`depth\`.
      value: "1"
`));

  test("documents that are half typed", async () => {
    const text = pipeline(`${handed}${bound}    - name: `);
    for (const end of [0.5, 0.7, 0.8, 0.9, 0.95, 1]) {
      const cut = text.slice(0, Math.floor(text.length * end));
      for (const code of ["missing-parameter", "unbound-workspace", "parameter-mismatch"]) {
        for (const [title] of await findFixes(cut, `tekton/${code}`)) expect(title).not.toBe("");
      }
    }
  });
});
