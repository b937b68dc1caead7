import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { domains } from "../../../server/src/lsp/domains";
import { parseFixture } from "../../support/fixture";
import { inspect } from "../../support/inspect";

const rules = domains.flatMap((domain) => domain.rules);

async function codesOf(sample: string): Promise<readonly string[]> {
  const { findings } = await inspect(parseFixture(sample));
  return findings.map(({ code }) => code);
}

describe.each(rules.filter(({ docs }) => docs.bad !== "").map((rule) => [rule.code, rule] as const))(
  "%s",
  (code, { docs }) => {
    test("finds its bad sample", async () => {
      expect(await codesOf(docs.bad)).toContain(code);
    });

    test("leaves its good sample alone", async () => {
      expect(await codesOf(docs.good)).not.toContain(code);
    });
  },
);

test("no rule and no fix throws on samples that are cut off", async () => {
  for (const { docs } of rules) {
    for (const share of [0.35, 0.6, 0.8, 0.95]) {
      const text = docs.bad.slice(0, Math.floor(docs.bad.length * share));
      const { findings, snapshot } = await inspect(parseFixture(text));
      for (const finding of findings) rules.find(({ code }) => code === finding.code)?.fix?.(finding, { snapshot });
    }
  }
});

test("every code is that of one rule", () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test("every rule without a check of its own is reported by the reader or the engine", () => {
  const reported = new Set(reportedCodes());
  const unreported = rules.filter(({ check, code }) => typeof check === "string" && !reported.has(code));
  expect(unreported.map(({ code }) => code)).toEqual([]);
});

test("every condition that the reader and the engine report has a rule", () => {
  const codes = new Set(rules.map(({ code }) => code));
  expect([...reportedCodes()].filter((code) => !codes.has(code))).toEqual([]);
});

/** The codes that stand in the sources of the reader and the engine. */
function reportedCodes(): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const file of sources("server/src/kustomize").concat(sources("server/src/yaml"))) {
    const text = readFileSync(file, "utf8");
    for (const [, code = ""] of text.matchAll(/["'`]((?:kustomization|yaml)\/[a-z0-9-]+)["'`]/g)) codes.add(code);
    // Some files have a function that puts `kustomization/` before the code.
    for (const [, name = ""] of text.matchAll(/[fF]ail(?:ure|ed)\(\s*(?:[\w.]+,\s*)*"([a-z0-9]+(?:-[a-z0-9]+)+)"/g)) {
      codes.add(`kustomization/${name}`);
    }
  }
  return codes;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : [path];
  });
}
