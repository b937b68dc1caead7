import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

test("a file that a link leads to is noticed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [target, link] = [join(folder, "dotfiles/kubeconfig"), join(folder, ".kube/config")];
  for (const path of [target, link]) mkdirSync(join(path, ".."));
  writeFileSync(target, "first");
  symlinkSync(target, link);
  const noticed = new Promise<void>((finish) => onTestFinished(userFiles.watch([link], finish)));
  writeFileSync(target, "second");
  await noticed;
  expect(await userFiles.read(link)).toBe("second");
});

test("a folder that is not there is no failure", () => {
  expect(() => userFiles.watch(["/no/such/folder/config"], () => {})()).not.toThrow();
});
