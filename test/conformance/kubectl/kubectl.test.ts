import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { BuildOptions } from "../../../server/src/kustomize/build";
import type { Problem } from "../../../server/src/kustomize/problem";
import { diskLoader } from "../../support/diskLoader";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { originMistakes } from "../../support/originMistakes";
import { parseTree, writeTree } from "../../support/tree";
import { describeProblem, render } from "../rendered";

const fixtures = resolve(import.meta.dirname, "fixtures");
const example = resolve(import.meta.dirname, "../../../examples/person-service");
const overlaysOfExample = ["config/base", "config/overlays/dev", "config/overlays/stage", "config/overlays/prod"];

const real = getRealKustomize();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gitops-author-")));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * Trees of our own, one a file (see `parseTree`). The name of one that Kustomize refuses ends in `.fails.yaml`; those whose
 * name begins with `unrestricted-` are built without load restrictions.
 */
const names = readdirSync(fixtures).filter((name) => name.endsWith(".yaml"));

describe("trees", () => {
  test.concurrent.each(names)("%s", async (name) => {
    const tree = parseTree(readFileSync(join(fixtures, name), "utf8"));
    const root = writeTree(tree, join(scratch, basename(name, ".yaml")));
    const how = name.startsWith("unrestricted-") ? unrestricted : asUsual;
    if (name.endsWith(".fails.yaml")) await checkBothFail(root, how);
    else await checkSameOutput(root, how);
  });
});

describe("the example", () => {
  const folders = [...overlaysOfExample, "argocd", "tekton"];
  test.concurrent.each(folders)("%s", (folder) => checkSameOutput(join(example, folder), asUsual));
});

/** The same wish in the words of both sides. */
interface How {
  readonly flags: readonly string[];
  readonly options: BuildOptions;
}

const asUsual: How = { flags: [], options: {} };
const unrestricted: How = {
  flags: ["--load-restrictor=LoadRestrictionsNone"],
  options: { loadRestrictions: "none" },
};

async function checkSameOutput(root: string, { flags, options }: How): Promise<void> {
  const expected = await runKustomize(real, root, flags);
  expect(expected.ok, `the real one builds it: ${expected.stderr}`).toBe(true);
  const ours = render(root, diskLoader(), options);
  expect(ours.errors.map(describeProblem)).toEqual([]);
  expect(ours.yaml).toBe(expected.stdout);
  expect(originMistakes(ours.result.resources.map(({ node }) => node))).toEqual([]);
}

async function checkBothFail(root: string, { flags, options }: How): Promise<void> {
  const expected = await runKustomize(real, root, flags);
  expect(expected.ok, "the real one refuses it").toBe(false);
  const ours = render(root, diskLoader(), options);
  expect(ours.yaml, `it must fail: ${expected.stderr}`).toBeUndefined();
  const causes = ours.errors.map(({ code, detail = "" }) => `${code} ${normalise(detail)}`);
  expect(
    ours.errors.some((problem) => namesSameCause(problem, expected.stderr)),
    `${causes.join("\n")}\nis not why the real one fails:\n${expected.stderr}`,
  ).toBe(true);
}

/** A problem's detail stands in what the real one says, which adds its line numbers and what surrounds the cause. */
function namesSameCause({ code, detail = "" }: Problem, stderr: string): boolean {
  // Where the real one dies, it says nothing of use; and what it cannot print it describes as Go's memory.
  if (stderr.includes("goroutine ") || code === "yaml/unprintable-value") return true;
  const cause = normalise(detail);
  return cause.length > 5 && normalise(stderr).includes(cause);
}

function normalise(text: string): string {
  return text
    .replaceAll('\\"', '"')
    .replace(/MalformedYAMLError: |yaml: |line \d+: | in File: \S+/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
