import { afterAll, beforeAll, expect, test } from "vitest";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import installDockerRegistry from "../../support/installDockerRegistry";
import { pushImage } from "../../support/pushImage";
import { emptyFolder, type WorkspaceFolder } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const settings = ".vscode/settings.json";

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
  workspace.write(settings, "{}\n");
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

test("a registry that wants a login is signed in to with a pull secret of the workspace, and the bump goes on", async () => {
  const { workbench } = vsCode;
  const { page, popUps } = workbench;
  await workbench.open("kustomization.yaml");
  await workbench.press(page.locator(".codelens-decoration a", { hasText: "Bump…" }).first(), popUps.box);
  await popUps.row("no login was found").waitFor();
  await popUps.pick("Use a pull secret…");
  await popUps.pick("book-dev/team-pull");
  await popUps.pick("1.1");
  await popUps.pick("Change kustomization.yaml");
  await workbench.focus("kustomization.yaml");
  const saved = async (): Promise<string | undefined> => {
    await workbench.save();
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
  workspace.write(settings, '{"gitopsAuthor.rules": {"kustomization/unknown-field": "off"}}');
  await squiggles.first().waitFor({ state: "hidden" });
});
