import { expect, test } from "vitest";
import { checkDiagnostics } from "../../support/checkDiagnostics";
import { parseFixture } from "../../support/fixture";
import { inspect } from "../../support/inspect";

test("a rule and the engine that see the same mistake make one finding", () =>
  checkDiagnostics(`
#- dev/kustomization.yaml
resources:
- gone.yaml
# ^^^^^^^^^ error kustomization/missing-file
`));

test("a comment turns a finding of a build off", () =>
  checkDiagnostics(`
#- dev/kustomization.yaml
resources:
# gitops-author-disable-next-line kustomization/missing-file
- gone.yaml
- lost.yaml
# ^^^^^^^^^ error kustomization/missing-file
`));

test("the repository's file excludes files and silences rules", () =>
  checkDiagnostics(`
#- .gitops-author.yaml
exclude: [old]
#- old/kustomization.yaml
resources: [gone.yaml]
`));

test("what is no YAML yet in a template is no error of the build that reads it", () =>
  checkDiagnostics(`
#- cluster/kustomization.yaml
resources:
- ../../base/cluster
# ^^^^^^^^^^^^^^^^^^ information kustomization/missing-file
- secret.yaml
#- cluster/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: {{ name }}-secret
# ^^^^ information kustomization/missing-name
`));

const component = `
#- part/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- path: patch.yaml
#- part/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: blue}
`;

test("a Component means nothing on its own", () => checkDiagnostics(component));

test("a Component is checked where it is included", async () => {
  const { findings } = await inspect(
    parseFixture(
      `${component}#- dev/kustomization.yaml\nresources: [a.yaml]\ncomponents: [../part]\n#- dev/a.yaml\napiVersion: v1\nkind: A\nmetadata: {name: a}\n`,
    ),
  );
  expect(findings.map(({ code, related }) => [code, related.map(({ message }) => message)])).toEqual([
    ["kustomization/patch-target-not-found", ["The patch says so here.", "Part of the build of 'dev'."]],
  ]);
});

test("a file that is no manifest of a kustomization has no findings, however broken it is", () =>
  checkDiagnostics(`
#- chart/templates/deployment.yaml
{{- if .Values.enabled }}
a: [
#- dev/kustomization.yaml
configMapGenerator:
- name: settings
  files: [broken.yaml]
#- dev/broken.yaml
a: [
`));
