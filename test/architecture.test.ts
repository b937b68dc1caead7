import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findViolations } from "./support/architecture/violations";

const project = resolve(import.meta.dirname, "..");

describe("the project", () => {
  const sources = readSources(["server/src", "client/src"]);
  test("has sources to look at", () => expect(sources.size).toBeGreaterThan(50));
  test("keeps its ladder, its slices, its packages and its sizes", () => expect(findViolations(sources)).toEqual([]));
});

/** Each sample breaks one rule, so that we know the rule can fail. */
const samples: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    "a room that imports to its right",
    { "server/src/yaml/a.ts": 'import { b } from "../render/b";', "server/src/render/b.ts": "" },
    "server/src/yaml/a.ts: yaml may not import render",
  ],
  [
    "siblings",
    { "server/src/features/x/a.ts": 'import type { B } from "../../domains/b";', "server/src/domains/b.ts": "" },
    "server/src/features/x/a.ts: features may not import domains",
  ],
  [
    "an engine that knows schemas",
    { "server/src/kustomize/a.ts": 'export { b } from "../schema/b";', "server/src/schema/b.ts": "" },
    "server/src/kustomize/a.ts: kustomize may not import schema",
  ],
  ["a new room", { "server/src/attic/a.ts": "" }, "server/src/attic/a.ts: the room attic is not in the ladder"],
  [
    "slices that know each other",
    { "client/src/features/x/a.ts": 'import { b } from "../y/b";', "client/src/features/y/b.ts": "" },
    "client/src/features/x/a.ts: the slice x may not import y",
  ],
  [
    "a client that knows the server",
    { "client/src/a.ts": 'import { b } from "../../server/src/yaml/b";', "server/src/yaml/b.ts": "" },
    "client/src/a.ts imports server/src/yaml/b.ts: the client knows only server/src/protocol/",
  ],
  [
    "yaml outside its room",
    { "server/src/render/a.ts": 'import "yaml";' },
    "server/src/render/a.ts may not import yaml",
  ],
  [
    "the protocol's library below the wiring",
    { "server/src/features/a.ts": 'import { x } from "vscode-languageserver/node";' },
    "server/src/features/a.ts may not import vscode-languageserver/node",
  ],
  [
    "Node in the engine",
    { "server/src/kustomize/a.ts": 'const fs = await import("node:fs");' },
    "server/src/kustomize/a.ts may not import node:fs",
  ],
  [
    "a package that nobody allowed",
    { "client/src/a.ts": 'import x from "left-pad";' },
    "client/src/a.ts may not import left-pad",
  ],
  [
    "the editor in the cluster's room",
    { "client/src/cluster/a.ts": 'import * as vscode from "vscode";' },
    "client/src/cluster/a.ts may not import vscode",
  ],
  [
    "the process in a feature",
    { "server/src/features/a.ts": "export const x = () => process.env;" },
    "server/src/features/a.ts uses process: only entries and adapters may",
  ],
  [
    "a program that is started",
    { "server/src/platform/node/a.ts": 'import { spawn } from "node:child_process";' },
    "server/src/platform/node/a.ts uses node:child_process: only the adapters for trusted workspaces start programs and open connections",
  ],
  [
    "a second way to git",
    { "server/src/git/a.ts": 'import { simpleGit } from "simple-git";' },
    "server/src/git/a.ts uses simple-git: only the adapters for trusted workspaces start programs and open connections",
  ],
  [
    "a library for git outside its room",
    { "client/src/a.ts": 'const { simpleGit } = await import("simple-git");' },
    "client/src/a.ts may not import simple-git",
  ],
  [
    "a request to another machine",
    { "server/src/features/a.ts": "export const x = (url: string) => fetch(url);" },
    "server/src/features/a.ts uses fetch: only the adapters for trusted workspaces start programs and open connections",
  ],
  [
    "a rule that would start programs",
    {
      "server/src/domains/x/a.ts": 'import type { Programs } from "../../platform/programs";',
      "server/src/platform/programs.ts": "",
    },
    "server/src/domains/x/a.ts imports server/src/platform/programs.ts: it may not start programs nor reach other machines",
  ],
  [
    "an adapter to Node below the entries",
    { "server/src/render/a.ts": 'import "../platform/node/b";', "server/src/platform/node/b.ts": "" },
    "server/src/render/a.ts imports server/src/platform/node/b.ts: only entries know the adapters to Node",
  ],
  ["a barrel", { "server/src/yaml/index.ts": "" }, "server/src/yaml/index.ts: a file is named after what it holds"],
  ["a long file", { "server/src/yaml/a.ts": "//\n".repeat(401) }, "server/src/yaml/a.ts has 401 lines: split it (400)"],
  [
    "state of a module",
    { "server/src/yaml/a.ts": "export let count = 0;" },
    "server/src/yaml/a.ts: count is state of the module",
  ],
  [
    "a cycle of types",
    {
      "server/src/yaml/a.ts": 'import type { B } from "./b";',
      "server/src/yaml/b.ts": 'import type { A } from "./a";',
    },
    "import cycle: server/src/yaml/a.ts -> server/src/yaml/b.ts -> server/src/yaml/a.ts",
  ],
];

describe("the rules find", () => {
  test.each(samples)("%s", (_what, files, violation) => {
    expect(findViolations(new Map(Object.entries(files)))).toEqual([violation]);
  });
  test("nothing in an import that stands in a comment", () => {
    const text = '/** import { b } from "../render/b" */\n// import "yaml"\nexport const a = 1;\n';
    expect(findViolations(new Map([["server/src/platform/a.ts", text]]))).toEqual([]);
  });
});

function readSources(folders: readonly string[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const name of readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      if (path.endsWith(".ts")) sources.set(path, readFileSync(join(project, path), "utf8"));
    }
  }
  return sources;
}
