import { test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";

const namespace = (annotation: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: a
  annotations:
    example.com/keep: ${annotation}
`;
const ruleWithoutGroups = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
spec:
  selector: {}
  template:
    spec:
      containers: {}
`;

test("a number among annotations is an error where nothing builds the file", () =>
  checkDiagnostics(`
#- a.yaml
${namespace("5")}#                     ^ error schema/wrong-type
`));

test("and a warning where a kustomization does, since Kustomize writes it as text", () =>
  checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
${namespace("5")}#                     ^ warning schema/wrong-type
`));

test("of labels Kustomize makes no text", () =>
  checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
#- a.yaml
${namespace('"5"').replace("annotations", "labels").replace('"5"', "5")}#                     ^ error schema/wrong-type
`));

test("an empty map where a list belongs is an error unless a patch may replace it", async () => {
  const tree = (patches: string, severity: string) => `
#- kustomization.yaml
resources: [a.yaml]
${patches}#- a.yaml
${ruleWithoutGroups}#                 ^^ ${severity} schema/wrong-type
`;
  await checkDiagnostics(tree("", "error"));
  const patch = "    - op: replace\n      path: /spec/template/spec/containers\n      value: [{name: a, image: a:1}]\n";
  await checkDiagnostics(tree(`patches:\n- target: {kind: Deployment}\n  patch: |-\n${patch}`, "warning"));
});
