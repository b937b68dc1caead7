import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import type { ProgramEnd, ProgramRun } from "../../../server/src/platform/programs";
import { isRead } from "../../support/namedPipe";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

function run(script: string, more: Partial<ProgramRun> = {}): Promise<ProgramEnd> {
  return nodePrograms.run({ program: "sh", args: ["-c", script], directory: "/", timeout: 20_000, ...more });
}

function textOf(end: ProgramEnd): string {
  return end.kind === "ended" ? new TextDecoder().decode(end.output) : JSON.stringify(end);
}

test("a program gets its arguments as they are, its input and its environment, and says how it ended", async () => {
  setVariable("GITOPS_AUTHOR_KEPT", "kept");
  setVariable("GITOPS_AUTHOR_GONE", "gone");
  const end = await nodePrograms.run({
    program: "sh",
    args: [
      "-c",
      'cat; echo "$0|$1|$GITOPS_AUTHOR_KEPT|$GITOPS_AUTHOR_GONE|$GITOPS_AUTHOR_NEW"; echo oh >&2; exit 3',
      "a b",
      '*"$HOME"',
    ],
    directory: "/",
    environment: new Map([
      ["GITOPS_AUTHOR_GONE", undefined],
      ["GITOPS_AUTHOR_NEW", "new"],
    ]),
    input: "ü\n",
    timeout: 20_000,
  });
  expect(textOf(end)).toBe('ü\na b|*"$HOME"|kept||new\n');
  expect(end).toMatchObject({ kind: "ended", code: 3, errors: "oh\n" });
});

test("what it does not read, and more output than a pipe holds, stops nothing", async () => {
  expect(await run("exit 0", { input: "x".repeat(1_000_000) })).toMatchObject({ kind: "ended", code: 0 });
  expect(textOf(await run("head -c 3000000 /dev/zero; sleep 0")).length).toBe(3_000_000);
  expect(await run("yes", { mostOutput: 100_000 })).toMatchObject({ kind: "stopped", why: "tooMuchOutput" });
});

test("what it started goes with it when it is stopped", async () => {
  const folder = temporaryFolder({});
  const fifo = `${folder}/wait`;
  expect(await run(`mkfifo ${fifo}; while cat ${fifo}; do :; done & wait`, { timeout: 500 })).toMatchObject({
    kind: "stopped",
    why: "timeout",
  });
  await expect.poll(() => isRead(fifo)).toBe(false);
});

test("one that does not want to stop is stopped all the same", async () => {
  const end = await run("trap '' TERM; while :; do :; done", { timeout: 200 });
  expect(end).toMatchObject({ kind: "stopped", why: "timeout" });
});

test("it may leave something running in the background that keeps its output open", async () => {
  const folder = temporaryFolder({});
  const end = await run(`mkfifo ${folder}/wait; (cat ${folder}/wait) & echo done`);
  expect(textOf(end)).toBe("done\n");
  // Lets it end.
  await run(`echo > ${folder}/wait`);
});

test("it can be called off before it starts and while it runs", async () => {
  expect(await run("echo", { signal: AbortSignal.abort() })).toMatchObject({ kind: "stopped", why: "cancelled" });
  expect(await run("cat /dev/zero > /dev/null", { signal: AbortSignal.timeout(200) })).toMatchObject({
    why: "cancelled",
  });
});

test("names mean programs in directories of PATH that are absolute, and nothing else", async () => {
  const folder = temporaryFolder({ tool: "#!/bin/sh\necho here\n", plain: "echo no\n" });
  chmodSync(`${folder}/tool`, 0o755);
  const tool = (program: string): Promise<ProgramEnd> =>
    nodePrograms.run({ program, args: [], directory: folder, timeout: 20_000 });
  const before = process.env["PATH"] ?? "";
  setVariable("PATH", `.::${before}`);
  for (const name of ["tool", "./tool", `${folder}/tool`, "", "..", "no-such-program"]) {
    expect([name, await tool(name)]).toEqual([name, { kind: "notFound" }]);
  }
  setVariable("PATH", `${folder}:${before}`);
  expect(textOf(await tool("tool"))).toBe("here\n");
  // It may not be run.
  expect(await tool("plain")).toEqual({ kind: "notFound" });
  expect(await run("", { directory: `${folder}/nowhere` })).toMatchObject({ kind: "failed" });
});
