import { expect, test } from "vitest";
import { writeRulesPage } from "../../../server/src/analysis/rulesPage";
import { domains } from "../../../server/src/lsp/domains";

test("docs/rules.md describes the rules as they are (npm run docs writes it)", async () => {
  const titles = new Map([
    ["kustomization", "Kustomize"],
    ["core", "Objects of all kinds"],
    ["argocd", "Argo CD"],
    ["rbac", "RBAC"],
    ["tekton", "Tekton"],
    ["yaml", "YAML"],
    ["settings", "The settings file of the repository"],
  ]);
  const groups = domains.map(({ name, rules }) => ({ title: titles.get(name) ?? name, rules }));
  await expect(writeRulesPage(groups)).toMatchFileSnapshot("../../../docs/rules.md");
});
