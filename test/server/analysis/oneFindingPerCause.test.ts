import { describe, expect, test } from "vitest";
import { deployedObjects } from "../../../server/src/analysis/deployedObjects";
import type { Domain } from "../../../server/src/analysis/domain";
import type { Rule, RuleDocs } from "../../../server/src/analysis/rule";
import { domains } from "../../../server/src/lsp/domains";
import { getIn } from "../../../server/src/yaml/node";
import { parseFixture, shortPath } from "../../support/fixture";
import { inspect } from "../../support/inspect";

const docs: RuleDocs = { summary: "", explanation: "", bad: "", good: "" };

/** Finds every value `bad` that a build renders. */
const badValue: Rule = {
  code: "core/bad-value",
  severity: "warning",
  scope: "build",
  docs,
  *check({ result }) {
    for (const { node } of result.resources) {
      const value = getIn(node, ["data", "a"]);
      if (value?.kind === "scalar" && value.text === "bad") yield { place: value.origin.place, message: "Bad." };
    }
  },
};

/** Finds every ConfigMap as it is deployed. */
const deployedMap: Rule = {
  code: "core/deployed-map",
  severity: "information",
  scope: "workspace",
  docs,
  *check(context) {
    for (const { node, root } of deployedObjects(context, "", "ConfigMap")) {
      const name = getIn(node, ["metadata", "name"]);
      if (name !== undefined) yield { place: name.origin.place, root, message: "A ConfigMap." };
    }
  },
};

const testDomain: Domain = { name: "test", rules: [badValue, deployedMap], understands: () => false };

async function find(text: string): Promise<readonly string[]> {
  const { findings } = await inspect(parseFixture(text), [
    ...domains.map((each) => ({ ...each, rules: [] })),
    testDomain,
  ]);
  return findings.map(({ code, place, severity, related }) => {
    const names = related.map(({ message }) => message.replace("Part of the build of ", ""));
    return [severity, code, shortPath(place.file.path), ...names].join(" ");
  });
}

const overlays = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `#- overlays/o${i}/kustomization.yaml\nnamePrefix: o${i}-\nresources:\n- ../../base\n`,
  ).join("");

const base = (map: string): string => `
#- base/kustomization.yaml
resources:
- map.yaml
#- base/map.yaml
${map}`;

const map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: bad\n";

const five = ["'overlays/o0'.", "'overlays/o1'.", "'overlays/o2'.", "'overlays/o3'.", "'overlays/o4'."];

describe("a base that is wrong in five overlays", () => {
  test("is one finding in the base that names them, for rules on builds and for rules on the workspace", async () => {
    expect(await find(base(map) + overlays(5))).toEqual([
      `information core/deployed-map base/map.yaml ${five.join(" ")}`,
      `warning core/bad-value base/map.yaml 'base'. ${five.join(" ")}`,
    ]);
  });

  test("names eight, and counts the others", async () => {
    const [found = ""] = await find(base(map) + overlays(12));
    expect(found).toMatch(/'overlays\/o\d+'\. And of 4 more builds\.$/);
  });

  test("is silenced by a comment on its line, for either kind of rule", async () => {
    for (const eol of ["\n", "\r\n"]) {
      const silenced = map
        .replace("  name", "  # gitops-author-disable-next-line core/deployed-map\n  name")
        .replace("  a:", "  # gitops-author-disable-next-line core/other, core/bad-value\n  a:")
        .replaceAll("\n", eol);
      expect(await find(base(silenced) + overlays(5))).toEqual([]);
    }
  });

  test("is silenced by a comment for its file, with several codes", async () => {
    for (const eol of ["\n", "\r\n"]) {
      const silenced = `# gitops-author-disable core/deployed-map core/bad-value\n${map}`.replaceAll("\n", eol);
      expect(await find(base(silenced) + overlays(5))).toEqual([]);
      expect(await find(base(silenced.replace("core/bad-value", "")) + overlays(1))).toEqual([
        "warning core/bad-value base/map.yaml 'base'. 'overlays/o0'.",
      ]);
    }
  });
});

test("what a kustomization writes itself is found there, and silenced there", async () => {
  const text = `
#- kustomization.yaml
configMapGenerator:
- name: settings
  literals:
  - a=bad
patches:
- patch: |-
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      a: bad
`;
  expect(await find(text)).toEqual([
    "information core/deployed-map kustomization.yaml",
    "warning core/bad-value kustomization.yaml",
  ]);
  const silenced = text.replace("configMap", "# gitops-author-disable\nconfigMap").replaceAll("\n", "\r\n");
  expect(await find(silenced.replace(/#- (.*)\r\n/, "#- $1\n").replace(/^\r\n/, ""))).toEqual([]);
});

test("a rule that is off is off for rules on builds and on the workspace", async () => {
  const settings = "#- .gitops-author.yaml\nrules:\n  core/bad-value: off\n  core/deployed-map: off\n";
  expect(await find(settings + base(map).trimStart() + overlays(2))).toEqual([]);
});
