import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const head = (kind: string, version = "v1") =>
  `#- a.yaml\napiVersion: tekton.dev/${version}\nkind: ${kind}\nmetadata:\n  name: build\nspec:\n`;
/** What nobody uses is not what these tests are about. */
const settings = `#- .gitops-author.yaml\nrules:\n  tekton/unused-parameter: "off"\n  tekton/unused-workspace: "off"\n`;
const pipeline = (lines: string) => settings + head("Pipeline") + lines;
const run = (lines: string) => head("PipelineRun") + lines;

describe("the order of tasks", () => {
  test("names that nobody has, circles, and an order at the end", () =>
    checkDiagnostics(
      pipeline(`  tasks:
  - name: fetch
    taskRef: {name: fetch}
    runAfter: [deploy]
#              ^^^^^^ error tekton/task-cycle: The tasks wait for each other: \`fetch\` waits for \`deploy\` waits for \`build\` waits for \`fetch\`.
  - name: build
    taskRef: {name: build}
    runAfter: [fetch, tset]
#                     ^^^^ error tekton/unknown-task: The pipeline has no task \`tset\`.
  - name: test
    taskRef: {name: test}
    runAfter: [report]
#              ^^^^^^ error tekton/unknown-task: \`report\` is a task of \`finally\`
  - name: deploy
    taskRef: {name: deploy}
    params:
    - name: image
      value: $(tasks.build.results.image)
  finally:
  - name: report
    taskRef: {name: report}
    runAfter: [deploy]
#   ^^^^^^^^ error tekton/run-after-in-finally
  - name: test
#         ^^^^ error tekton/duplicate-name: There is a task \`test\` already.
    taskRef: {name: test}
`),
    ));

  test("a misspelt name is corrected", () =>
    checkFix(
      pipeline(
        "  tasks:\n  - name: fetch\n    taskRef: {name: a}\n  - name: build\n    taskRef: {name: a}\n    runAfter: [fecth]\n",
      ),
      "tekton/unknown-task",
      "Change to 'fetch'",
      pipeline(
        "  tasks:\n  - name: fetch\n    taskRef: {name: a}\n  - name: build\n    taskRef: {name: a}\n    runAfter: [fetch]\n",
      ),
    ));

  test("an order at the end is removed", () =>
    checkFix(
      pipeline(
        "  tasks:\n  - name: a\n    taskRef: {name: a}\n  finally:\n  - name: b\n    runAfter:\n    - a\n    taskRef: {name: a}\n",
      ),
      "tekton/run-after-in-finally",
      "Remove 'runAfter'",
      pipeline("  tasks:\n  - name: a\n    taskRef: {name: a}\n  finally:\n  - name: b\n    taskRef: {name: a}\n"),
    ));

  test("an end without a beginning", () =>
    checkDiagnostics(
      pipeline("  tasks: []\n  finally:\n# ^^^^^^^ error tekton/no-tasks\n  - name: a\n    taskRef: {name: a}\n"),
    ));
});

describe("what a task runs", () => {
  test("nothing, too much, or something of another API", () =>
    checkDiagnostics(
      pipeline(`  tasks:
  - name: a
#         ^ error tekton/nothing-to-run: The task \`a\` does not say what it runs.
    retries: 1
  - name: b
    taskRef: {name: b}
    taskSpec:
#   ^^^^^^^^ error tekton/several-to-run: \`taskRef\` and \`taskSpec\` exclude each other.
      kind: Task
#     ^^^^ error tekton/embedded-task-kind
      steps:
      - image: alpine:3.22
  - name: c
    taskRef: {name: c, kind: task}
#                            ^^^^ error tekton/custom-task: \`task\` is no kind of Tekton's own
  - name: d
    taskRef: {name: d, kind: Task, apiVersion: tekton.dev/v1}
#                                  ^^^^^^^^^^ warning tekton/task-api-version
  - name: e
    taskRef: {name: e, kind: Wait, apiVersion: v1}
#                                              ^^ error tekton/custom-task: \`v1\` is no apiVersion of a custom task.
  - name: f
    taskRef: {name: f, kind: ClusterTask}
#                            ^^^^^^^^^^^ warning tekton/cluster-task
  - name: g
    taskRef: {name: g, kind: Wait, apiVersion: example.com/v1}
  - name: h
    taskSpec: {apiVersion: example.com/v1, kind: Wait, spec: {}}
  - name: i
    onError: continue
    retries: 2
#   ^^^^^^^ error tekton/on-error-with-retries
    taskRef: {name: i}
`),
    ));

  test("the apiVersion of a Task is removed", () =>
    checkFix(
      pipeline(
        "  tasks:\n  - name: a\n    taskRef:\n      apiVersion: tekton.dev/v1\n      kind: Task\n      name: a\n",
      ),
      "tekton/task-api-version",
      "Remove 'apiVersion'",
      pipeline("  tasks:\n  - name: a\n    taskRef:\n      kind: Task\n      name: a\n"),
    ));
});

describe("references", () => {
  test("with names, resolvers and parameters that do not go together", () =>
    checkDiagnostics(
      pipeline(`  tasks:
  - name: a
    taskRef:
      name: a
#     ^^^^ error tekton/reference-conflict: A name and \`resolver\` exclude each other.
      resolver: cluster
  - name: b
    taskRef: {}
#            ^^ warning tekton/reference-conflict: The reference names nothing.
  - name: c
    taskRef:
      params:
#     ^^^^^^ warning tekton/reference-conflict: The reference names no resolver for its parameters.
      - name: a
        value: b
  - name: d
    taskRef: {name: not a name}
#                   ^^^^^^^^^^ error tekton/reference-conflict: Nothing can be called \`not a name\`.
  - name: e
    taskRef:
      resolver: gti
#               ^^^ warning tekton/unknown-resolver-param: \`gti\` is none of the resolvers
      params:
      - name: pathInRepo
        value: a.yaml
  - name: f
    taskRef:
      resolver: git
      params:
      - name: url
        value: https://example.com/a.git
      - name: repo
#             ^^^^ warning tekton/resolver-conflict
        value: a
      - name: pathInRep
#             ^^^^^^^^^ warning tekton/unknown-resolver-param: The resolver \`git\` does not know the parameter \`pathInRep\`.
        value: a.yaml
  - name: g
    taskRef:
      resolver: hub
#               ^^^ warning tekton/missing-resolver-param: The resolver \`hub\` needs the parameter \`name\`.
      params:
      - name: kind
        value: Task
#              ^^^^ warning tekton/unknown-resolver-param: \`Task\` is no value of the parameter \`kind\`.
      - name: version
        value: 0.10
#              ^^^^ warning tekton/unquoted-version: \`0.10\` is a number, which arrives as \`0.1\`.
      - name: Version
#             ^^^^^^^ error tekton/duplicate-name
#             ^^^^^^^ warning tekton/unknown-resolver-param
        value: "0.9"
  - name: h
    taskRef:
      resolver: our-own
      params:
      - name: anything
        value: 1.10
#              ^^^^ warning tekton/unquoted-version
  - name: i
    taskRef: {name: https://example.com/a.yaml, resolver: http}
`),
    ));

  test("a version gets its quotes", () => {
    const version = (value: string) =>
      pipeline(
        `  tasks:\n  - name: a\n    taskRef:\n      resolver: hub\n      params:\n      - name: name\n        value: a\n      - name: version\n        value: ${value}\n`,
      );
    return checkFix(version("0.10"), "tekton/unquoted-version", "Put it in quotes", version('"0.10"'));
  });
});

describe("conditions, workspaces and results", () => {
  test("that say too little, or too much", () =>
    checkDiagnostics(
      pipeline(`  params:
  - name: branch
  workspaces:
  - name: shared
  tasks:
  - name: a
    taskRef: {name: a}
    when:
    - input: $(params.branch)
#     ^^^^^ error tekton/incomplete-when: The condition has no \`operator\`.
      values: [main]
    - input: $(params.branch)
      operator: in
      values: []
#     ^^^^^^ error tekton/incomplete-when: The condition has no values.
    - cel: "$(params.branch) == 'main'"
#     ^^^ error tekton/incomplete-when: A variable of Tekton stands outside of quotes in \`cel\`.
    - cel: "'$(params.branch)' == 'main'"
      operator: in
#     ^^^^^^^^ error tekton/incomplete-when: \`operator\` cannot stand beside \`cel\`.
    - cel: "'$(params.branch)' == 'main'"
    - input: $(params.branch)
      operator: notin
      values: [""]
    workspaces:
    - name: shared
    - name: output
      workspace: shred
#                ^^^^^ error tekton/undeclared-workspace: The Pipeline declares no workspace \`shred\`.
    - name: shared
#           ^^^^^^ error tekton/duplicate-name
      workspace: shared
  results:
  - name: image
    value: plain
#          ^^^^^ error tekton/result-value: The value of the result \`image\` is not the result of a task.
  - name: all
    value:
    - $(tasks.a.results.one)
`),
    ));

  test("Pipelines as Code gives a Pipeline the workspaces of its run", () =>
    checkDiagnostics(
      pipeline("  tasks:\n  - name: a\n    taskRef: {name: a}\n    workspaces:\n    - name: shared\n").replace(
        "a.yaml",
        ".tekton/a.yaml",
      ),
    ));
});

describe("a matrix", () => {
  test("with values of the wrong type, or given twice", () =>
    checkDiagnostics(
      pipeline(`  tasks:
  - name: a
    taskRef: {name: a}
    params:
    - name: os
#           ^^ error tekton/param-in-matrix
      value: linux
    matrix:
      params:
      - name: os
        value: [linux, mac]
      - name: os
#             ^^ error tekton/duplicate-name
        value: $(params.systems[*])
#                       ^^^^^^^ warning tekton/unknown-parameter
      - name: browser
        value: firefox
#              ^^^^^^^ warning tekton/matrix-value: \`browser\` of the matrix is no list.
      include:
      - name: extra
        params:
        - name: flags
          value: [a]
#         ^^^^^ warning tekton/matrix-value: \`flags\` in \`include\` is no text.
`),
    ));
});

describe("runs", () => {
  test("of a PipelineRun", () =>
    checkDiagnostics(
      run(`  pipelineSpec:
    tasks:
    - name: make
      taskRef: {name: make}
      workspaces:
      - name: shared
  params:
  - name: a
    value: b
  - name: A
#         ^ error tekton/duplicate-name: There is a parameter \`a\` already.
    value: b
  timeouts:
    pipeline: 1h
    tasks: 50m
    finally: 20m
#            ^^^ error tekton/timeout-too-long: \`50m\` and \`20m\` together are more than the \`1h\` of the PipelineRun.
  taskRunSpecs:
  - pipelineTaskName: maek
#                     ^^^^ warning tekton/unknown-task-run-spec: The pipeline has no task \`maek\`.
    timeout: 55m
#            ^^^ error tekton/timeout-too-long: \`55m\` is more than the \`50m\` of all tasks.
  workspaces:
  - name: shared
    emptyDir: {}
    configMap: {name: a}
#   ^^^^^^^^^ error tekton/workspace-volume: \`emptyDir\` and \`configMap\` exclude each other.
  - name: secret
    secret: {}
#   ^^^^^^ error tekton/workspace-volume: \`secretName\` is missing in \`secret\`.
  - name: none
#         ^^^^ error tekton/workspace-volume: The workspace \`none\` is bound to no volume.
    subPath: a
`),
    ));

  test("the default timeout may be another one", () =>
    checkDiagnostics(
      run(`  pipelineRef: {name: build}
  timeouts:
    tasks: 2h
#          ^^ warning tekton/timeout-too-long: \`2h\` is more than an hour, the default of a PipelineRun.
`),
    ));

  test("no timeout for the whole allows any", () =>
    checkDiagnostics(run("  pipelineRef: {name: build}\n  timeouts: {pipeline: 0s, tasks: 5h, finally: 0s}\n")));

  test("of a TaskRun and a CustomRun", () =>
    checkDiagnostics(
      `${head("TaskRun")}  taskRef: {name: build}
  taskSpec:
# ^^^^^^^^ error tekton/several-to-run
    steps:
    - image: alpine:3.22
  statusMessage: enough
# ^^^^^^^^^^^^^ error tekton/status-message
  computeResources: {requests: {cpu: 1}}
# ^^^^^^^^^^^^^^^^ error tekton/resources-twice
  stepSpecs:
  - name: a
    computeResources: {requests: {cpu: 1}}
  - name: A
#         ^ error tekton/duplicate-name
    computeResources: {}
---
apiVersion: tekton.dev/v1beta1
kind: CustomRun
metadata:
  name: wait
spec:
#^^^ error tekton/nothing-to-run
  timeout: 1h
`.replace(
        "spec:\n#^^^ error tekton/nothing-to-run\n  timeout: 1h",
        "spec:\n  timeout: 1h\n# ^^^^^^^ error tekton/nothing-to-run: The CustomRun does not say what it runs.",
      ),
    ));
});

test("a Pipeline that is half typed", () =>
  checkDiagnostics(
    pipeline(`  tasks:
  - name: fetch
    taskRef: {name: fetch}
    runAfter:
    params:
    -
    matrix:
      params:
    when:
    workspaces:
    -
  finally:
  results:
`),
  ));

test("names like those of JavaScript's own are names", () =>
  checkDiagnostics(`
#- a.yaml
apiVersion: tekton.dev/v1
kind: constructor
metadata:
  name: build
spec: {}
#- b.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: build
spec:
  tasks:
  - name: a
    taskRef:
      resolver: cluster
      params:
      - name: name
        value: a
      - name: constructor
#             ^^^^^^^^^^^ information tekton/unknown-resolver-param
        value: a
      - name: toString
#             ^^^^^^^^ information tekton/unknown-resolver-param
        value: a
`));
