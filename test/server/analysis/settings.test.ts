import { expect, test } from "vitest";
import { withRepositorySettings } from "../../../server/src/analysis/repositorySettings";
import { defaultSettings, noSettings, parseEditorSettings } from "../../../server/src/analysis/settings";
import { parseFixture } from "../../support/fixture";
import { inspect } from "../../support/inspect";

const repository = `
#- .gitops-author.yaml
argocd:
  namespaces: [gitops]
  controllers:
  - gitops:controller
  - gitops/other
  - no account
`;

async function settingsOf(fixture: string, editor: unknown) {
  const { snapshot } = await inspect(parseFixture(fixture));
  return withRepositorySettings(parseEditorSettings(editor), snapshot);
}

test("the namespaces and controllers of Argo CD have defaults", async () => {
  expect(await settingsOf("#- a.yaml\n", undefined)).toEqual(defaultSettings);
  expect(await settingsOf("#- a.yaml\n", { argocd: { namespaces: "gitops", controllers: [1, "a"] } })).toEqual(
    defaultSettings,
  );
});

test("the repository says others; defaults that an editor sends do not hide them", async () => {
  const { argocdNamespaces, argocdControllers } = defaultSettings;
  const sent = {
    argocd: { namespaces: argocdNamespaces, controllers: argocdControllers.map((each) => each.replace("/", ":")) },
  };
  for (const editor of [undefined, sent]) {
    const settings = await settingsOf(repository, editor);
    expect(settings.argocdNamespaces).toEqual(["gitops"]);
    expect(settings.argocdControllers).toEqual(["gitops/controller", "gitops/other"]);
  }
});

test("a person's own settings win", async () => {
  const settings = await settingsOf(repository, { argocd: { namespaces: ["mine"], controllers: ["mine:app"] } });
  expect(settings.argocdNamespaces).toEqual(["mine"]);
  expect(settings.argocdControllers).toEqual(["mine/app"]);
});

test("what is no settings file gives no settings", async () => {
  for (const text of ["", "- a\n", "argocd: [a]\n", "argocd:\n  namespaces: a\nrules: 1\nexclude: {}\n", "{"]) {
    const { snapshot } = await inspect(parseFixture(`#- .gitops-author.yaml\n${text}`));
    expect(withRepositorySettings(noSettings, snapshot)).toEqual(defaultSettings);
  }
});
