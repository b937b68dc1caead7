import { expect } from "vitest";
import { type RootBuild, runBuild } from "../../server/src/render/builds";
import { createMemoryLoader } from "../../server/src/workspace/memoryLoader";
import { folder, parseFixture } from "./fixture";

/** Builds the kustomization in `root` of a fixture and checks the text; an incomplete build fails. */
export function checkBuild(text: string, root: string, expected: string): void {
  const build = buildFixture(text, root);
  expect(build.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(build.text.file.text).toBe(expected.replace(/^\n/, ""));
}

/** Builds the kustomization in `root` of a fixture. */
export function buildFixture(text: string, root: string): RootBuild {
  const { files, directories } = parseFixture(text);
  const loader = createMemoryLoader([...files, ...directories.map((path) => [`${path}/`, ""] as const)]);
  return runBuild(`${folder}/${root}`, loader, { clock: { now: () => 0 } });
}
