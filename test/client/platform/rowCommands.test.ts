import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rowCommands } from "../../../client/src/platform/rowCommands";

const manifest: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

test("what a row offers is about that row, also where the name of the command does not say so", () => {
  const commands = rowCommands(manifest);
  const some = ["application.sync", "showSyncPlan", "grantAccess", "clusters.open", "argocd.copyAdminPassword"];
  for (const each of some) expect(commands).toContain(`gitopsAuthor.${each}`);
});

test("what the title of a view offers too may be about no row", () => {
  const commands = rowCommands(manifest);
  for (const each of ["createApplication", "overlays.refresh"]) expect(commands).not.toContain(`gitopsAuthor.${each}`);
  expect(rowCommands(undefined).size).toBe(0);
});
