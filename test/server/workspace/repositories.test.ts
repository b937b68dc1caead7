import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { noFacts } from "../../../server/src/workspace/facts";
import { Workspace } from "../../../server/src/workspace/workspace";
import { parseFixture } from "../../support/fixture";
import { inspect } from "../../support/inspect";
import { temporaryFolder } from "../../support/temporaryFolder";

const config = (url: string): string => `[remote "origin"]\n\turl = ${url}\n`;

async function open(...folders: readonly string[]): Promise<Workspace> {
  const workspace = new Workspace({ fileSystem: nodeFileSystem, findFacts: () => noFacts });
  await workspace.setFolders(folders);
  return workspace;
}

test("repositories are found around folders and inside of them", async () => {
  const top = temporaryFolder({
    "app/.git/config": config("https://example.com/app"),
    "app/.git/HEAD": "ref: refs/heads/main\n",
    "app/k8s/base/a.yaml": "a: 1\n",
    "many/one/.git/config": config("https://example.com/one"),
    "many/one/.git/HEAD": "0123456789012345678901234567890123456789\n",
    "many/two/.git/config": "",
    "none/a.yaml": "a: 1\n",
  });
  const { snapshot } = await open(`${top}/app/k8s`, `${top}/many`, `${top}/none`);
  expect(snapshot.repositories).toEqual([
    { root: `${top}/app`, remotes: [{ name: "origin", url: "https://example.com/app" }], branch: "main" },
    {
      root: `${top}/many/one`,
      remotes: [{ name: "origin", url: "https://example.com/one" }],
      branch: undefined,
      head: "0123456789012345678901234567890123456789",
    },
    { root: `${top}/many/two`, remotes: [], branch: undefined },
  ]);
});

test("a linked work tree has the remotes of its repository and a branch of its own; a submodule has its own", async () => {
  const top = temporaryFolder({
    "main/.git/config": config("https://example.com/main"),
    "main/.git/HEAD": "ref: refs/heads/main\n",
    "main/.git/worktrees/release/HEAD": "ref: refs/heads/release\n",
    "main/.git/worktrees/release/commondir": "../..\n",
    "main/.git/modules/lib/HEAD": "ref: refs/heads/lib\n",
    "main/.git/modules/lib/config": config("https://example.com/lib"),
    "main/lib/.git": "gitdir: ../.git/modules/lib\n",
    "linked/a.yaml": "a: 1\n",
    "broken/.git": "gitdir: /nowhere\n",
  });
  writeFileSync(`${top}/linked/.git`, `gitdir: ${top}/main/.git/worktrees/release\n`);
  const { snapshot } = await open(`${top}/linked`, `${top}/main`, `${top}/broken`);
  expect(snapshot.repositories.map(({ root, branch, remotes }) => [root, branch, remotes[0]?.url])).toEqual([
    [`${top}/linked`, "release", "https://example.com/main"],
    [`${top}/main`, "main", "https://example.com/main"],
    [`${top}/main/lib`, "lib", "https://example.com/lib"],
  ]);
});

test("they follow a checkout, a new remote, and a repository that is made or removed; else they stay the same", async () => {
  const top = temporaryFolder({ "a.yaml": "a: 1\n" });
  const workspace = await open(top);
  expect(workspace.snapshot.repositories).toEqual([]);
  mkdirSync(`${top}/.git`);
  writeFileSync(`${top}/.git/config`, config("https://example.com/a"));
  writeFileSync(`${top}/.git/HEAD`, "ref: refs/heads/main\n");
  await workspace.refresh([`${top}/.git`, `${top}/.git/config`, `${top}/.git/HEAD`]);
  const made = workspace.snapshot.repositories;
  expect(made.map(({ branch, remotes }) => [branch, remotes[0]?.url])).toEqual([["main", "https://example.com/a"]]);
  workspace.setBuffer(`${top}/a.yaml`, "a: 2\n");
  await workspace.refresh([`${top}/.git/HEAD`]);
  expect(workspace.snapshot.repositories).toBe(made);
  writeFileSync(`${top}/.git/HEAD`, "ref: refs/heads/release\n");
  writeFileSync(`${top}/.git/config`, config("https://example.com/b"));
  await workspace.refresh([`${top}/.git/HEAD`, `${top}/.git/config`]);
  const [changed] = workspace.snapshot.repositories;
  expect([changed?.branch, changed?.remotes[0]?.url]).toEqual(["release", "https://example.com/b"]);
  rmSync(`${top}/.git`, { recursive: true });
  await workspace.refresh([`${top}/.git`]);
  expect(workspace.snapshot.repositories).toEqual([]);
});

test("the commit of HEAD is found in a reference of its own, among packed ones and where none is", async () => {
  const [one, two] = ["1".repeat(40), "2".repeat(40)];
  const top = temporaryFolder({
    "a.yaml": "a: 1\n",
    ".git/config": "",
    ".git/HEAD": "ref: refs/heads/feature/a\n",
    ".git/worktrees/release/HEAD": "ref: refs/heads/release\n",
    ".git/worktrees/release/commondir": "../..\n",
    ".git/packed-refs": `# pack-refs with: peeled fully-peeled sorted\n${one} refs/heads/release\n`,
  });
  const linked = temporaryFolder({ ".git": `gitdir: ${top}/.git/worktrees/release\n`, "a.yaml": "a: 1\n" });
  const workspace = await open(top, linked);
  const heads = () => Object.fromEntries(workspace.snapshot.repositories.map(({ root, head }) => [root, head]));
  expect(heads()).toEqual({ [top]: undefined, [linked]: one });
  // The first commit of the branch.
  mkdirSync(`${top}/.git/refs/heads/feature`, { recursive: true });
  writeFileSync(`${top}/.git/refs/heads/feature/a`, `${two}\n`);
  writeFileSync(`${top}/.git/refs/heads/release`, `${two}\n`);
  expect(workspace.gitFiles).toContain(`${top}/.git/refs/heads/feature/a`);
  await workspace.refresh([`${top}/.git/refs/heads/feature/a`, `${top}/.git/refs/heads/release`]);
  expect(heads()).toEqual({ [top]: two, [linked]: two });
  writeFileSync(`${top}/.git/HEAD`, `${one}\n`);
  await workspace.refresh([`${top}/.git/HEAD`]);
  expect(heads()).toEqual({ [top]: one, [linked]: two });
  // Packed again.
  rmSync(`${top}/.git/refs/heads/release`);
  await workspace.refresh([`${top}/.git/refs/heads/release`]);
  expect(heads()[linked]).toBe(one);
});

test("a fixture may hold a repository", async () => {
  const fixture = parseFixture(`#- config/.git/config\n${config("https://example.com/a.git")}#- config/a.yaml\na: 1\n`);
  const { snapshot } = await inspect(fixture);
  expect(snapshot.repositories).toEqual([
    { root: "/ws/config", remotes: [{ name: "origin", url: "https://example.com/a.git" }], branch: undefined },
  ]);
});
