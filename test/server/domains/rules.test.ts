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
}, 60_000);

test("every code is that of one rule", () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test("every condition that the reader and the engine report has a rule", () => {
  const codes = new Set(rules.map(({ code }) => code));
  const missing = new Set<string>();
  for (const file of sources("server/src/kustomize").concat(sources("server/src/yaml"))) {
    for (const [, code = ""] of readFileSync(file, "utf8").matchAll(
      /["'`]((?:kustomization|yaml)\/[a-z0-9-]+)["'`]/g,
    )) {
      if (!codes.has(code)) missing.add(code);
    }
  }
  expect([...missing]).toEqual([]);
});

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : [path];
  });
}
