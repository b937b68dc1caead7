import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

describe("core/invalid-name", () => {
  test("hits names that the kind does not take", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: Web}
#                ^^^ error core/invalid-name
---
apiVersion: v1
kind: Namespace
metadata: {name: a.b}
#                ^^^ error core/invalid-name
`));
  test("leaves names of roles, variables, patches and unknown kinds alone", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "system:Reader"}
rules: []
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "\${NAME}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a.b-c}
---
apiVersion: example.com/v1
kind: Thing
metadata: {name: A_B}
`));
  test("a name that is not written yet is none", () =>
    checkDiagnostics("#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name:\n"));
});

describe("core/name-and-generate-name", () => {
  test("hits both, leaves one alone", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  generateName: a-
# ^^^^^^^^^^^^ warning core/name-and-generate-name
---
apiVersion: v1
kind: ConfigMap
metadata: {generateName: a-}
`));
});

describe("core/namespace-on-cluster-kind", () => {
  const namespace = "#- a.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n";
  test("hits a Namespace in a namespace, leaves a ConfigMap alone", () =>
    checkDiagnostics(
      `${namespace}  namespace: b\n# ^^^^^^^^^ warning core/namespace-on-cluster-kind\n#- b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n`,
    ));
  test("fix: remove it", () =>
    checkFix(`${namespace}  namespace: b # c\n`, "core/namespace-on-cluster-kind", "Remove 'namespace'", namespace));
});

describe("core/selector-mismatch", () => {
  const workload = (selector: string, labels: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: ${selector}\n  template:\n    metadata:\n      labels: ${labels}\n    spec:\n      containers: [{name: a, image: a:1}]\n`;
  const found = (severity: string) =>
    workload("{app: a}", "{app: b}").replace(
      "{app: a}\n",
      `{app: a}\n#                      ^ ${severity} core/selector-mismatch\n`,
    );
  test("is an error where a kustomization deploys it, else a warning", async () => {
    await checkDiagnostics(`#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${found("error")}`);
    await checkDiagnostics(`#- a.yaml\n${found("warning")}`);
  });
  test("is judged after patches, at the place in the base", async () => {
    const base = `#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml\n${workload("{app: a}", "{app: b}")}`;
    const overlay = (label: string) =>
      `#- overlay/kustomization.yaml\nresources: [../base]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: a}\n    spec: {template: {metadata: {labels: {app: ${label}}}}}\n`;
    await checkDiagnostics(`${base}${overlay("a")}`);
    await checkDiagnostics(`${base.replace(workload("{app: a}", "{app: b}"), found("error"))}${overlay("c")}`);
  });
  test("leaves a manifest alone beside a listed one of its name: it is a patch that is not in use", async () => {
    const build = `#- app/kustomization.yaml\nresources: [a.yaml]\n#- app/a.yaml\n${workload("{app: a}", "{app: a}")}`;
    await checkDiagnostics(`${build}#- app/versions/a.yaml\n${workload("{app: a}", "{version: '2'}")}`);
    await checkDiagnostics(`${build}#- other/a.yaml\n${found("warning")}`);
  });
  test("leaves more labels and incomplete objects alone", () =>
    checkDiagnostics(
      `#- a.yaml\n${workload("{app: a}", "{app: a, b: c}")}#- b.yaml\n${workload("", "{app: a}").replace("spec:\n", "spec:\n")}`.replace(
        "    matchLabels: \n",
        "    matchLabels: {}\n",
      ),
    ));
});

describe("core/removed-api and core/deprecated-api", () => {
  const budget = (version: string) =>
    `#- a.yaml\napiVersion: policy/${version}\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {minAvailable: 1, selector: {matchLabels: {a: b}}}\n`;
  const settings = (version: string) => `#- .gitops-author.yaml\nkubernetesVersion: "${version}"\n`;
  const marked = (word: string) =>
    budget("v1beta1").replace("policy/v1beta1\n", `policy/v1beta1\n#           ^^^^^^^^^^^^^^ ${word}\n`);
  test("without a version it is on its way out", () => checkDiagnostics(marked("warning core/deprecated-api")));
  test("with a version that serves it no more it is gone", () =>
    checkDiagnostics(`${settings("1.25")}${marked("error core/removed-api")}`));
  test("with a version before the deprecation nothing is said", () =>
    checkDiagnostics(`${settings("1.20")}${budget("v1beta1")}`));
  test("the new version is right", () => checkDiagnostics(`${settings("1.25")}${budget("v1")}`));
  test("fix: the new version, where that is all there is to do", () =>
    checkFix(budget("v1beta1"), "core/deprecated-api", "Change to 'policy/v1'", budget("v1")));
  test("no fix where the object must change its shape", async () => {
    const ingress =
      "#- a.yaml\napiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {backend: {serviceName: a, servicePort: 1}}\n";
    const titles = [...(await findFixes(ingress, "core/deprecated-api")).keys()];
    expect(titles.filter((title) => title.startsWith("Change"))).toEqual([]);
  });
});
