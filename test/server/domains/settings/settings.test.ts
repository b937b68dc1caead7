import { expect, test } from "vitest";
import { checkCompletion } from "../../../support/checkCompletion";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { checkHover } from "../../../support/checkHover";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

const file = "#- .gitops-author.yaml\n";

test("a right settings file is left alone", () =>
  checkDiagnostics(`${file}
rules:
  kustomization/deprecated-field: off
  schema/unknown-rule: "error"
  yaml/duplicate-key:
exclude:
- charts/**
- "*.tmpl.yaml"
kubernetesVersion: 1.30
argocd:
  namespaces: [gitops]
  controllers:
  - gitops:argocd-application-controller
`));

test("keys and codes that do not exist", async () => {
  await checkDiagnostics(`${file}
rule: {}
#^^^ warning schema/unknown-setting: \`rule\` is no field of this document.
argocd:
  namespace: [a]
# ^^^^^^^^^ warning schema/unknown-setting
rules:
  kustomization/deprecated-fields: hint
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning schema/unknown-rule: There is no rule \`kustomization/deprecated-fields\`.
  nonsense: hint
# ^^^^^^^^ warning schema/unknown-rule
`);
  await checkFix(
    `${file}rules:\n  kustomization/deprecated-fields: hint\n`,
    "schema/unknown-rule",
    "Change to 'kustomization/deprecated-field'",
    `${file}rules:\n  kustomization/deprecated-field: hint\n`,
  );
  await checkFix(`${file}rule: {}\n`, "schema/unknown-setting", "Change to 'rules'", `${file}rules: {}\n`);
});

test("values that cannot be used", async () => {
  await checkDiagnostics(`${file}
rules:
  schema/wrong-type: warnings
#                    ^^^^^^^^ warning schema/bad-setting: \`warnings\` is no value of \`schema/wrong-type\`.
  schema/unknown-field: [off]
#                       ^^^^^ warning schema/bad-setting
exclude:
- "{a,b}.yaml"
# ^^^^^^^^^^^^ warning schema/bad-setting
- /charts
# ^^^^^^^ warning schema/bad-setting
- ../charts
# ^^^^^^^^^ warning schema/bad-setting
- "!charts"
# ^^^^^^^^^ warning schema/bad-setting
- ""
# ^^ warning schema/bad-setting
- a\\b
# ^^^ warning schema/bad-setting
kubernetesVersion: newest
#                  ^^^^^^ warning schema/bad-setting
argocd:
  namespaces: gitops
#             ^^^^^^ warning schema/bad-setting
  controllers:
  - no account
#   ^^^^^^^^^^ warning schema/bad-setting
`);
  await checkFix(
    `${file}rules:\n  schema/wrong-type: warnin\n`,
    "schema/bad-setting",
    "Change to 'warning'",
    `${file}rules:\n  schema/wrong-type: warning\n`,
  );
});

test("of a file that is no YAML only that is said, and of a list that it is no object", async () => {
  const { findings } = await inspect(parseFixture(`${file}rule: [\n`));
  expect(findings.map(({ code }) => code)).toEqual(["yaml/unclosed-flow"]);
  await checkDiagnostics(`${file}
- rules
#^^^^^^ warning schema/bad-setting
`);
});

test("the file may turn off what is said of itself", () =>
  checkDiagnostics(`${file}rules:\n  schema/unknown-setting: off\nrule: {}\n`));

test("codes and severities are offered", async () => {
  await checkCompletion(`${file}rules:\n  kustomization/deprecated-h<|>\n`, {
    includes: ["kustomization/deprecated-helm-generator"],
  });
  await checkCompletion(`${file}rules:\n  schema/wrong-type: o<|>\n`, {
    labels: ["off", "hint", "information", "warning", "error"],
    choose: ["hint", "rules:\n  schema/wrong-type: hint\n"],
  });
  await checkCompletion(`${file}<|>\n`, { labels: ["rules", "exclude", "kubernetesVersion", "argocd"] });
  await checkCompletion(`${file}argocd:\n  <|>\n`, { labels: ["namespaces", "controllers"] });
});

test("a code tells what its rule finds", () =>
  checkHover(
    `${file}rules:\n  <|schema/wrong-<|>type|>: off\n`,
    [
      "**schema/wrong-type** `string`",
      "A value has a type that its field does not take.",
      "- `off`: Not reported at all.\n- `hint`: A taste; three dots below the text.\n- `information`: Good to know.\n- `warning`: Likely wrong; the exit code of `check` stays 0.\n- `error`: Wrong; `check` ends with 1.",
      "Default: `error`.",
    ].join("\n\n"),
  ));

test("a settings file in a sub-folder has no effect, and says so", async () => {
  const text = (marks: string): string => `#- apps/.gitops-author.yaml\nexclude:\n${marks}- drafts/**\n`;
  await checkDiagnostics(
    text(
      "#^^^^^^ warning schema/ignored-settings: This settings file has no effect, because it lies in a sub-folder.\n",
    ),
  );
  const inner = `#- apps/.git/HEAD\nref: refs/heads/main\n`;
  await checkDiagnostics(`${inner}${text("#^^^^^^ information schema/ignored-settings\n")}`);
  await checkDiagnostics(`${file}rules: {}\n#- apps/.gitops-author.yaml\n# nothing yet\n`);
});
