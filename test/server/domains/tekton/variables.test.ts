import { describe, expect, test } from "vitest";
import { findVariables } from "../../../../server/src/tekton/variables";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const head = (kind: string): string => `#- ${kind.toLowerCase()}.yaml
apiVersion: tekton.dev/v1
kind: ${kind}
metadata:
  name: build
spec:
`;

const task = (lines: string): string => head("Task") + lines;
const pipeline = (lines: string): string => head("Pipeline") + lines;

describe("variables in a text", () => {
  test.each([
    ["$(params.image)", ["params", "image"], undefined],
    ["a $(tasks.build.results.digests[0]) b", ["tasks", "build", "results", "digests"], "0"],
    [`$(params["a.b"][*])`, ["params", "a.b"], "*"],
    ["$(params['a/b'])", ["params", "a/b"], undefined],
  ])("%s", (text, names, index) => {
    expect(findVariables(text).map((each) => [each.names, each.index])).toEqual([[names, index]]);
  });

  test.each([
    "$(date +%s)",
    "$$(params.image)",
    "$(cat $(results))",
    "$((1 + 2))",
    "$(shell ls)",
    "$params.image",
    "$(",
  ])("%s is none", (text) => expect(findVariables(text).filter(({ names }) => names.length > 1)).toEqual([]));
});

describe("parameters of a Task", () => {
  test("one that is not declared, in every field that is checked, by the letters of its name", () =>
    checkDiagnostics(
      task(`  params:
  - name: image
  steps:
  - name: make
    image: $(params.imge)
#                   ^^^^ error tekton/unknown-parameter: There is no parameter \`imge\` here.
    script: |
      #!/bin/sh
      echo "$(params.image) $(params.tag)"
#                                    ^^^ error tekton/unknown-parameter
    env:
    - name: A
      value: $(params["other"])
#                      ^^^^^ error tekton/unknown-parameter
`),
    ));

  test("what a shell, make or Kubernetes reads is left alone", () =>
    checkDiagnostics(
      task(`  steps:
  - name: make
    image: alpine:3.22
    env:
    - name: HOME_OF_IT
      value: /home
    args:
    - $(HOME_OF_IT)/bin
    script: |
      #!/bin/sh
      today=$(date +%F)
      make CFLAGS='$(CFLAGS) $$(params.nothing)' -C "$(git rev-parse --show-toplevel)"
      kubectl get pods -o jsonpath='$(.items[0])'
`),
    ));

  test("where a sidecar, a volume or the template of steps names one, nothing is refused, and it stays as it is", () =>
    checkDiagnostics(
      task(`  steps:
  - name: make
    image: alpine:3.22
  stepTemplate:
    workingDir: /work/$(params.folder)
#                              ^^^^^^ warning tekton/unknown-parameter
  volumes:
  - name: settings
    secret:
      secretName: $(params.secret)
#                          ^^^^^^ warning tekton/unknown-parameter
`),
    ));

  test("a name with a point needs brackets", async () => {
    const text = task(`  params:
  - name: image.name
  steps:
  - name: make
    image: alpine:3.22
    args: [$(params.image.name)]
`);
    const fixed = text.replace("$(params.image.name)", `$(params["image.name"])`);
    await checkFix(text, "tekton/unknown-variable", `Change to '$(params["image.name"])'`, fixed);
  });

  test("arrays, objects and texts in each other's places", () =>
    checkDiagnostics(
      task(`  params:
  - name: flags
    type: array
  - name: repo
    type: object
    properties:
      url: {type: string}
  - name: text
  steps:
  - name: make
    image: alpine:3.22
    args:
    - $(params.flags[*])
    - $(params.flags)
    - $(params.flags[1])
    - $(params.repo.url)
    - x$(params.flags[*])
#      ^^^^^^^^^^^^^^^^^^ error tekton/wrong-variable-type: \`flags\` is an array and cannot stand beside other text.
    - $(params.repo[*])
#     ^^^^^^^^^^^^^^^^^ error tekton/wrong-variable-type: \`repo\` is an object and cannot stand in a text.
    - $(params.repo.ulr)
#                   ^^^ error tekton/unknown-variable: \`params.repo\` has no \`ulr\`.
    - $(params.text[*])
#     ^^^^^^^^^^^^^^^^^ warning tekton/wrong-variable-type: \`text\` is no array
    - $(params.text.key)
#     ^^^^^^^^^^^^^^^^^^ warning tekton/wrong-variable-type: \`text\` is no object
    workingDir: $(params.flags[*])
#               ^^^^^^^^^^^^^^^^^^ error tekton/wrong-variable-type: \`flags\` is an array and cannot stand in a text.
`),
    ));
});

describe("other things of a Task", () => {
  test("workspaces, results, steps, contexts", () =>
    checkDiagnostics(
      task(`  workspaces:
  - name: source
  results:
  - name: digest
  steps:
  - name: first
    image: alpine:3.22
    results:
    - name: commit
    workingDir: $(workspaces.source.path)/$(workspaces.config.path)
#                                                      ^^^^^^ warning tekton/unknown-variable: There is no workspace \`config\` here.
    script: |
      echo a > $(results.digest.path)
      echo b > $(step.results.commit.path)
      echo c > $(results.digets.path)
#                        ^^^^^^ error tekton/unknown-variable: There is no result \`digets\` here.
      echo $(workspaces.source.pth) $(context.taskRun.name) $(context.pipelineRun.name)
#                              ^^^ warning tekton/unknown-variable: \`workspaces.source\` has no \`pth\`.
#                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning tekton/misplaced-variable
      echo $(context.taskRun.nmae) $(tasks.clone.results.commit)
#                            ^^^^ error tekton/unknown-variable: \`context.taskRun\` has no \`nmae\`.
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning tekton/misplaced-variable
  - name: second
    image: alpine:3.22
    args:
    - $(steps.first.results.commit)
    - $(steps.first.results.comit)
#                           ^^^^^ warning tekton/unknown-variable
    - $(steps.frist.results.commit)
#             ^^^^^ warning tekton/unknown-variable: There is no step \`frist\` here.
    - $(steps.step-first.exitCode.path)
    workingDir: $(steps.first.results.commit)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/misplaced-variable
`),
    ));

  test("the name that was meant is put in its place", () =>
    checkFix(
      task("  workspaces:\n  - name: source\n  steps:\n  - image: a:1\n    workingDir: $(workspaces.sourse.path)\n"),
      "tekton/unknown-variable",
      "Change to 'source'",
      task("  workspaces:\n  - name: source\n  steps:\n  - image: a:1\n    workingDir: $(workspaces.source.path)\n"),
    ));

  test("a document that is half typed", async () => {
    const text = task("  steps:\n  - name: a\n    image: $(params.");
    await checkDiagnostics(text);
    expect([...(await findFixes(text, "tekton/unknown-parameter")).keys()]).toEqual([]);
  });
});

describe("tasks of a pipeline", () => {
  const clone = "  tasks:\n  - name: clone\n    taskRef: {name: git-clone}\n";

  test("parameters and tasks that are not there", () =>
    checkDiagnostics(
      pipeline(`  params:
  - name: image
  - name: flags
    type: array
${clone}  - name: make
    taskRef: {name: make}
    when:
    - input: $(params.imag)
#                     ^^^^ error tekton/unknown-parameter
      operator: in
      values: [a, "$(params.flags[*])"]
    params:
    - name: image
      value: $(params.image)@$(tasks.clone.results.commit)
    - name: other
      value: $(tasks.colne.results.commit)
#                    ^^^^^ error tekton/unknown-variable: There is no task \`colne\` here.
    - name: flags
      value: $(params.flags)
#            ^^^^^^^^^^^^^^^ error tekton/wrong-variable-type
    - name: more
      value: ["$(params.flags[*])", "$(context.pipelineRun.name)", "$(workspaces.any.path)"]
    - name: date
      value: $(date)
#            ^^^^^^^ warning tekton/misplaced-variable: \`$(date)\` is no variable of a pipeline.
`),
    ));

  test("what is known in `finally` only, and what is not known there", () =>
    checkDiagnostics(
      pipeline(`${clone}  - name: make
    taskRef: {name: make}
    params:
    - name: state
      value: $(tasks.clone.status)
#            ^^^^^^^^^^^^^^^^^^^^^ error tekton/misplaced-variable
  finally:
  - name: tell
    taskRef: {name: tell}
    params:
    - name: state
      value: $(tasks.status) $(tasks.clone.status) $(tasks.make.reason)
    - name: other
      value: $(tasks.tidy.results.log)
#            ^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/misplaced-variable
  - name: tidy
    taskRef: {name: tidy}
    params:
    - name: state
      value: $(tasks.mkae.status)
#                    ^^^^ error tekton/unknown-variable
`),
    ));

  test("a whole array as the value of a parameter", () =>
    checkFix(
      pipeline(
        `  params: [{name: flags, type: array}]\n${clone}    params:\n    - {name: a, value: $(params.flags)}\n`,
      ),
      "tekton/wrong-variable-type",
      "Change to '$(params.flags[*])'",
      pipeline(
        `  params: [{name: flags, type: array}]\n${clone}    params:\n    - {name: a, value: $(params.flags[*])}\n`,
      ),
    ));
});

describe("what is embedded", () => {
  test("a run hands its parameters and workspaces on", () =>
    checkDiagnostics(`${head("PipelineRun")}  params:
  - {name: image, value: a}
  workspaces:
  - {name: shared, emptyDir: {}}
  pipelineSpec:
    tasks:
    - name: make
      params:
      - {name: own, value: $(params.image)}
      taskSpec:
        results: [{name: digest}]
        steps:
        - image: $(params.image)
          workingDir: $(workspaces.shared.path)
          args: [$(params.own), $(context.pipelineRun.name), $(params.none)]
#                                                                     ^^^^ error tekton/unknown-parameter
    - name: show
      taskSpec:
        steps:
        - image: alpine:3.22
          args: [$(tasks.make.results.digest), $(tasks.mak.results.digest)]
#                                                      ^^^ error tekton/unknown-variable
`));

  test("a pipeline hands its parameters on, and nothing else", () =>
    checkDiagnostics(
      pipeline(`  params: [{name: image}]
  tasks:
  - name: make
    params:
    - {name: own, value: a}
    taskSpec:
      steps:
      - image: $(params.image)
        args: [$(params.own)]
#                       ^^^ error tekton/unknown-parameter
`),
    ));

  test("the runs of a TriggerTemplate, once it has replaced its own parameters", () =>
    checkDiagnostics(`#- template.yaml
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: push
spec:
  params: [{name: url}, {name: old}]
#                              ^^^ hint tekton/unused-template-param
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata:
      generateName: build-
    spec:
      pipelineSpec:
        tasks:
        - name: clone
          taskSpec:
            steps:
            - image: alpine:3.22
              args: ["$(tt.params.url)", "$(uid)", "$(params.old)", "$(params.none)"]
#                                                                             ^^^^ error tekton/unknown-parameter
`));
});

test("every run of a matrix may name what it gets", () =>
  checkDiagnostics(
    pipeline(`  tasks:
  - name: test
    displayName: On $(params.platform) with $(params.none)
#                                                    ^^^^ warning tekton/unknown-parameter
    taskRef: {name: test}
    matrix:
      params:
      - {name: platform, value: [linux, mac]}
`),
  ));
