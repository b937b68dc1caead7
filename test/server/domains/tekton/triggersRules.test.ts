import { test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const head = (kind: string, version = "v1beta1") =>
  `#- a.yaml\napiVersion: triggers.tekton.dev/${version}\nkind: ${kind}\nmetadata:\n  name: build\nspec:\n`;

test("an EventListener without triggers", () =>
  checkDiagnostics(
    `
#- a.yaml
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: a23456789-123456789-123456789-123456789-123456789-123456789-1
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/name-too-long: The name of this EventListener has 61 characters, Tekton takes at most 60.
  annotations:
    tekton.dev/payload-validation: "off"
#                                  ^^^^^ error tekton/payload-validation
spec:
  serviceAccountName: pipeline
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: other
spec:
  namespaceSelector:
    matchNames: ["*"]
`
      .replace(
        "spec:\n  serviceAccountName",
        "spec:\n#^^^ error tekton/listener-without-triggers\n  serviceAccountName",
      )
      .replace("#^^^ error", "#^^^ error"),
  ));

test("triggers, bindings and interceptors that say too little or too much", () =>
  checkDiagnostics(
    `${head("EventListener")}  triggers:
  - name: none
#         ^^^^ error tekton/trigger-target: The trigger does not say what it makes.
    bindings:
    - ref: push
      name: commit
#     ^^^^ error tekton/trigger-binding: \`ref\` and \`name\` exclude each other.
    - name: commit
#     ^^^^ error tekton/trigger-binding: The binding has a name and no value.
    - name: commit
      value: ""
    - kind: TriggerBinding
#     ^^^^ error tekton/trigger-binding: The binding names nothing.
  - triggerRef: shared
    template:
#   ^^^^^^^^ error tekton/trigger-target: \`template\` cannot stand beside \`triggerRef\`
      ref: build
  - template:
      ref: build
      spec:
#     ^^^^ error tekton/trigger-target: \`ref\` and \`spec\` exclude each other.
        resourcetemplates: []
#       ^^^^^^^^^^^^^^^^^ error tekton/empty-template
    interceptors:
    - name: main only
#           ^^^^^^^^^ error tekton/interceptor-target: The interceptor names nobody to ask.
    - ref: {name: cel}
      params:
      - name: filters
#             ^^^^^^^ warning tekton/unknown-interceptor-param: The interceptor does not know the parameter \`filters\`.
        value: body.ref == 'refs/heads/main'
    - webhook: {}
#     ^^^^^^^ error tekton/interceptor-target: The webhook names no Service.
    - webhook:
        objectRef: {kind: Service, name: check}
#       ^^^^^^^^^ error tekton/interceptor-target: \`apiVersion\` is missing in \`objectRef\`.
        header:
        - name: x-team
#               ^^^^^^ error tekton/webhook-header
          value: a
        - name: X-Team
          value: a
    - ref: {name: our-own}
      params:
      - name: anything
        value: a
  - triggerRef: shared
  triggerGroups:
  - name: all
    interceptors:
    - ref: {name: github}
    triggerSelector: {}
#   ^^^^^^^^^^^^^^^ error tekton/listener-without-triggers: The selector of the group selects nothing.
`,
  ));

test("the pod and the Service of an EventListener", () =>
  checkDiagnostics(
    `${head("EventListener")}  triggers:
  - triggerRef: shared
  resources:
    kubernetesResource:
      serviceType: NodePort
      serviceLoadBalancerClass: internal
#     ^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/listener-resources
      spec:
        template:
          spec:
            containers:
            - env:
              - name: TLS_KEY
#                     ^^^^^^^ error tekton/listener-resources: \`TLS_KEY\` without \`TLS_CERT\` makes no TLS.
                valueFrom:
                  secretKeyRef: {name: tls, key: tls.key}
              - name: LEVEL
                value: debug
#               ^^^^^ error tekton/listener-resources: \`LEVEL\` must come from a Secret.
`,
  ));

test("parameters of a template", () =>
  checkDiagnostics(
    `${head("TriggerTemplate")}  params:
  - name: commit
  - name: url
#         ^^^ warning tekton/unused-template-param: The objects of the template write \`$(params.url)\`
  - name: branch
#         ^^^^^^ hint tekton/unused-template-param: No object of the template uses the parameter \`branch\`.
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata:
      generateName: build-$(tt.params.commit)-
    spec:
      pipelineRef:
        name: build
      params:
      - name: revision
        value: $(tt.params.comit)
#                          ^^^^^ error tekton/undeclared-template-param: The template declares no parameter \`comit\`.
      - name: url
        value: $(params.url)
`,
  ));

test("expressions of a TriggerBinding that have no end, and names given twice", () =>
  checkDiagnostics(
    `${head("TriggerBinding")}  params:
  - name: commit
    value: $(body.head.id-$(body.ref)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/binding-expression: The expression \`$(body.head.id-$(body.ref)\` has no end.
  - name: url
    value: $(body.repository.url
#          ^^^^^^^^^^^^^^^^^^^^^ warning tekton/binding-expression
  - name: first
    value: $(body.commits[?(@.id=="a")].id)
  - name: url
#         ^^^ error tekton/duplicate-name: There is a parameter \`url\` already.
    value: $(body.url)
`,
  ));

test("an interceptor with two addresses", () =>
  checkDiagnostics(
    `${head("ClusterInterceptor", "v1alpha1")}  clientConfig:
    url: https://check.example.com
#   ^^^ error tekton/client-config
    service: {name: check, namespace: ci}
`,
  ));

test("a header gets its usual case", () => {
  const header = (name: string) =>
    `${head("EventListener")}  triggers:\n  - template: {ref: build}\n    interceptors:\n    - webhook:\n        objectRef: {kind: Service, apiVersion: v1, name: check}\n        header:\n        - name: ${name}\n          value: a\n`;
  return checkFix(
    header("x-gitHub-event"),
    "tekton/webhook-header",
    "Change to 'X-Github-Event'",
    header("X-Github-Event"),
  );
});

test("a Trigger that is half typed", () =>
  checkDiagnostics(`${head("Trigger")}  bindings:\n  -\n  interceptors:\n  template:\n`));

test("what a template makes is looked at like any other object", () =>
  checkDiagnostics(
    `${head("TriggerTemplate")}  params:
  - name: task
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata:
      generateName: build-
    spec:
      pipelineSpec:
        tasks:
        - name: $(tt.params.task)
          taskRef: {name: $(tt.params.task)}
        - name: build
#               ^^^^^ error tekton/nothing-to-run: The task \`build\` does not say what it runs.
          runAfter: [$(tt.params.task)]
`,
  ));
