import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import installDockerRegistry from "../../support/installDockerRegistry";
import { pushImage } from "../../support/pushImage";
import { emptyFolder, type WorkspaceFolder } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

let workspace: WorkspaceFolder;
let open: DockerRegistry;
let closed: DockerRegistry;
beforeAll(async () => {
  installDockerRegistry();
  workspace = emptyFolder("config");
  open = await startDockerRegistry();
  closed = await startDockerRegistry({ storage: open.storage, auth: { kind: "htpasswd" } });
  await pushImage(`${open.host}/team/web`, {
    ...{ tag: "1.1", format: "oci" },
    platforms: [{ os: "linux", architecture: "amd64" }],
  });
  const auth = Buffer.from(`${person.user}:${person.password}`).toString("base64");
  const logins = JSON.stringify({ auths: { [closed.host]: { auth } } });
  workspace.write(
    "secrets/pull.yaml",
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: team-pull\n  namespace: book-dev\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${Buffer.from(logins).toString("base64")}\n`,
  );
  workspace.write(
    "web.yaml",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web\n",
  );
  workspace.write(
    "kustomization.yaml",
    `resources:\n- web.yaml\nimages:\n- name: web\n  newName: ${closed.host}/team/web\n  newTag: "1.0"\n`,
  );
});
const vsCode = useVsCode(() => ({ folder: workspace.folder }));
afterAll(async () => {
  await Promise.all([open.stop(), closed.stop()]);
  workspace.remove();
});

/** A row of the list that is open. */
function row(text: string): Locator {
  const rows = vsCode.workbench.page.locator(".quick-input-widget:visible .monaco-list-row");
  return rows.filter({ hasText: text }).first();
}

test("a registry that wants a login is signed in to with a pull secret of the workspace, and the bump goes on", async () => {
  const { workbench } = vsCode;
  const { page } = workbench;
  await workbench.open("kustomization.yaml");
  await page.locator(".codelens-decoration a", { hasText: "Bump…" }).first().click();
  await row("no login was found").waitFor();
  await row("Use a pull secret…").click();
  await row("book-dev/team-pull").click();
  await row("1.1").click();
  await row("Change kustomization.yaml").click();
  const saved = async (): Promise<string | undefined> => {
    await page.keyboard.press("Control+S");
    return workspace.read("kustomization.yaml");
  };
  await expect.poll(saved).toContain('newTag: "1.1"');
});

test("a setting that is changed counts at once", async () => {
  const { workbench } = vsCode;
  workspace.write("other/kustomization.yaml", "resourcez: []\n");
  await workbench.open("other/kustomization.yaml");
  const line = workbench.line(workbench.editor("kustomization.yaml"), "resourcez");
  const squiggles = vsCode.workbench.page.locator(".cdr.squiggly-error, .cdr.squiggly-warning");
  await line.waitFor();
  await squiggles.first().waitFor();
  workspace.write(".vscode/settings.json", '{"gitopsAuthor.rules": {"kustomization/unknown-field": "off"}}');
  await squiggles.first().waitFor({ state: "hidden" });
});
