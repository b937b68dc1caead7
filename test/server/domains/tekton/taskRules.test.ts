import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const head = (kind: string, apiVersion = "tekton.dev/v1") =>
  `#- a.yaml\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: build\nspec:\n`;
/** What nobody uses is not what these tests are about. */
const settings = `#- .gitops-author.yaml\nrules:\n  tekton/unused-parameter: "off"\n  tekton/unused-workspace: "off"\n`;
const task = (lines: string) => settings + head("Task") + lines;

describe("steps", () => {
  test("what they lack, have twice, or must not have", () =>
    checkDiagnostics(
      task(`  volumes:
  - name: cache
    emptyDir: {}
  steps:
  - name: make
#         ^^^^ error tekton/step-without-image: The step \`make\` has no image.
    script: make
  - name: make
#         ^^^^ error tekton/duplicate-name: There is a step \`make\` already.
    image: alpine:3.22
    command: [make]
#   ^^^^^^^ error tekton/script-and-command
    script: make
    onError: ignore
#            ^^^^^^ error tekton/on-error-value: \`ignore\` is no value of \`onError\`.
    timeout: -1m
#            ^^^ error tekton/negative-timeout
  - name: shared
    ref:
      name: shared
    image: alpine:3.22
#   ^^^^^ error tekton/step-ref-conflict: \`image\` cannot stand beside \`ref\`
    env: []
#   ^^^ error tekton/step-ref-conflict
  - name: own
    image: alpine:3.22
    params:
#   ^^^^^^ error tekton/step-ref-conflict: Only a step that refers to a StepAction has parameters.
    - name: a
      value: b
    volumeMounts:
    - name: tekton-internal-secrets
#           ^^^^^^^^^^^^^^^^^^^^^^^ error tekton/reserved-mount
      mountPath: /tekton/../tekton/bin
#                ^^^^^^^^^^^^^^^^^^^^^ error tekton/reserved-mount: Nothing can be mounted below \`/tekton\`
    - name: cahce
#           ^^^^^ warning tekton/undefined-volume: The Task has no volume \`cahce\`.
      mountPath: /tekton/home/cache
`),
    ));

  test("an image of the template, names of other kinds, and values that come later are fine", () =>
    checkDiagnostics(
      task(`  params:
  - name: volume
  - name: mode
  stepTemplate:
    image: alpine:3.22
  sidecars:
  - name: make
    image: alpine:3.22
  steps:
  - name: make
    onError: $(params.mode)
    timeout: 0s
    script: make
    volumeMounts:
    - name: $(params.volume)
      mountPath: /tekton/home
  - ref:
      name: shared
    params:
    - name: a
      value: b
  - script: test
  - script: test
`),
    ));

  test("a Task without any", () =>
    checkDiagnostics(
      `${task("  steps: []\n# ^^^^^ error tekton/no-steps\n")}#- b.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: build\nspec:\n  tasks:\n  - name: make\n#         ^^^^ error tekton/no-steps\n    taskSpec:\n      params: []\n  - name: wait\n    taskSpec:\n      apiVersion: example.com/v1\n      kind: Wait\n`,
    ));

  test("what a patch may bring is not missed", () =>
    checkDiagnostics(
      `${task("  steps:\n  - name: make\n    script: make\n")}#- kustomization.yaml\nresources:\n- a.yaml\npatches:\n- path: patch.yaml\n#- patch.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: build\nspec:\n  steps:\n  - name: make\n    image: alpine:3.22\n    script: make\n`,
    ));

  test("a misspelt onError is corrected", () =>
    checkFix(
      task("  steps:\n  - image: alpine:3.22\n    onError: Continue\n"),
      "tekton/on-error-value",
      "Change to 'continue'",
      task("  steps:\n  - image: alpine:3.22\n    onError: continue\n"),
    ));
});

describe("a script for bash", () => {
  test("that sh would run", () =>
    checkDiagnostics(
      task(`  steps:
  - image: alpine:3.22
    script: |
#   ^^^^^^ hint tekton/bash-without-shebang
      set -o pipefail
  - image: alpine:3.22
    script: |
      #!/usr/bin/env bash
      set -o pipefail
  - image: alpine:3.22
    script: |
      [ -n "$X" ] && echo "[[ no bash ]]"
`),
    ));
});

describe("a push to the main branch", () => {
  test("by name, or by the default of a parameter", () =>
    checkDiagnostics(
      task(`  params:
  - name: branch
    default: main
  - name: other
    default: release
  steps:
  - image: alpine/git:2.49.1
    script: |
      #!/bin/sh
      git push origin HEAD:main
#     ^^^^^^^^^^^^^^^^^^^^^^^^^ information tekton/push-to-main: This pushes straight to \`main\`.
      git -C repo push -f origin "HEAD:$(params.branch)"
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information tekton/push-to-main
      git push origin HEAD:$(params.other)
      git push origin main-fix
      git pull origin main
      git push origin HEAD:maintenance
`),
    ));
});

describe("workspaces and volumes", () => {
  test("that are mounted twice, declared twice, or not at all", () =>
    checkDiagnostics(
      task(`  workspaces:
  - name: source
  - name: source
#         ^^^^^^ error tekton/duplicate-name: There is a workspace \`source\` already.
  - name: cache
    mountPath: /workspace/./source
#              ^^^^^^^^^^^^^^^^^^^ error tekton/shared-mount-path: The workspace \`cache\` is mounted at \`/workspace/source\`
  - name: output
  volumes:
  - name: a
    emptyDir: {}
  - name: a
#         ^ error tekton/duplicate-name: There is a volume \`a\` already.
    emptyDir: {}
  steps:
  - image: alpine:3.22
    workspaces:
    - name: sourse
#           ^^^^^^ error tekton/undeclared-workspace: The Task declares no workspace \`sourse\`.
      mountPath: /s
    volumeMounts:
    - name: a
      mountPath: /workspace/output
  sidecars:
  - name: tekton-log-results
#         ^^^^^^^^^^^^^^^^^^ error tekton/reserved-sidecar
    image: alpine:3.22
`).replace("  - name: output\n", "  - name: output\n#         ^^^^^^ error tekton/shared-mount-path\n"),
    ));
});

describe("parameters and results", () => {
  test("with defaults, names and types that contradict each other", () =>
    checkDiagnostics(
      task(`  params:
  - name: flags
    type: array
    default: --quiet
#            ^^^^^^^ error tekton/param-default: The parameter \`flags\` is of type \`array\`, its default is a text.
  - name: ports
    type: array
    default: [80, 443]
#   ^^^^^^^ error tekton/param-default: The default of \`ports\` holds something else than texts
  - name: retries
    default: 3
  - name: empty
    type: array
    default:
  - name: repository
    type: object
#         ^^^^^^ error tekton/object-without-properties: The parameter \`repository\` is an object without \`properties\`.
  - name: repo.main
#         ^^^^^^^^^ error tekton/object-name: \`repo.main\` cannot be the name of an object.
    properties:
      clone.url: {type: string}
#     ^^^^^^^^^ error tekton/object-name: \`clone.url\` cannot be the name of a key of an object.
      url: {}
  - name: level
    enum: [debug, info, debug]
#                       ^^^^^ error tekton/param-enum: \`debug\` stands twice in \`enum\`.
    default: inf
#            ^^^ error tekton/param-enum: The default of \`level\` is not one of the values in \`enum\`.
  - name: levels
    type: array
    enum: [debug]
#   ^^^^ error tekton/param-enum: \`enum\` is for strings
  - name: level
#         ^^^^^ error tekton/duplicate-name: There is a parameter \`level\` already.
  results:
  - name: image
    type: object
#         ^^^^^^ error tekton/object-without-properties: The result \`image\` is an object without \`properties\`.
  - name: digest
    value: sha256
#          ^^^^^^ error tekton/result-value: The value of the result \`digest\` is not the result of a step.
  - name: tag
    value: $(steps.make.results.tag)
  steps:
  - name: make
    image: alpine:3.22
    results:
    - name: tag
`),
    ));

  test("the second of two that are the same is removed", () =>
    checkFix(
      task("  params:\n  - name: a\n    default: b\n  - name: a\n    default: b\n  steps:\n  - image: alpine:3.22\n"),
      "tekton/duplicate-name",
      "Remove the second, which is the same",
      task("  params:\n  - name: a\n    default: b\n  steps:\n  - image: alpine:3.22\n"),
    ));
});

describe("a StepAction", () => {
  test("hands over nothing by name", () =>
    checkDiagnostics(
      `${head("StepAction", "tekton.dev/v1beta1")}  params:
  - name: cache
  image: alpine:3.22
  command: [make]
# ^^^^^^^ error tekton/script-and-command
  script: make
  volumeMounts:
  - name: cache
#         ^^^^^ error tekton/step-action-volume: The StepAction cannot know a volume \`cache\`.
    mountPath: /cache
  - name: $(params.cache)
    mountPath: /other
`,
    ));
});

test("names may have 63 characters", () =>
  checkDiagnostics(`
#- a.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: a23456789-123456789-123456789-123456789-123456789-123456789-1234
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/name-too-long: The name of this Task has 64 characters
spec:
  steps:
  - image: alpine:3.22
---
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: a23456789-123456789-123456789-123456789-123456789-123456789-123
spec:
  steps:
  - image: alpine:3.22
`));

test("a Task that is half typed", () =>
  checkDiagnostics(`
#- a.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  params:
  -
  workspaces:
  results:
  - name:
  steps:
  - name: make
    image: alpine:3.22
    env:
    volumeMounts:
    -
    when:
    -
`));

test("images of steps without a version", () =>
  checkDiagnostics(
    task(`  params:
  - name: image
  stepTemplate:
    image: node:latest
#          ^^^^^^^^^^^ information tekton/unpinned-image: The image \`node\` has the tag \`latest\`
  steps:
  - image: alpine
#          ^^^^^^ information tekton/unpinned-image: The image \`alpine\` has neither tag nor digest
  - image: registry.example.com:5000/alpine:3.22
  - image: alpine@sha256:0000000000000000000000000000000000000000000000000000000000000000
  - image: $(params.image)
  - script: make
`),
  ));

test("keys of a VerificationPolicy", () =>
  checkDiagnostics(
    `${head("VerificationPolicy", "tekton.dev/v1alpha1")}  resources:
  - pattern: .*
  authorities:
  - name: none
#         ^^^^ error tekton/verification-key: The authority \`none\` has no key.
    key:
      hashAlgorithm: sha256
  - name: two
    key:
      data: key
      kms: gcpkms://a
#     ^^^ error tekton/verification-key: \`data\` and \`kms\` exclude each other.
  - name: one
    key:
      secretRef: {name: key}
`,
  ));
