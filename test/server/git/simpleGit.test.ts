import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { createGitWork } from "../../../server/src/git/gitWork";
import { runSimpleGit } from "../../../server/src/git/simpleGit";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import type { ProgramEnd, ProgramPlace } from "../../../server/src/platform/programs";
import { addHook, gitRepository } from "../../support/gitRepository";
import { isRead } from "../../support/namedPipe";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

/** Lets git run a script, as a hook or helper would be run by it; `$folder` is a folder of its own. */
async function run(script: string, more: { input?: string; place?: Partial<ProgramPlace> } = {}): Promise<ProgramEnd> {
  const folder = temporaryFolder({});
  const place = await nodePrograms.locate({ program: "git", directory: folder });
  if (place === undefined) throw new Error("There is no git.");
  const args = ["-c", `alias.script=!f() { folder='${folder}'; ${script}; }; f`, "script"];
  return runSimpleGit({ ...place, ...more.place }, { args, input: more.input, timeout: 20_000 });
}

function textOf(end: ProgramEnd): string {
  return end.kind === "ended" ? new TextDecoder().decode(end.output) : JSON.stringify(end);
}

test("git gets its input, which is empty where there is none, and any exit code is an end", async () => {
  expect(textOf(await run("cat", { input: "ü\n" }))).toBe("ü\n");
  expect(await run("cat; echo oh >&2; exit 3")).toMatchObject({ kind: "ended", code: 3, errors: "oh\n" });
  expect(await run("exit 3")).toMatchObject({ kind: "ended", code: 3, errors: "" });
});

test("what git leaves running in the background delays nothing", async () => {
  const folder = textOf(await run("mkfifo $folder/wait; cat $folder/wait & echo $folder")).trim();
  // Which lets it end.
  await expect.poll(() => isRead(`${folder}/wait`)).toBe(true);
});

test("a git that talks for ever, that somebody kills or that cannot be started is a failure in words", async () => {
  expect(await run("yes")).toMatchObject({ kind: "stopped", why: "tooMuchOutput" });
  expect(await run("kill -9 $PPID")).toEqual({ kind: "failed", reason: "It was ended by a signal." });
  expect(await run("true", { place: { file: "/nowhere/git" } })).toEqual({
    kind: "failed",
    reason: "Error: spawn /nowhere/git ENOENT",
  });
  const failed = await run("true", { place: { directory: "/nowhere" } });
  expect(failed).toMatchObject({ kind: "failed", reason: expect.stringContaining("does not exist") });
});

test("a git in a folder with spaces in its name is run like any other", async () => {
  const { root, path } = { ...gitRepository({ "a.yaml": "" }), path: temporaryFolder({ "Program Files/x": "" }) };
  symlinkSync(execFileSync("which", ["git"], { encoding: "utf8" }).trim(), `${path}/Program Files/git`);
  setVariable("PATH", `${path}/Program Files:${process.env["PATH"] ?? ""}`);
  expect(await createGitWork(nodePrograms, root).log(`${root}/a.yaml`)).toMatchObject({ ok: true, value: [{}] });
});

test("hooks find the environment of the person, and nothing that points to another repository", async () => {
  const repository = gitRepository({ "a.yaml": "a: 1\n" });
  const { root, write } = repository;
  const seen = `${temporaryFolder({})}/seen`;
  addHook(repository, "pre-commit", `env > ${seen}`);
  write({ "a.yaml": "a: 2\n" });
  setVariable("GIT_SSH_COMMAND", "ssh -v");
  setVariable("GIT_ASKPASS", "/ask/me");
  setVariable("EDITOR", "ed");
  setVariable("GIT_OBJECT_DIRECTORY", temporaryFolder({}));
  const done = await createGitWork(nodePrograms, root).commit({ paths: [`${root}/a.yaml`], message: "x" });
  expect(done.ok).toBe(true);
  const lines = readFileSync(seen, "utf8").split("\n");
  expect(lines).toEqual(expect.arrayContaining(["GIT_SSH_COMMAND=ssh -v", "GIT_ASKPASS=/ask/me", "EDITOR=ed"]));
  expect(lines).toContain("GIT_TEST_DISALLOW_ABBREVIATED_OPTIONS=false");
  expect(lines.filter((line) => /^GIT_(OBJECT_DIRECTORY|CONFIG_PARAMETERS)=/.test(line))).toEqual([]);
});
