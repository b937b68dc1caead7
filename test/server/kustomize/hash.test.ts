import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasUpstreamHash, nameHash } from "../../../server/src/kustomize/hash";
import { sha256Hex } from "../../../server/src/kustomize/sha256";
import type { Mapping } from "../../../server/src/yaml/node";
import { readDocuments } from "../../../server/src/yaml/read";
import { tries } from "../../support/tries";

/** That hashes equal those of the real Kustomize is compared there (trees `generator-*`, `text-hashes`). */

test("SHA-256 equals that of Node", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }),
    tries(),
  );
});

describe("the name hash", () => {
  const hashOf = (text: string) => nameHash(objectOf(text));

  test("has ten letters and digits, and none that could spell a word", () => {
    for (let i = 0; i < 50; i++)
      expect(hashOf(`kind: ConfigMap\ndata: {a: "${i}"}\n`)).toMatch(/^[2456789bcdfghkmt]{10}$/);
  });

  test.each([
    ["the name and labels", "metadata: {name: a}\n", "metadata: {name: b, labels: {c: d}}\n", true],
    ["the order of keys", 'data: {a: "1", b: "2"}\n', 'data: {b: "2", a: "1"}\n', true],
    ["a value", "data: {a: x}\n", "data: {a: y}\n", false],
    ["binary data", "data: {a: x}\n", "data: {a: x}\nbinaryData: {b: eA==}\n", false],
    ["empty data against none", "data: {}\n", "", false],
  ])("%s", (_name, first, second, equal) => {
    const [a, b] = [hashOf(`kind: ConfigMap\n${first}`), hashOf(`kind: ConfigMap\n${second}`)];
    expect(a === b).toBe(equal);
  });

  test("the type of a Secret takes part", () => {
    expect(hashOf("kind: Secret\ntype: a\n")).not.toBe(hashOf("kind: Secret\ntype: b\n"));
  });

  test("other kinds have one that upstream would not give", () => {
    const node = objectOf("kind: Deployment\nspec: {replicas: 1}\n");
    expect([hasUpstreamHash(node), nameHash(node)]).toEqual([false, expect.stringMatching(/^\w{10}$/)]);
  });
});

function objectOf(text: string): Mapping {
  const root = readDocuments({ path: "/a.yaml", text })[0]?.root;
  if (root?.kind !== "mapping") throw new Error("no object");
  return root;
}
