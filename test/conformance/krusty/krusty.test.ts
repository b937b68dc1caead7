import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { describeProblem, render } from "../rendered";
import { type Case, loaderOf, optionsOf, readCases } from "./cases";
import ledger from "./ledger.json" with { type: "json" };
import { namesSameCause, rightFiles } from "./sameCause";

const folder = process.env["KUSTOMIZE_CASES"];
const knownFailures = new Map<string, string>(Object.entries(ledger));

if (folder === undefined || folder === "") {
  test("the cases are at hand", () => {
    expect.fail("Set KUSTOMIZE_CASES to the folder of the conformance cases (it holds README.md and cases/).");
  });
} else {
  const cases = readCases(folder);
  describe("upstream cases", () => {
    test.each(cases.map((testCase) => [testCase.id, testCase] as const))("%s", (id, testCase) => {
      if (knownFailures.has(id)) expect(passes(testCase), `${id} passes now: remove it from ledger.json`).toBe(false);
      else check(testCase);
    });
    test("the ledger names only cases that exist", () => {
      const ids = new Set(cases.map((testCase) => testCase.id));
      expect([...knownFailures.keys()].filter((id) => !ids.has(id))).toEqual([]);
    });
  });
}

function passes(testCase: Case): boolean {
  try {
    check(testCase);
    return true;
  } catch {
    return false;
  }
}

function check(testCase: Case): void {
  const { error, yaml, yamlDefaultOrder } = testCase.expect;
  if (error !== undefined) checkError(testCase);
  else checkOutput(testCase, yaml, testCase.options.reorder);
  if (yamlDefaultOrder !== undefined) checkOutput(testCase, yamlDefaultOrder, "legacy");
}

/** Exact text; for the harness `filter`, whose expectations upstream formats in another way, the parsed values. */
function checkOutput(testCase: Case, expected: string | undefined, reorder: "none" | "legacy" | "unspecified"): void {
  const { yaml, errors } = render(testCase.root, loaderOf(testCase), { ...optionsOf(testCase), reorder });
  expect(errors.map(describeProblem)).toEqual([]);
  expect(yaml, "the build is complete").toBeDefined();
  if (expected === undefined || yaml === undefined) return;
  if (testCase.harness === "filter") expect(values(yaml)).toEqual(values(expected));
  else expect(yaml).toBe(expected.replaceAll(testVersion, realVersion));
}

/** What upstream's tests and its released binary call themselves in the label `app.kubernetes.io/managed-by`. */
const testVersion = "kustomize-(test)";
const realVersion = "kustomize-v5.8.1";

function checkError(testCase: Case): void {
  const { yaml, errors } = render(testCase.root, loaderOf(testCase), optionsOf(testCase));
  expect(yaml, `it must fail: ${testCase.expect.realError}`).toBeUndefined();
  const files = rightFiles(testCase);
  const fitting = errors.filter(
    (problem) => files.includes(problem.place.file.path) && namesSameCause(problem, testCase),
  );
  const seen = errors.map(describeProblem).join("\n");
  expect(fitting.length, `no problem in ${files} says "${testCase.expect.realError}"; problems:\n${seen}`).not.toBe(0);
}

function values(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}
