import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { trustNotification } from "../../server/src/protocol/session";
import { buildBundles } from "../support/builtServer";
import { gitRepository, repositoryAt } from "../support/gitRepository";
import { LanguageTestClient } from "../support/languageClient";
import { setVariable } from "../support/setVariable";
import { temporaryFolder } from "../support/temporaryFolder";

const code = "rbac/changed-role-ref";

function binding(role: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: book
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: wanja}]
`;
}

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-git", ["server"]), "server.cjs");
});

test("a binding is compared with the commit that is checked out, as people type and as they commit", async () => {
  const { root, git } = gitRepository({ "rights/a.yaml": binding("view") });
  // A part of the repository is open, so that what git keeps lies outside.
  const client = await LanguageTestClient.start(module, { folders: [join(root, "rights")] });
  const path = join(root, "rights/a.yaml");
  client.open(path);
  const text = client.edit(path, binding("view"), "view", "edit");
  expect(await client.codes(path, (codes) => codes.length > 0)).toEqual([code]);
  client.edit(path, text, "edit", "view");
  await client.codes(path, (codes) => codes.length === 0);
  client.edit(path, binding("view"), "view", "edit");
  await client.codes(path, (codes) => codes.includes(code));
  repositoryAt(root).write({ "rights/a.yaml": binding("edit") });
  git("checkout", "-q", "-b", "other/{branch}");
  client.changedOnDisk(join(root, ".git/HEAD"));
  const isWatched = (): boolean => client.watchedPatterns().some((pattern) => pattern.includes("heads/other/?branch?"));
  await client.until(isWatched, () => `these are watched: ${client.watchedPatterns().join(", ")}`);
  git("commit", "-q", "-a", "-m", "Let them edit");
  client.changedOnDisk(join(root, ".git/refs/heads/other/{branch}"));
  await client.codes(path, (codes) => codes.length === 0);
});

/** Puts a git in front of PATH that writes down each run. */
function logRunsOfGit(): string {
  const folder = temporaryFolder({});
  const log = join(folder, "runs");
  const { PATH = "" } = process.env;
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho "$*" >> ${log}\nexec ${real} "$@"\n`, { mode: 0o755 });
  setVariable("PATH", `${folder}:${PATH}`);
  return log;
}

test("git is asked only where the workspace is trusted, and runs nothing that the repository wants to be run", async () => {
  const { root, git } = gitRepository({
    ".gitattributes": "*.yaml diff=mark filter=mark\n",
    "a.yaml": binding("view"),
  });
  const marks = temporaryFolder({});
  const mark = (name: string): string => `touch ${join(marks, name)}; cat`;
  for (const [name, value] of [
    ["core.fsmonitor", `${mark("fsmonitor")} #`],
    ["core.pager", mark("pager")],
    ["diff.mark.textconv", `${mark("textconv")} #`],
    ["filter.mark.smudge", mark("smudge")],
    ["filter.mark.clean", mark("clean")],
    ["filter.mark.required", "true"],
  ] as const) {
    git("config", name, value);
  }
  const log = logRunsOfGit();
  const client = await LanguageTestClient.start(module, { folders: [root], initializationOptions: { trusted: false } });
  const path = join(root, "a.yaml");
  client.open(path);
  let text = client.edit(path, binding("view"), "view", "edit");
  // Each of these waits for a round of checks, so that there was time enough to ask git.
  for (let round = 0; round < 4; round++) {
    text = client.edit(path, text, "name: book", "name: [book");
    expect(await client.codes(path, (codes) => codes.length > 0)).not.toContain(code);
    text = client.edit(path, text, "name: [book", "name: book");
    expect(await client.codes(path, (codes) => codes.length === 0)).toEqual([]);
  }
  expect(existsSync(log)).toBe(false);
  client.notify(trustNotification, { trusted: true });
  expect(await client.codes(path, (codes) => codes.length > 0)).toEqual([code]);
  expect(readFileSync(log, "utf8").trim()).toMatch(/ cat-file --batch$/);
  for (const name of ["fsmonitor", "pager", "textconv", "smudge", "clean"])
    expect([name, existsSync(join(marks, name))]).toEqual([name, false]);
});
