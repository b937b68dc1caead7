import { expect, test } from "vitest";
import type { Domain } from "../../../server/src/analysis/domain";
import type { Finding } from "../../../server/src/analysis/finding";
import type { Rule, RuleDocs, WorkspaceContext } from "../../../server/src/analysis/rule";
import { createRuleTable } from "../../../server/src/analysis/ruleTable";
import { defaultSettings } from "../../../server/src/analysis/settings";
import { noObservations } from "../../../server/src/observations/observations";
import { parseFixture } from "../../support/fixture";
import { inspect } from "../../support/inspect";

const docs: RuleDocs = { summary: "", explanation: "", bad: "", good: "" };

const broken: Rule = {
  code: "core/broken",
  severity: "error",
  scope: "workspace",
  docs,
  // biome-ignore lint/correctness/useYield: it fails before it finds anything
  *check() {
    throw new Error("a defect");
  },
  fix: () => {
    throw new Error("another defect");
  },
};

const domain: Domain = { name: "test", rules: [broken], understands: () => false };

test("a rule that throws is told of and finds nothing; without a listener it throws on", async () => {
  const failures: string[] = [];
  const [guarded] = createRuleTable([domain], (code, error) => failures.push(`${code}: ${error}`)).workspace;
  const { snapshot } = await inspect(parseFixture("#- a.yaml\na: 1\n"));
  const context: WorkspaceContext = { snapshot, builds: [], settings: defaultSettings, observations: noObservations };
  expect([...(guarded?.check(context) ?? ["no rule"])]).toEqual([]);
  const place = { file: { path: "/a.yaml", text: "" }, start: 0, end: 0 };
  const finding: Finding = { code: "core/broken", severity: "error", place, message: "", related: [] };
  expect(guarded?.fix?.(finding, { snapshot })).toEqual([]);
  expect(failures).toEqual(["core/broken: Error: a defect", "core/broken: Error: another defect"]);
  const [bare] = createRuleTable([domain]).workspace;
  expect(() => [...(bare?.check(context) ?? [])]).toThrow("a defect");
});

test("a rule without a fix has none behind its boundary", () => {
  const { fix: _, ...rule } = broken;
  const table = createRuleTable([{ ...domain, rules: [rule as Rule] }], () => {});
  expect(table.find("core/broken")?.fix).toBeUndefined();
});
