import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContractServer, startContractServer } from "../../support/argocdContractServer";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";
import { textsOfVsCode, warningsIn } from "../support/vsCodeFiles";

const copy = copyExample();
copy.write(".git/HEAD", "ref: refs/heads/main\n");
copy.write(".git/config", '[remote "origin"]\n\turl = https://github.com/example/person-service-config.git\n');
let argo: ContractServer | undefined;
beforeAll(async () => {
  argo = await startContractServer();
  const web = { group: "apps", version: "v1", kind: "Deployment", namespace: "book-test", name: "web" };
  const resources = [{ ...web, status: "Synced" }];
  const status = { health: { status: "Healthy" }, sync: { status: "Synced" }, resources };
  const set = { ...web, kind: "ReplicaSet", name: "web-1", parentRefs: [web], health: { status: "Healthy" } };
  argo.putTree("book-test", [web, set]);
  argo.put({ metadata: { name: "book-test", namespace: "openshift-gitops" }, spec: { project: "book" }, status });
});
afterAll(async () => {
  copy.remove();
  await argo?.close();
});

const vsCode = useVsCode(() => ({ folder: copy.folder }));

describe("a person in a real VS Code", () => {
  test("writes a new Application from what the repository has, goes back once, and sees it before it is saved", async () => {
    const { workbench } = vsCode;
    const { popUps } = workbench;
    await workbench.overlays();
    await workbench.row("config/overlays/prod").waitFor();
    await workbench.run("GitOps Author: New Application…");
    await popUps.answer("(1/9)", "overlays/prod");
    await popUps.answer("(2/8)");
    await popUps.answer("(3/8)", "openshift");
    await popUps.title("(4/8)").waitFor();
    await expect.poll(() => popUps.input.inputValue()).toBe("book-prod");
    const back = popUps.box.locator('.quick-input-titlebar [aria-label^="Back"]').first();
    await popUps.pressAway(back, async () => popUps.title("(4/8)"));
    await popUps.answer("(3/8)", "openshift");
    await popUps.answer("(4/8)", "book-production");
    await popUps.answer("(5/8)", "book");
    await popUps.answer("(6/8)");
    await popUps.answer("(7/8)");
    await popUps.answer("(8/8)", "prune");

    const file = "argocd/book-production.yaml";
    await workbench.tab(file).waitFor();
    await workbench.line(workbench.editor(file), "selfHeal: true").waitFor();
    const text = await workbench.text(workbench.editor(file));
    expect(text).toContain("project: book\n");
    expect(text).toContain("path: config/overlays/prod\n");
    expect(copy.read(file) ?? "").toBe("");
    await workbench.run("File: Save All Files");
    await expect.poll(() => copy.read(file)).toContain("name: book-production");
    expect(copy.read("argocd/kustomization.yaml")).toContain("- book-production.yaml");
  });

  test("gives Argo CD the rights that the new Application needs, beside those that are there", async () => {
    const { workbench } = vsCode;
    await workbench.run("GitOps Author: Grant Argo CD Access to a Namespace…");
    await workbench.popUps.pick("book-prod");
    await workbench.popUps.pick("openshift-gitops");
    await workbench.popUps.pick("Add a RoleBinding to 'role-bindings.yaml'");
    const file = "argocd/role-bindings.yaml";
    await workbench.tab(file).waitFor();
    await workbench.line(workbench.editor(file), "namespace: book-prod").waitFor();
    await workbench.run("File: Save All Files");
    await expect.poll(() => copy.read(file)).toContain("namespace: book-prod");
  });

  test("signs in to an Argo CD server, played by our contract server, sees its Applications and deletes one by its name", async () => {
    const { workbench } = vsCode;
    const { popUps } = workbench;
    await workbench.run("GitOps Author: Sign In to an Argo CD Server…");
    await expect.poll(() => popUps.input.inputValue()).toBe("https://");
    await popUps.answer("Sign In", argo?.url ?? "");
    await popUps.pick("With a token");
    await popUps.title("Sign In").waitFor();
    await popUps.box.locator('input[type="password"]').fill("token-of-ada");
    await popUps.accept();
    const row = workbench.page.locator(
      '.sidebar .monaco-list-row[aria-label^="Application book-test, Healthy, Synced"]',
    );
    await row.waitFor();

    // Rows that are out of sight are not drawn: the view needs the room.
    const header = workbench.page.locator('.sidebar .pane-header[aria-label^="Overlays"]');
    await workbench.setExpanded(header, header.locator(".title"), false);
    await workbench.setExpanded(row, row, true);
    const deployment = workbench.page.locator('.sidebar .monaco-list-row[aria-label*="Deployment"]').first();
    await workbench.setExpanded(deployment, deployment, true);
    await workbench.page.locator('.sidebar .monaco-list-row[aria-label*="web-1"]').first().waitFor();
    await workbench.run("GitOps Author: Delete Application…");
    await popUps.pick("book-test");
    await popUps.pick("background");
    await popUps.dialog("Deployment web in book-test").waitFor();
    expect(argo?.deeds).toEqual([]);
    await popUps.pressInDialog("Deployment web in book-test", "Continue");
    await popUps.accept("book-test");
    await row.waitFor({ state: "detached" });
    expect(argo?.deeds.map(({ deed, query }) => [deed, query["propagationPolicy"]])).toEqual([
      ["DELETE /api/v1/applications/book-test", "background"],
    ]);
  });

  test("signs out again: the token is erased, and was never written where others can read it", async () => {
    const { workbench } = vsCode;
    const { popUps } = workbench;
    const host = argo?.url.replace("http://", "") ?? "";
    expect(await written()).toEqual([]);
    await workbench.run("GitOps Author: Sign Out of an Argo CD Server…");
    await popUps.pick(host);
    await expect.poll(() => argo?.streams).toBe(0);
    // Nothing is known any more, so that an address is asked for at once.
    await workbench.run("GitOps Author: Sign In to an Argo CD Server…");
    await popUps.title("Sign In").waitFor();
    await expect.poll(() => popUps.input.inputValue()).toBe("https://");
    await popUps.input.press("Escape");
    expect(await written()).toEqual([]);
    expect(warningsIn(textsOfVsCode(vsCode.folder), "Starting the language server")).toEqual([]);
  });
});

/** Where the token can be read: in files that VS Code wrote, or in what the page keeps. */
async function written(): Promise<readonly string[]> {
  const kept = String(await vsCode.workbench.page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })"));
  return [...textsOfVsCode(vsCode.folder), kept].filter((text) => text.includes("token-of-ada"));
}
