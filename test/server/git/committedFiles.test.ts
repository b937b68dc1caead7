import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createCommittedReader } from "../../../server/src/git/committedReader";
import type { Outcome } from "../../../server/src/git/gitFailure";
import { findFacts } from "../../../server/src/lsp/facts";
import { findWantedFiles, readCommittedFiles } from "../../../server/src/observations/committedFiles";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import { Workspace } from "../../../server/src/workspace/workspace";
import { gitRepository, repositoryAt } from "../../support/gitRepository";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

const reader = createCommittedReader(nodePrograms);
const bindings = [{ group: "rbac.authorization.k8s.io", kind: "RoleBinding" }];

function binding(name: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: ${name}}\n`;
}

/** What git has, by path; texts are shortened to the names in them. */
async function committed(...folders: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const workspace = new Workspace({ fileSystem: nodeFileSystem, findFacts });
  await workspace.setFolders(folders);
  const { snapshot } = workspace;
  const files = await readCommittedFiles(findWantedFiles(snapshot, bindings), { snapshot, reader });
  return Object.fromEntries([...files.values()].map(({ path, text }) => [path, nameIn(text)]));
}

function nameIn(text: string): string {
  return /name: (\w+)/.exec(text)?.[1] ?? text;
}

function failureOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "none" : outcome.failure.kind;
}

test("files with such objects are read as HEAD has them, however their paths are written", async () => {
  const { root, write } = gitRepository({
    "a.yaml": binding("old"),
    "ü/with space [x].yaml": binding("odd"),
    "other.yaml": "a: 1\n",
  });
  write({ "a.yaml": binding("new"), "ü/with space [x].yaml": binding("new") });
  expect(await committed(root)).toEqual({ [`${root}/a.yaml`]: "old", [`${root}/ü/with space [x].yaml`]: "odd" });
});

test("a folder may be a part of a repository, and a repository a part of a folder", async () => {
  const { root, write } = gitRepository({ "deploy/a.yaml": binding("old") });
  write({ "deploy/a.yaml": binding("new") });
  expect(await committed(`${root}/deploy`)).toEqual({ [`${root}/deploy/a.yaml`]: "old" });
  const top = temporaryFolder({ "loose/a.yaml": binding("loose") });
  repositoryAt(top).git("clone", "-q", root, "config");
  expect(await committed(top)).toEqual({ [`${top}/config/deploy/a.yaml`]: "old" });
});

test("a file under a new name is compared with those that are gone", async () => {
  const { root, git, write } = gitRepository({ "old.yaml": binding("old"), "kept.yaml": binding("kept"), "x.txt": "" });
  git("mv", "old.yaml", "new.yaml");
  write({ "new.yaml": binding("new") });
  expect(await committed(root)).toEqual({ [`${root}/old.yaml`]: "old", [`${root}/kept.yaml`]: "kept" });
});

test("work trees that are linked and submodules have commits of their own", async () => {
  const library = gitRepository({ "a.yaml": binding("library") });
  const main = gitRepository({ "a.yaml": binding("main") });
  main.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.root, "lib");
  main.git("commit", "-q", "-m", "Use a library");
  const linked = `${temporaryFolder({})}/linked`;
  main.git("worktree", "add", "-q", "-b", "release", linked);
  repositoryAt(linked).write({ "a.yaml": binding("release") });
  repositoryAt(linked).git("commit", "-q", "-a", "-m", "Release");
  repositoryAt(linked).write({ "a.yaml": binding("new") });
  expect(await committed(main.root, linked)).toEqual({
    [`${main.root}/a.yaml`]: "main",
    [`${main.root}/lib/a.yaml`]: "library",
    [`${linked}/a.yaml`]: "release",
  });
});

test("a repository without a commit has nothing, and one whose .git is damaged is not the one around it", async () => {
  const empty = gitRepository();
  empty.write({ "a.yaml": binding("new") });
  expect(await committed(empty.root)).toEqual({});
  expect(await reader.texts(empty.root, "HEAD", [`${empty.root}/a.yaml`])).toEqual({
    ok: true,
    value: new Map([[`${empty.root}/a.yaml`, undefined]]),
  });
  const around = gitRepository({ "inner/a.yaml": binding("outer"), "a.yaml": binding("outer") });
  around.write({ "inner/.git/config": "", "inner/.git/HEAD": `${"1".repeat(40)}\n` });
  expect(await committed(around.root)).toEqual({ [`${around.root}/a.yaml`]: "outer" });
});

test("what is no text, what is missing and what lies outside is not there", async () => {
  const { root, git } = gitRepository({ "a.yaml": binding("old"), "empty.yaml": "" });
  writeFileSync(`${root}/binary.yaml`, Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80]));
  git("add", "-A");
  git("commit", "-q", "-m", "Second");
  const names = ["binary.yaml", "a.yaml", "none.yaml", "line\nbreak.yaml", "empty.yaml"];
  const texts = await reader.texts(root, "HEAD", [...names.map((name) => `${root}/${name}`), "/outside.yaml", root]);
  expect(texts.ok && [...texts.value].map(([path, text]) => [path, text && nameIn(text)])).toEqual([
    [`${root}/binary.yaml`, undefined],
    [`${root}/a.yaml`, "old"],
    [`${root}/none.yaml`, undefined],
    [`${root}/empty.yaml`, ""],
  ]);
});

test("a repository of somebody else is refused with what git says to do", async () => {
  const { root } = gitRepository({ "a.yaml": binding("old") });
  setVariable("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
  const outcome = await reader.texts(root, "HEAD", [`${root}/a.yaml`]);
  expect(failureOf(outcome)).toBe("unsafeOwner");
  expect(!outcome.ok && outcome.failure.help).toContain(`safe.directory '${root}'`);
  expect(await committed(root)).toEqual({});
});

test("without a program git there is nothing", async () => {
  const { root } = gitRepository({ "a.yaml": binding("old") });
  setVariable("PATH", temporaryFolder({}));
  expect(failureOf(await reader.texts(root, "HEAD", [`${root}/a.yaml`]))).toBe("noGit");
  expect(await committed(root)).toEqual({});
});

test("variables that a hook or a script has set point nowhere else", async () => {
  const { root } = gitRepository({ "a.yaml": binding("old") });
  const other = gitRepository({ "a.yaml": binding("other") });
  setVariable("GIT_DIR", `${other.root}/.git`);
  setVariable("GIT_WORK_TREE", other.root);
  expect(await committed(root)).toEqual({ [`${root}/a.yaml`]: "old" });
});

test("reading can be called off", async () => {
  const { root } = gitRepository({ "a.yaml": binding("old") });
  const outcome = await reader.texts(root, "HEAD", [`${root}/a.yaml`], AbortSignal.abort());
  expect(failureOf(outcome)).toBe("cancelled");
});

test("what a partial clone lacks is not fetched", async () => {
  const source = gitRepository({ "a.yaml": binding("old") });
  source.git("config", "uploadpack.allowFilter", "true");
  const top = temporaryFolder({});
  repositoryAt(top).git("clone", "-q", "--no-checkout", "--filter=blob:none", `file://${source.root}`, "clone");
  const clone = repositoryAt(`${top}/clone`);
  clone.write({ "a.yaml": binding("new") });
  const before = clone.git("count-objects", "-v");
  expect(before).not.toBe(source.git("count-objects", "-v"));
  expect(await committed(clone.root)).toEqual({});
  expect(clone.git("count-objects", "-v")).toBe(before);
});
