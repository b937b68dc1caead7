import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { userFiles } from "../../../client/src/platform/userFiles";

test("a file that is replaced by another is noticed, also one that was not there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "config");
  for (const text of ["first", "second"]) {
    const noticed = new Promise<void>((finish) => onTestFinished(userFiles.watch([file], finish)));
    writeFileSync(join(folder, "new"), text);
    renameSync(join(folder, "new"), file);
    await noticed;
    expect(await userFiles.read(file)).toBe(text);
  }
});

test("a folder that is not there is no failure", () => {
  expect(() => userFiles.watch(["/no/such/folder/config"], () => {})()).not.toThrow();
});
