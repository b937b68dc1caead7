import { expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const code = "core/json-patch-operation";

/** A kustomization whose patch is a file with these lines. */
const withPatch = (lines: string): string => `#- kustomization.yaml
resources: [a.yaml]
patches:
- path: p.yaml
  target: {kind: ConfigMap}
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {b: c}
#- p.yaml
${lines}`;

test("a path without a slash at its beginning changes another field than it says", () =>
  checkDiagnostics(
    withPatch(`- op: add
  path: data/b
#       ^^^^^^ error core/json-patch-operation: \`data/b\` does not begin with \`/\`.
  value: d
`),
  ));

test("a value that is missing, and a misspelt field", () =>
  checkDiagnostics(
    withPatch(`- op: add
# ^^ warning core/json-patch-operation: The operation has no \`value\`.
  path: /data/b
  valeu: d
# ^^^^^ warning core/json-patch-operation: \`valeu\` is no field of an operation.
`),
  ));

test("an operation that nobody knows is said once, though the build fails on it, too", () =>
  checkDiagnostics(
    withPatch(`- op: ad
#     ^^ error core/json-patch-operation: \`ad\` is no operation of a JSON patch.
  path: /data/b
  value: d
`),
  ));

test("inline patches are looked at, at their place", () =>
  checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
patches:
- target: {kind: ConfigMap}
  patch: |-
    - op: replace
      path: data/b
#           ^^^^^^ error core/json-patch-operation
      value: d
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {b: c}
`));

test("right operations, a list that is no patch, and a pointer to the whole are left alone", () =>
  checkDiagnostics(
    `${withPatch(`- {op: add, path: /data/e, value: null}
- {op: test, path: /data/b, value: c}
- {op: copy, from: /data/b, path: /data/f}
- {op: move, from: /data/f, path: /data/g}
- {op: remove, path: /data/g}
`)}#- operations.yaml\n- op: whatever\n  path: to nothing\n`,
  ));

test("fix: the operation that was meant", () =>
  checkFix(
    withPatch("- op: ad # c\n  path: /data/e\n  value: d\n"),
    code,
    "Change to 'add'",
    withPatch("- op: add # c\n  path: /data/e\n  value: d\n"),
  ));

test.each(["", '"', "'"])("fix: a slash before a path in quotes like <%s>", (quote) => {
  const patch = (path: string): string => withPatch(`- op: add\n  path: ${quote}${path}${quote}\n  value: d\n`);
  return checkFix(patch("data/b"), code, "Begin the path with '/'", patch("/data/b"));
});

test("an operation that is half typed is not changed by any fix", async () => {
  const fixes = [...(await findFixes(withPatch("- op:\n"), code)).keys()];
  expect(fixes.filter((title) => !title.startsWith("Disable"))).toEqual([]);
});

test("a path to a field that the kind does not have", () =>
  checkDiagnostics(
    withPatch(`- op: add
  path: /metadata/labelz
#       ^^^^^^^^^^^^^^^^ warning schema/patched-value: \`labelz\` is no field of \`metadata\`.
  value: {a: b}
- op: add
  path: /metadata/annotations
  value: {a: b}
`),
  ));
