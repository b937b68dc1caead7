import type { FrameLocator } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { emptyFolder } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const parent = emptyFolder("teams");
const workspaceFile = "teams.code-workspace";

function writeWorkspace(...folders: readonly string[]): void {
  parent.write(workspaceFile, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
}

const overlay = (team: string, stage: string): string => `${team}/overlays/${stage}/kustomization.yaml`;

/** The repository of a team: one image in two stages. */
function writeTeam(team: string, versions: Readonly<Record<string, string>>): void {
  const image = `quay.io/example/${team}`;
  parent.write(
    `${team}/base/pod.yaml`,
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${team}}\nspec:\n  containers:\n  - {name: ${team}, image: ${image}}\n`,
  );
  parent.write(`${team}/base/kustomization.yaml`, "resources: [pod.yaml]\n");
  for (const [stage, tag] of Object.entries(versions)) {
    parent.write(
      overlay(team, stage),
      `resources: [../../base]\nimages:\n- name: ${image}\n  newTag: ${tag}   # of ${stage}\n`,
    );
  }
}

writeTeam("cart", { dev: "c2", prod: "c1" });
writeTeam("shop", { dev: "s2", stage: "s1" });
writeTeam("mail", { dev: "m1" });
writeWorkspace("shop", "cart");
const vsCode = useVsCode(() => ({ folder: `${parent.folder}/${workspaceFile}` }));
afterAll(() => parent.remove());

function matrix(): FrameLocator {
  return vsCode.workbench.page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
}

/** What a person reads in the tables: a heading for each, then its rows. */
async function read(): Promise<readonly string[]> {
  const texts = await matrix().locator("h2, tr").allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
}

const cart = ["cart/overlays", "Image dev prod Registry", "cart quay.io/example/cart c2 c1 behind dev"];
const shop = ["shop/overlays", "Image dev stage Registry", "shop quay.io/example/shop s2 s1 behind dev"];

test("the stage matrix has a table for each folder of the workspace", async () => {
  const { workbench } = vsCode;
  await workbench.run("GitOps Author: Show Stage Matrix");
  await expect.poll(read).toEqual([...cart, ...shop]);
});

test("it follows what is written to the files of any folder, and a folder that is added", async () => {
  parent.write(overlay("cart", "prod"), (parent.read(overlay("cart", "prod")) ?? "").replace("c1", "c7"));
  await expect.poll(read).toContain("cart quay.io/example/cart c2 c7 ahead of dev");
  parent.write(overlay("cart", "prod"), (parent.read(overlay("cart", "prod")) ?? "").replace("c7", "c1"));
  writeWorkspace("shop", "cart", "mail");
  const mail = ["mail/overlays", "Image dev Registry", "mail quay.io/example/mail m1"];
  await expect.poll(read).toEqual([...cart, ...mail, ...shop]);
});

test("a stage takes over what the one before it in the same folder runs", async () => {
  const { workbench } = vsCode;
  const { popUps } = workbench;
  const file = overlay("shop", "stage");
  const before = parent.read(file) ?? "";
  await workbench.press(matrix().locator("[aria-label^='shop in stage']"), popUps.box);
  await popUps.pick("Promote dev to stage");
  await popUps.pick("Change shop/overlays/stage/kustomization.yaml");
  await workbench.focus(file);
  const saved = async (): Promise<string | undefined> => {
    await workbench.save();
    return parent.read(file);
  };
  await expect.poll(saved).toBe(before.replace("s1", "s2"));
  expect(parent.read(overlay("cart", "prod"))).toContain("c1");
});
