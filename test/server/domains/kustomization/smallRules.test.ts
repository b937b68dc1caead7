import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

async function codesOf(text: string): Promise<readonly string[]> {
  return (await inspect(parseFixture(text))).findings.map(({ code }) => code);
}

describe("kustomization/two-versions", () => {
  const scaler = (version: string, name: string): string =>
    `apiVersion: example.com/${version}\nkind: Scaler\nmetadata:\n  name: ${name}\n`;
  const both = (a: string, b: string): string => `#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${a}---\n${b}`;
  test("hits one object in two versions, told at the second", () =>
    checkDiagnostics(
      both(
        scaler("v1", "a"),
        scaler("v2", "a").replace("\n", "\n#           ^^^^^^^^^^^^^^ warning kustomization/two-versions\n"),
      ),
    ));
  test("leaves two names, two namespaces and two groups alone", async () => {
    await checkDiagnostics(both(scaler("v1", "a"), scaler("v2", "b")));
    await checkDiagnostics(both(scaler("v1", "a"), `${scaler("v2", "a")}  namespace: b\n`));
    await checkDiagnostics(both(scaler("v1", "a"), scaler("v2", "a").replace("example.com", "example.org")));
  });
  test("waits for an apiVersion that is still to be written", async () =>
    expect(await codesOf(both(scaler("v1", "a"), scaler("v2", "a").replace("example.com/v2", "")))).not.toContain(
      "kustomization/two-versions",
    ));
});

describe("kustomization/invalid-generator-key", () => {
  const generator = (lines: string): string =>
    `#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n${lines}#- a.txt\na\n`;
  test("hits literals and files", async () => {
    const code = "kustomization/invalid-generator-key";
    expect(await codesOf(generator("  literals:\n  - LOG LEVEL=a\n"))).toEqual([code]);
    expect(await codesOf(generator("  files:\n  - a/b=a.txt\n"))).toEqual([code]);
  });
  test("leaves every sign alone that a key may have, and values", () =>
    checkDiagnostics(generator("  literals:\n  - Log_level.of-1=a b/c\n  files: [a.b_c-d=a.txt]\n")));
  test("waits for a literal that is half written", async () => {
    for (const half of ["  literals:\n  -\n", "  literals:\n", "  files:\n  - a.txt\n"]) {
      expect(await codesOf(generator(half))).not.toContain("kustomization/invalid-generator-key");
    }
  });
});

describe("kustomization/ignored-directive", () => {
  const patched = (lines: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches: [{path: p.yaml}]\n#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {app: a}}\n  strategy: {type: Recreate}\n  template:\n    metadata: {labels: {app: a}}\n    spec: {containers: [{name: a, image: "a:1"}]}\n#- p.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  strategy:\n${lines}`;
  test("hits what only the API server knows", async () =>
    expect(await codesOf(patched("    $retainKeys: [type]\n    type: RollingUpdate\n"))).toContain(
      "kustomization/ignored-directive",
    ));
  test("leaves the directives of Kustomize alone", async () => {
    for (const directive of ["$patch: replace", "$patch: merge", "$patch: delete"]) {
      expect(await codesOf(patched(`    ${directive}\n    type: RollingUpdate\n`))).toEqual([]);
    }
  });
});

describe("kustomization/repeated-label", () => {
  const labels = (common: string, pairs: string): string =>
    `#- kustomization.yaml\nnamePrefix: a-\ncommonLabels:${common}\nlabels:\n- pairs:${pairs}\n`;
  const code = "kustomization/repeated-label";
  test("hits a key that is in both, whatever the values", async () => {
    expect(await codesOf(labels("\n    app: a", "\n    app: b"))).toContain(code);
    expect(await codesOf(labels("\n    app: a", "\n    app: a"))).toContain(code);
  });
  test("leaves other keys alone, and what is half written", async () => {
    expect(await codesOf(labels("\n    app: a", "\n    tier: a"))).not.toContain(code);
    expect(await codesOf(labels("", ""))).not.toContain(code);
  });
});

describe("kustomization/patch-by-position", () => {
  const patch = (operation: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |-\n${operation}#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a:1\n    env:\n    - {name: A, value: a}\n`;
  const replace = (path: string): string => `    - op: replace\n      path: ${path}\n      value: b\n`;
  const code = "kustomization/patch-by-position";
  test("hits a variable, leaves the image, an addition and a patch that tests first alone", async () => {
    const path = "/spec/containers/0/env/0/value";
    expect(await codesOf(patch(replace(path)))).toEqual([code]);
    expect(await codesOf(patch(replace("/spec/containers/0/image").replace("value: b", "value: b:1")))).toEqual([]);
    const add = "    - op: add\n      path: /spec/containers/0/env/-\n      value: {name: B, value: b}\n";
    expect(await codesOf(patch(add))).toEqual([]);
    const guard = "    - op: test\n      path: /spec/containers/0/env/0/name\n      value: A\n";
    expect(await codesOf(patch(guard + replace(path)))).toEqual([]);
  });
  test("waits for a path that is half written", async () => {
    for (const half of ["", "/spec/containers/0/env", "/spec/containers/0/env/"]) {
      expect(await codesOf(patch(`    - op: replace\n      path: ${half}\n`))).not.toContain(code);
    }
  });
});

describe("kustomization/ignored-tag-suffix", () => {
  const images = (lines: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\nimages:\n- name: a\n${lines}#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a:1\n`;
  const code = "kustomization/ignored-tag-suffix";
  test("hits a suffix beside a tag or a digest", async () => {
    expect(await codesOf(images('  newTag: "2"\n  tagSuffix: -x\n'))).toEqual([code]);
    expect(await codesOf(images(`  digest: sha256:${"a".repeat(64)}\n  tagSuffix: -x\n`))).toEqual([code]);
    await checkFix(images('  newTag: "2"\n  tagSuffix: -x\n'), code, "Remove 'tagSuffix'", images('  newTag: "2"\n'));
  });
  test("leaves a suffix alone that stands by itself, and one that is still empty", async () => {
    expect(await codesOf(images("  tagSuffix: -x\n"))).toEqual([]);
    expect(await codesOf(images('  newTag: "2"\n  tagSuffix:\n'))).toEqual([]);
  });
});
