import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const code = "rbac/changed-role-ref";

/** A binding of people, so that nothing else is to say about it. */
function binding(roleRef: string, { name = "book", kind = "RoleBinding", annotations = "" } = {}): string {
  const namespace = kind === "RoleBinding" ? "  namespace: book-dev\n" : "";
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: ${name}
${namespace}${annotations}roleRef:
  apiGroup: rbac.authorization.k8s.io
${roleRef}subjects:
- kind: User
  apiGroup: rbac.authorization.k8s.io
  name: wanja
`;
}
const view = "  kind: ClusterRole\n  name: view # as agreed\n";
const edit = "  kind: ClusterRole\n  name: edit # as agreed\n";
const found = `  kind: ClusterRole
  name: edit
#       ^^^^ warning ${code}: The role of a binding cannot be changed: in Git, \`book\` gives the ClusterRole \`view\`.
`;

describe("a binding gives another role than in Git", () => {
  test("it is found", () => checkDiagnostics(`#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(found)}`));
  test("for the whole cluster, too", () =>
    checkDiagnostics(`
#- HEAD:a.yaml
${binding(view, { kind: "ClusterRoleBinding" })}#- a.yaml
${binding(found, { kind: "ClusterRoleBinding" })}`));
  test("the role of before comes back, and nothing else changes", () =>
    checkFix(
      `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(edit)}`,
      code,
      "Restore the ClusterRole 'view'",
      `#- a.yaml\n${binding(view)}`,
    ));
  test("its kind comes back with its name", () =>
    checkFix(
      `#- HEAD:a.yaml\n${binding("  kind: Role\n  name: reader\n")}#- a.yaml\nkind: List\napiVersion: v1\nitems:\n- ${binding(edit).replaceAll("\n", "\n  ").trimEnd()}\n`,
      code,
      "Restore the Role 'reader'",
      `#- a.yaml\nkind: List\napiVersion: v1\nitems:\n- ${binding("  kind: Role\n  name: reader # as agreed\n").replaceAll("\n", "\n  ").trimEnd()}\n`,
    ));
  test("the kind alone differs", () =>
    checkDiagnostics(`
#- HEAD:a.yaml
${binding(view)}#- a.yaml
${binding(`  kind: Role\n#       ^^^^ warning ${code}\n  name: view\n#       ^^^^ warning rbac/role-not-found\n`)}`));
  test("in a file that was renamed", () =>
    checkDiagnostics(`#- HEAD:old.yaml\n${binding(view)}#- new.yaml\n${binding(found)}`));
  test("in a patch", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
patches:
- path: patch.yaml
#- a.yaml
${binding("  kind: ClusterRole\n  name: admin\n")}#- HEAD:patch.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: book, namespace: book-dev}
roleRef: {name: view}
#- patch.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: book, namespace: book-dev}
roleRef:
  name: edit
#       ^^^^ warning ${code}
`));
});

describe("nothing is said", () => {
  test.each([
    ["of the same role", `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(view.replace(" # as agreed", ""))}`],
    [
      "of a file that git does not have",
      `#- HEAD:b.yaml\n${binding(view)}#- b.yaml\n${binding(view)}#- a.yaml\n${binding(edit)}`,
    ],
    [
      "of a binding with another name",
      `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(edit, { name: "book2" })}`,
    ],
    [
      "of a binding that Argo CD makes anew",
      `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(edit, {
        annotations: "  annotations:\n    argocd.argoproj.io/sync-options: Replace=true, Force=true\n",
      })}`,
    ],
    [
      "where git has two of that name",
      `#- HEAD:a.yaml\n${binding(view)}---\n${binding(edit.replace("edit", "admin"))}#- a.yaml\n${binding(edit)}`,
    ],
    [
      "where two files that are gone had it",
      `#- HEAD:b.yaml\n${binding(view)}#- HEAD:c.yaml\n${binding(view)}#- a.yaml\n${binding(edit)}`,
    ],
    [
      "where git has no YAML",
      `#- HEAD:a.yaml\n${binding(view).replace("metadata:", "metadata: [")}#- a.yaml\n${binding(edit)}`,
    ],
    [
      "of a role that is filled in later",
      `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${binding(edit.replace("edit", `"\${ROLE}"`))}`,
    ],
  ])("%s", async (_what, text) => expect([...(await findFixes(text, code)).keys()]).toEqual([]));

  test("while the text is half typed, before there is another role", async () => {
    const text = binding(edit);
    const firstFound = async (): Promise<string> => {
      for (let end = text.indexOf("roleRef"); end < text.length; end++) {
        const typed = `#- HEAD:a.yaml\n${binding(view)}#- a.yaml\n${text.slice(0, end)}`;
        if ((await findFixes(typed, code)).size > 0) return text.slice(0, end);
      }
      return "";
    };
    expect(await firstFound()).toMatch(/kind: ClusterRole\n {2}name: e$/);
  });
});
