import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findFixes } from "../../../support/checkFix";
import { folder, parseFixture } from "../../../support/fixture";

/** What the real `kustomize edit fix` of 5.8.1 wrote for each of these trees. */
const recorded = JSON.parse(readFileSync(new URL("./editFix.recorded.json", import.meta.url), "utf8")) as readonly {
  readonly name: string;
  readonly files: string;
  readonly fixed: string;
}[];

const codes = ["deprecated-field", "deprecated-env", "deprecated-helm-generator"].map(
  (name) => `kustomization/${name}`,
);

/** The value without null and empty lists, which the real one does not write. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0));
  return Object.fromEntries(kept.map(([key, each]) => [key, pruned(each)]));
}

describe("the quick fix of a deprecated field gives what `kustomize edit fix` gives, and keeps the comments", () => {
  test.each(recorded)("$name", async ({ name, files, fixed }) => {
    const before = parseFixture(files).files.get(`${folder}/kustomization.yaml`) ?? "";
    const results: string[] = [];
    for (const code of codes) {
      for (const [title, changed] of await findFixes(files, code)) {
        const after = changed.get(`${folder}/kustomization.yaml`);
        const wanted = name === "all" ? title === "Replace all deprecated fields" : title.startsWith("Use '");
        if (wanted && after !== undefined) results.push(after);
      }
    }
    expect(results.length).toBeGreaterThan(0);
    for (const after of results) {
      expect(pruned(parse(after))).toEqual(pruned(parse(fixed)));
      expect((after.match(/#.*/g) ?? []).toSorted()).toEqual((before.match(/#.*/g) ?? []).toSorted());
    }
  });
});

test("labels that stand in both places are left alone", async () => {
  const text = "#- kustomization.yaml\nlabels:\n- pairs:\n    a: b\ncommonLabels:\n  a: c\nnamePrefix: x-\n";
  expect(
    [...(await findFixes(text, "kustomization/deprecated-field")).keys()].filter((title) => title.startsWith("Use")),
  ).toEqual([]);
});

test("vars are reported without a fix", async () => {
  const text = "#- kustomization.yaml\nvars: []\nnamePrefix: x-\n";
  const titles = [...(await findFixes(text, "kustomization/deprecated-field")).keys()];
  expect(titles).toEqual(["Disable 'kustomization/deprecated-field' for this line"]);
});
