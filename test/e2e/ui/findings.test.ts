import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { positionOf } from "../support/positions";
import { useVsCode } from "../support/session";

const copy = copyExample();
const vsCode = useVsCode(() => ({ folder: copy.folder }));
afterAll(() => copy.remove());

const applications = "argocd/applications.yaml";
const list = "argocd/kustomization.yaml";
const bindings = "argocd/role-bindings.yaml";
const written = "argocd/argocd-role-binding.yaml";
const pipeline = "tekton/pipelines/dev.yaml";
const service = "config/base/service.yaml";
const settings = ".gitops-author.yaml";

function read(file: string): string {
  const text = copy.read(file);
  if (text === undefined) throw new Error(`There is no ${file}.`);
  return text;
}

/** What a screen reader says of the findings in the Problems view. */
async function spoken(): Promise<readonly string[]> {
  const { workbench } = vsCode;
  return workbench.labels(await workbench.findings());
}

/** What is on disk after saving. To be polled. */
async function saved(file: string): Promise<string | undefined> {
  await vsCode.workbench.save();
  return copy.read(file);
}

test("a quick fix writes a RoleBinding that is missing and lists it, and undo takes both back", async () => {
  const { workbench } = vsCode;
  const { keyboard } = workbench.page;
  const complete = { bindings: read(bindings), list: read(list) };
  const incomplete = complete.list.replace("- role-bindings.yaml\n", "");
  // Before it is opened: VS Code may miss what becomes of a file while it opens it.
  rmSync(path.join(copy.folder, bindings));
  copy.write(list, incomplete);
  await workbench.open(list);
  await expect.poll(spoken).toEqual([expect.stringContaining("gives Argo CD's controller rights in 'book-dev'")]);

  const place = positionOf(read(applications), "namespace: book-dev", "book-dev");
  const title = "Write a RoleBinding into 'argocd-role-binding.yaml' and list it in 'kustomization.yaml'";
  await workbench.quickFix(applications, place, title);
  await expect.poll(spoken).toEqual([]);
  await expect.poll(() => copy.read(written)).toBe(complete.bindings.replace(/^#.*\n/, ""));
  await expect.poll(() => read(list)).toBe(`${incomplete}- argocd-role-binding.yaml\n`);

  await workbench.open(list);
  await keyboard.press("Control+Z");
  await expect.poll(spoken).toHaveLength(1);
  await expect.poll(() => saved(list)).toBe(incomplete);
  await expect.poll(() => copy.read(written)).toBeUndefined();

  copy.write(bindings, complete.bindings);
  copy.write(list, complete.list);
  await expect.poll(spoken).toEqual([]);
});

test("a parameter that a task does not ask for is one finding with the missing one, and a quick fix renames it", async () => {
  const { workbench } = vsCode;
  const { keyboard } = workbench.page;
  await workbench.open(pipeline);
  const position = positionOf(read(pipeline), "- name: kustomization-path", "kustomization-path");
  await workbench.goTo(position);
  await keyboard.press("Shift+End");
  await keyboard.type("KUSTOMIZE_PATH");
  await keyboard.press("Escape");
  const said = "hands over 'KUSTOMIZE_PATH', but the Task 'git-update-deployment' asks for 'kustomization-path'";
  await expect.poll(spoken).toEqual([expect.stringContaining(said)]);

  await workbench.quickFix(pipeline, position, "Change to 'kustomization-path'");
  await expect.poll(spoken).toEqual([]);
  await workbench.open(pipeline);
  await expect.poll(() => saved(pipeline)).toContain("- name: kustomization-path");
  await expect.poll(() => workbench.page.locator(".tab.dirty").count()).toBe(0);
});

test("a mistake in the base is one finding there, with the overlays that it breaks below it", async () => {
  const { workbench } = vsCode;
  await workbench.open(service);
  await workbench.placeCursorAfter(workbench.editor(service), "targetPort: http");
  await workbench.page.keyboard.type("s");
  await workbench.page.keyboard.press("Escape");
  const said =
    /^Warning: No container of the Deployment 'person-service' has a port called 'https', .*\nDid you mean 'http'\? /;
  await expect.poll(spoken).toEqual([expect.stringMatching(said)]);
  const related = workbench.page.locator('.markers-panel .monaco-list-row[aria-level="3"]');
  await expect
    .poll(async () => (await workbench.labels(related)).map((label) => label.replace(/ at line.*/, "")))
    .toEqual([
      "Part of the build of 'config/overlays/dev'.",
      "Part of the build of 'config/overlays/prod'.",
      "Part of the build of 'config/overlays/stage'.",
    ]);
});

test("the code of a finding leads to what is said of its rule", async () => {
  const { workbench } = vsCode;
  const findings = await workbench.findings();
  const link = findings.locator("a", { hasText: "core/missing-target-port" }).first();
  await workbench.press(link, workbench.line(workbench.editor("rules.md"), "### core/missing-target-port"));
});

test("the settings file of the repository turns a rule off while its finding is open", async () => {
  const { workbench } = vsCode;
  const { keyboard } = workbench.page;
  copy.write(settings, "rules:\n");
  await workbench.open(settings);
  await expect.poll(spoken).toHaveLength(1);
  await workbench.placeCursorAfter(workbench.editor(settings), "rules:");
  await keyboard.press("Enter");
  await keyboard.type("  core/missing-target-port: off");
  await keyboard.press("Escape");
  await expect.poll(spoken).toEqual([]);
  await workbench.page.locator(`.tab.dirty[data-resource-name="${settings}"]`).waitFor();
});

test("F8 leads to a finding and shows what is said of it", async () => {
  const { workbench } = vsCode;
  const { keyboard } = workbench.page;
  await workbench.open(settings);
  await keyboard.press("Control+A");
  await keyboard.press("Delete");
  await expect.poll(spoken).toHaveLength(1);
  const found = workbench.cursor(positionOf(read(service), "targetPort: http", "http"));
  await workbench.pressAt({ file: service, place: { line: 1, column: 1 }, key: "F8" }, found);
  const said = workbench.page.locator(".marker-widget");
  await said.filter({ hasText: "has a port called 'https'" }).waitFor();
  await said.locator("a", { hasText: "core/missing-target-port" }).waitFor();
  await said.filter({ hasText: "Part of the build of 'config/overlays/prod'." }).waitFor();
});
