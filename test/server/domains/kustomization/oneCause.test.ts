import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { codeActionsFeature } from "../../../../server/src/features/codeActions";
import { toRange } from "../../../../server/src/features/range";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { openEditor } from "../../../support/editor";

const job = (metadata: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata:\n  ${metadata}\n  annotations:\n    argocd.argoproj.io/hook: PreSync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: quay.io/team/a:1.0\n`;

/** The titles of the fixes for a code, and whether each is the one that an editor would take by itself. */
async function preferences(text: string, code: string): Promise<Readonly<Record<string, boolean>>> {
  const editor = await openEditor(text);
  const [finding] = editor.findings.filter((each) => each.code === code);
  if (finding === undefined) return {};
  const document = { kind: "source" as const, path: finding.place.file.path };
  const parameters = { range: toRange(finding.place), context: { diagnostics: [], only: ["quickfix"] } };
  const actions = await editor.ask<readonly CodeAction[]>(codeActionsFeature, document, parameters);
  return Object.fromEntries(actions.map(({ title, isPreferred }) => [title, isPreferred === true]));
}

describe("a hook with a generated name in a kustomization", () => {
  const text = (metadata: string): string => `#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${job(metadata)}`;
  test("is told once, and gets a fixed name", async () => {
    await checkDiagnostics(
      text("generateName: migrate-\n# ^^^^^^^^^^^^ error kustomization/missing-name: This Job has a `generateName`"),
    );
    await checkFix(
      text("generateName: migrate-"),
      "kustomization/missing-name",
      "Use the fixed name 'migrate'",
      text("name: migrate"),
    );
  });
  test("is left alone where it has no name to make one of", async () =>
    expect(await preferences(text("generateName: -"), "kustomization/missing-name")).not.toHaveProperty("Use"));
});

describe("an operation of a JSON patch outside of a list", () => {
  const pod =
    "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: quay.io/team/a:1.0\n";
  const inline = (operation: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |-\n${operation}${pod}`;
  const inFile = (operation: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: Pod}\n  path: p.yaml\n#- p.yaml\n${operation}${pod}`;
  const wrong = "op: add\npath: /metadata/labels\nvalue:\n  app: a\n";
  const right = "- op: add\n  path: /metadata/labels\n  value:\n    app: a\n";
  const code = "kustomization/not-an-object";
  test("is told as what it is, and becomes a list", async () => {
    const expected = `#^ error ${code}: This is one operation of a JSON patch`;
    await checkDiagnostics(inFile(wrong.replace("op: add\n", `op: add\n${expected}\n`)));
    await checkFix(inFile(wrong), code, "Make it a list of operations", inFile(right));
    const indented = (lines: string): string => lines.replace(/^/gm, "    ").replace(/ +$/, "");
    await checkFix(inline(indented(wrong)), code, "Make it a list of operations", inline(indented(right)));
  });
  test("any other map is told as before", async () =>
    expect(await preferences(inFile("a: b\n"), code)).not.toHaveProperty("Make it a list of operations"));
});

describe("a variable that a JSON patch means by a position that is not there", () => {
  const patch = (operations: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |-\n${operations}#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: quay.io/team/a:1.0\n    env:\n    - {name: A, value: a}\n`;
  test("is told once; the position of another operation stays a hint", () =>
    checkDiagnostics(
      patch(`    - op: replace
      path: /spec/containers/0/env/4/value
#                                  ^ error kustomization/json-patch-failed
      value: b
    - op: replace
      path: /spec/containers/0/env/0/value
#                                  ^ hint kustomization/patch-by-position
      value: b
`),
    ));
});

describe("a hook that no kustomization lists, and that overlays patch", () => {
  const overlay = (mark: string): string =>
    `resources: [../base]\npatches:\n- patch: |-\n    apiVersion: batch/v1\n    kind: Job\n    metadata:\n      name: migrate\n${mark}    spec:\n      backoffLimit: 3\n`;
  const text = (mark: string, base: string): string =>
    `#- base/kustomization.yaml\nresources:\n- a.yaml\n${base}#- base/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n#- base/hook.yaml\n${job("name: migrate")}#- dev/kustomization.yaml\n${overlay(mark)}#- prod/kustomization.yaml\n${overlay(mark)}`;
  const code = "kustomization/patch-target-not-found";
  test("is told where the patches miss it, with a fix in the base", async () => {
    await checkDiagnostics(text(`#           ^^^^^^^ error ${code}\n`, ""));
    await checkFix(text("", ""), code, "List 'hook.yaml' in 'base'", text("", "- hook.yaml\n"));
    await checkDiagnostics(text("", "- hook.yaml\n"));
  });
});

describe("the fix of a patch whose object is not there", () => {
  const text = (name: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: ${name}}\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n`;
  const code = "kustomization/patch-target-not-found";
  test.each([
    ["settigns", true],
    ["Settings", true],
    ["certificates", false],
  ])("for %s is the preferred one: %s", async (name, preferred) => {
    expect((await preferences(text(name), code))["Change to 'settings'"]).toBe(preferred);
  });
});
