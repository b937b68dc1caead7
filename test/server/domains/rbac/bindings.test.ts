import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const reader = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: book}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
`;
const bot = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: pipeline-bot, namespace: book}\n";

/** A binding, in flow style where nothing is expected. */
function binding(lines: string, kind = "RoleBinding"): string {
  const namespace = kind === "RoleBinding" ? "  namespace: book\n" : "";
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: bound\n${namespace}${lines}`;
}
const edit = "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}\n";
const people = "subjects: [{kind: Group, name: developers}]\n";

describe("what the API server refuses", () => {
  test("a Role for the whole cluster", () =>
    checkDiagnostics(`#- a.yaml
${binding(
  `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
#       ^^^^ error rbac/invalid-role-ref
  name: reader
${people}`,
  "ClusterRoleBinding",
)}`));
  test("subjects of another group or name", () =>
    checkDiagnostics(`#- a.yaml
${binding(`${edit}subjects:
- kind: ServiceAccount
  apiGroup: rbac.authorization.k8s.io
#           ^^^^^^^^^^^^^^^^^^^^^^^^^ error rbac/invalid-subject
  name: default
  namespace: book
- kind: ServiceAccount
  name: system:serviceaccount:book:default
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error rbac/invalid-subject
  namespace: book
`)}`));
  test("a ServiceAccount without namespace for the whole cluster, and how it gets one", async () => {
    const wrong = `#- a.yaml
${bot}---
${binding(
  `${edit}subjects:
- kind: ServiceAccount
  name: pipeline-bot
`,
  "ClusterRoleBinding",
)}`;
    await checkDiagnostics(`${wrong}#       ^^^^^^^^^^^^ error rbac/subject-without-namespace\n`);
    const right = wrong.replace("  name: pipeline-bot\n", "  name: pipeline-bot\n  namespace: book\n");
    await checkFix(wrong, "rbac/subject-without-namespace", "Add 'namespace: book'", right);
  });
  test("Kustomize gives it one", () =>
    checkDiagnostics(`
#- kustomization.yaml
namespace: book
resources:
- a.yaml
#- a.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: pipeline-bot}
---
${binding(`${edit}subjects: [{kind: ServiceAccount, name: pipeline-bot}]\n`, "ClusterRoleBinding")}`));
  test("in one namespace it is a hint", () =>
    checkDiagnostics(`#- a.yaml
${bot}---
${binding(`${edit}subjects:
- kind: ServiceAccount
  name: pipeline-bot
#       ^^^^^^^^^^^^ hint rbac/subject-without-namespace
`)}`));
});

describe("roles that are nowhere", () => {
  const wrong = `#- a.yaml\n${reader}---\n${binding(`roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: raeder
${people}`)}`;
  test("hits a slip and corrects it", async () => {
    await checkDiagnostics(
      wrong
        .replace("  name: raeder\n", "  name: raeder\n#       ^^^^^^ warning rbac/role-not-found\n")
        .replace("metadata: {name: reader", "metadata: {name: reader")
        .replace(
          "kind: Role\nmetadata: {name: reader, namespace: book}\n",
          (text) => `${text}#                ^^^^^^ hint rbac/unused-role\n`,
        ),
    );
    await checkFix(wrong, "rbac/role-not-found", "Change to 'reader'", wrong.replace("raeder", "reader"));
  });
  test("is less sure of what an operator may make, and sure of what is built in", () =>
    checkDiagnostics(`#- a.yaml
${binding(`roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: made-by-an-operator
#       ^^^^^^^^^^^^^^^^^^^ information rbac/role-not-found
${people}`)}---
${binding(edit.replace("edit", "system:image-puller") + people)}---
${binding(edit.replace("edit", "pipelines-scc-clusterrole") + people.replace("developers", "testers"))}`));
  test("a Role of another namespace", () =>
    checkDiagnostics(
      `#- a.yaml
${reader.replace("namespace: book", "namespace: shop")}
#                ^^^^^^ hint rbac/unused-role
---
${binding(`roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
#       ^^^^^^ warning rbac/role-not-found: The Role \`reader\` is in \`shop\`
${people}`)}`
        .replace("\n\n#  ", "\n#  ")
        .replace(/rules: (.*)\n(#.*hint.*)\n/, "$2\nrules: $1\n"),
    ));
  test("follows the names of Kustomize, and is silent beside a remote base", () =>
    checkDiagnostics(`
#- one/kustomization.yaml
namePrefix: my-
resources:
- a.yaml
#- one/a.yaml
${reader}---
${binding(`roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}\n${people}`)}
#- two/kustomization.yaml
resources:
- https://example.com/base.git//deploy?ref=v1
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- b.yaml
#- two/b.yaml
${binding(`roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: remote}\n${people}`)}`));
});

describe("ServiceAccounts that are nowhere", () => {
  const wrong = `#- a.yaml\n${bot}---\n${binding(`${edit}subjects:
- kind: ServiceAccount
  name: pipelinebot
  namespace: book
`)}`;
  test("hits a slip and corrects it", async () => {
    await checkDiagnostics(
      wrong.replace(
        "  name: pipelinebot\n",
        "  name: pipelinebot\n#       ^^^^^^^^^^^ warning rbac/service-account-not-found\n",
      ),
    );
    const right = wrong.replace("pipelinebot", "pipeline-bot");
    await checkFix(wrong, "rbac/service-account-not-found", "Change to 'pipeline-bot'", right);
  });
  test("knows those that always exist, and trusts that others are elsewhere", () =>
    checkDiagnostics(`#- a.yaml
${bot}---
${binding(`${edit}subjects:
- {kind: ServiceAccount, name: default, namespace: book}
- {kind: ServiceAccount, name: pipeline, namespace: book}
- {kind: ServiceAccount, name: prometheus-k8s, namespace: openshift-monitoring}
`)}`));
  test("one that is deployed beside it, into another namespace", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- a.yaml
#- a.yaml
${bot}---
${binding(`${edit}subjects:
- kind: ServiceAccount
  name: pipeline-bot
  namespace: system
#            ^^^^^^ warning rbac/subject-in-other-namespace
`)}`));
});

describe("bindings that give nothing", () => {
  test("to nobody, or what lies in no namespace", () =>
    checkDiagnostics(`#- a.yaml
${binding(`${edit}subjects: []\n`).replace("  name: bound\n", "  name: bound\n#       ^^^^^ information rbac/binding-without-effect\n")}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: nodes}
rules: [{apiGroups: [""], resources: [nodes], verbs: [get]}]
---
${binding(`roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: nodes
#       ^^^^^ warning rbac/binding-without-effect
${people}`)}---
${binding(edit.replace("edit", "nodes") + people, "ClusterRoleBinding")}`));
  test("to a user who is a group", () =>
    checkDiagnostics(`#- a.yaml
${binding(`${edit}subjects:
- kind: User
#       ^^^^ warning rbac/subject-mixup
  name: system:serviceaccounts:book
- kind: User
  name: jane
  namespace: book
#            ^^^^ warning rbac/subject-mixup
`)}`));
  test("twice the same", () =>
    checkDiagnostics(`#- a.yaml
${binding(edit + people)}---
${binding(edit + people).replace("  name: bound\n", "  name: again\n#       ^^^^^ information rbac/duplicate-binding\n")}---
${binding(edit + people.replace("developers", "testers")).replace("bound", "other")}`));
  test("without the namespace of the Role, and gets it", async () => {
    const wrong = `#- kustomization.yaml
resources:
- a.yaml
#- a.yaml
${reader}---
${binding(`roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}\n${people}`).replace("  namespace: book\n", "")}`;
    await checkDiagnostics(
      wrong.replace("  name: bound\n", "  name: bound\n#       ^^^^^ warning rbac/binding-without-namespace\n"),
    );
    const right = wrong.replace("  name: bound\n", "  name: bound\n  namespace: book\n");
    await checkFix(wrong, "rbac/binding-without-namespace", "Add 'namespace: book'", right);
  });
});

describe("bindings that give more than one may want", () => {
  test("everything, to a program or to people", () =>
    checkDiagnostics(`#- a.yaml
${bot}---
${binding(
  `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
#       ^^^^^^^^^^^^^ warning rbac/cluster-admin
subjects: [{kind: ServiceAccount, name: pipeline-bot, namespace: book}]
`,
  "ClusterRoleBinding",
)}---
${binding(
  `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
#       ^^^^^^^^^^^^^ information rbac/cluster-admin
${people}`,
  "ClusterRoleBinding",
).replace("bound", "admins")}`));
  test("to everybody", () =>
    checkDiagnostics(`#- a.yaml
${binding(`${edit}subjects:
- kind: Group
  name: system:unauthenticated
#       ^^^^^^^^^^^^^^^^^^^^^^ warning rbac/broad-subject
- kind: Group
  name: system:authenticated
#       ^^^^^^^^^^^^^^^^^^^^ information rbac/broad-subject
`)}`));
});

test("a binding that is half typed is left alone", () =>
  checkDiagnostics(`#- a.yaml\n${binding(`${edit}subjects:\n- kind: ServiceAccount\n  name:\n`)}`));
