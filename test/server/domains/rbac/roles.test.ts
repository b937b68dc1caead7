import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

/** A bound Role with these rules, so that nothing else is said of it. */
function role(rules: string, kind = "ClusterRole"): string {
  return `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: helper
${rules}`;
}

describe("rbac/incomplete-rule", () => {
  test("hits what the API server refuses", () =>
    checkDiagnostics(
      role(`rules:
- resources: [pods]
# ^^^^^^^^^ error rbac/incomplete-rule: The rule names no API groups
  verbs: [get]
- apiGroups: [""]
# ^^^^^^^^^ error rbac/incomplete-rule: The rule names no resources
  verbs: [get]
- apiGroups: [""]
# ^^^^^^^^^ error rbac/incomplete-rule: The rule names no verbs
  resources: [pods]
  verbs: []
`),
    ));
  test("leaves URLs, patches and rules that are being typed alone", () =>
    checkDiagnostics(`${role(`rules:
- nonResourceURLs: [/healthz]
  verbs: [get]
- apiGroups: [""]
  resources:
  - 
  verbs: [get]
`)}
#- kustomization.yaml
resources:
- role.yaml
patches:
- path: more.yaml
#- more.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: helper
rules:
- resources: [pods]
  verbs: [get]
`));
});

describe("rbac/non-resource-url", () => {
  test("hits URLs in a Role and beside resources", () =>
    checkDiagnostics(`${role(`rules:
- apiGroups: [""]
  resources: [pods]
  nonResourceURLs: [/metrics]
# ^^^^^^^^^^^^^^^ error rbac/non-resource-url: A rule names either
  verbs: [get]
`)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: probe, namespace: a}
rules:
- nonResourceURLs: [/healthz]
# ^^^^^^^^^^^^^^^ error rbac/non-resource-url: A Role counts
  verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: probe, namespace: a}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: probe}
subjects: [{kind: Group, name: probers}]
`));
});

describe("rbac/unknown-verb", () => {
  const sample = role(`rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get, lst, Watch, read]
`);
  test("hits slips and words that are none", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get, deletecolection, Watch, read]
#              ^^^^^^^^^^^^^^^ warning rbac/unknown-verb
#                               ^^^^^ warning rbac/unknown-verb
#                                      ^^^^ warning rbac/unknown-verb
`),
    ));
  test("leaves verbs of other APIs and placeholders alone", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [example.com]
  resources: [things]
  verbs: [frobnicate, "\${VERB}", use]
`),
    ));
  test("writes what was meant", () =>
    checkFix(sample, "rbac/unknown-verb", "Change to 'watch'", sample.replace("Watch", "watch")));
});

describe("rbac/resource-not-in-group", () => {
  const sample = role(`rules:
- apiGroups: [""]
  resources: [deployments]
  verbs: [get]
`);
  test("hits resources of other groups, kinds and singulars", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: ["", batch]
  resources: [pods, jobs, deployments, ConfigMap, pod/log]
#                         ^^^^^^^^^^^ warning rbac/resource-not-in-group
#                                      ^^^^^^^^^ warning rbac/resource-not-in-group
#                                                 ^^^^^^^ warning rbac/resource-not-in-group
  verbs: [get]
`),
    ));
  test("leaves groups alone of which nobody knows all, and names that nobody knows", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [extensions, metrics.k8s.io]
  resources: [deployments, pods]
  verbs: [get]
- apiGroups: [""]
  resources: [routes]
  verbs: [get]
`),
    ));
  test("puts the right group in the place of the only one", () =>
    checkFix(sample, "rbac/resource-not-in-group", "Use the API group 'apps'", sample.replace('""', "apps")));
  test("adds the group where the others are needed", () => {
    const more = sample.replace("[deployments]", "[pods, deployments]");
    return checkFix(more, "rbac/resource-not-in-group", "Add the API group 'apps'", more.replace('""', '"", apps'));
  });
});

describe("rules that say more than one may want", () => {
  test("wildcards, everything above all", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [apps]
  resources: ["*"]
#             ^^^ information rbac/wildcard: The rule allows every resource,
  verbs: [get]
- apiGroups: ["*"]
  resources: ["*"]
#             ^^^ warning rbac/wildcard: The rule allows everything.
  verbs: ["*"]
- apiGroups: [example.com]
  resources: [things]
  verbs: ["*"]
#         ^^^ hint rbac/wildcard: The rule allows every verb,
- apiGroups: [apps]
  resources: [deployments, deployments/*]
  verbs: [get]
`),
    ));
  test("ways to more rights", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [""]
  resources: [pods, secrets]
#                   ^^^^^^^ hint rbac/escalation: The rule allows reading Secrets
  verbs: [get]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  verbs: [get, bind]
#              ^^^^ information rbac/escalation: The rule allows binding
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [one]
  verbs: [get]
`),
    ));
  test("creating by name", () =>
    checkDiagnostics(
      role(`rules:
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [leader]
  verbs: [get, create]
#              ^^^^^^ information rbac/create-by-name
- apiGroups: [""]
  resources: [serviceaccounts/token]
#             ^^^^^^^^^^^^^^^^^^^^^ information rbac/escalation
  verbs: [create]
`),
    ));
});

describe("aggregated roles", () => {
  test("rules that do not last, selectors that select nothing, labels that do nothing", () =>
    checkDiagnostics(
      `${role(`  labels:
    rbac.authorization.k8s.io/aggregate-to-edti: "true"
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information rbac/aggregation-label
    rbac.authorization.k8s.io/aggregate-to-mine: "true"
aggregationRule:
# ^^^^^^^^^^^^^^ error rbac/aggregation-rule
  clusterRoleSelectors: []
`).replace("# ^^^^^^^^^^^^^^ error", "#^^^^^^^^^^^^^^ error")}`,
    ));
  test("a label is corrected", () => {
    const sample = role('  labels:\n    rbac.authorization.k8s.io/aggregate-to-vew: "true"\nrules: []\n');
    const title = "Change to 'rbac.authorization.k8s.io/aggregate-to-view'";
    return checkFix(sample, "rbac/aggregation-label", title, sample.replace("to-vew", "to-view"));
  });
});

test("a role that is half typed is left alone", () => checkDiagnostics(role("rules:\n- apiGroups:\n  verbs:\n")));
