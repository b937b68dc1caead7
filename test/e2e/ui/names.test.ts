import { afterAll, beforeAll, expect, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { positionOf } from "../support/positions";
import { useVsCode } from "../support/session";
import type { LinePosition } from "../support/workbench";

const copy = copyExample();
const vsCode = useVsCode(() => ({ folder: copy.folder }));
afterAll(() => copy.remove());

const pipeline = "tekton/pipelines/dev.yaml";
const task = "tekton/tasks/git-update-deployment.yaml";
const deployment = "config/base/deployment.yaml";
const base = "config/base/kustomization.yaml";

function find(file: string, line: string, word: string): LinePosition {
  return positionOf(copy.read(file) ?? "", line, word);
}

beforeAll(async () => {
  // The path above the text names objects as soon as our server answers.
  await vsCode.workbench.open(pipeline);
  await vsCode.workbench.page.locator(".breadcrumbs-control", { hasText: "Pipeline dev-pipeline" }).waitFor();
});

test("F12 on a taskRef goes to the Task", async () => {
  const { workbench } = vsCode;
  const place = find(pipeline, "name: git-update-deployment", "git-update");
  const target = workbench.cursor(find(task, "name: git-update-deployment", "git-update"));
  await workbench.pressAt({ file: pipeline, place, key: "F12" }, target);
  await workbench.focused(task).waitFor();
});

test("F12 on a parameter of a task goes to its declaration in the Task", async () => {
  const { workbench } = vsCode;
  const place = find(pipeline, "- name: kustomization-path", "kustomization-path");
  const target = workbench.cursor(find(task, "- name: kustomization-path", "kustomization-path"));
  await workbench.pressAt({ file: pipeline, place, key: "F12" }, target);
  await workbench.focused(task).waitFor();
});

test("F12 on the name of a ConfigMap goes to the generator in the base", async () => {
  const { workbench } = vsCode;
  const place = find(deployment, "name: person-service-settings", "person-service-settings");
  const target = workbench.cursor(find(base, "- name: person-service-settings", "person-service-settings"));
  await workbench.pressAt({ file: deployment, place, key: "F12" }, target);
  await workbench.focused(base).waitFor();
});

test("Shift+F12 on a parameter of a Task lists what uses it, in its own file and in others", async () => {
  const { workbench } = vsCode;
  const place = find(task, "- name: kustomization-path", "kustomization-path");
  const rows = workbench.page.locator(".reference-zone-widget .monaco-list-row");
  await workbench.pressAt({ file: task, place, key: "Shift+F12" }, rows.first());
  const files = rows.filter({ hasText: ".yaml" });
  const labels = async () => (await workbench.labels(files)).map((label) => label.replace(/,.*/, ""));
  await expect.poll(labels).toEqual(["1 symbol in dev.yaml", "3 symbols in git-update-deployment.yaml"]);
});
