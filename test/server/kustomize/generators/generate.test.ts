import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BuildFailure } from "../../../../server/src/kustomize/failure";
import { mappingItems } from "../../../../server/src/kustomize/fields";
import { encodeBase64 } from "../../../../server/src/kustomize/generators/base64";
import { type Generated, makeConfigMap, makeSecret } from "../../../../server/src/kustomize/generators/generate";
import { contentReader } from "../../../../server/src/kustomize/generators/readContent";
import { Reading } from "../../../../server/src/kustomize/reading";
import { getIn, getValue, type Node } from "../../../../server/src/yaml/node";
import { readDocuments } from "../../../../server/src/yaml/read";
import { asYaml11 } from "../../../../server/src/yaml/scalar";
import { memoryLoader } from "../../../support/memoryLoader";
import { tries } from "../../../support/tries";

/** What is generated is compared with the real Kustomize (trees `generator-*`); here is where each value comes from. */

const files: Record<string, string | Uint8Array> = {
  "/k/a.env": "\ufeff# comment\nONE=1\r\n  TWO = 2 \nthree\n=skipped\n",
  "/k/sub/text.txt": "some text\n",
  "/k/bytes": Uint8Array.of(0xff, 0xfe, 0),
};

describe("places", () => {
  test.each([
    ["a plain literal", "literals: [key=value]", ["data", "key"], "value"],
    ["a literal in quotes", "literals: ['key=\"value\"']", ["data", "key"], "value"],
    ["a literal with escapes has the whole one", 'literals: ["key=a\\tb"]', ["data", "key"], '"key=a\\tb"'],
    ["a line of an env file", "envs: [a.env]", ["data", "ONE"], "1"],
    ["white space behind the =", "envs: [a.env]", ["data", "TWO "], " 2 "],
    ["a line without =", "envs: [a.env]", ["data", "three"], ""],
    ["the old singular field", "env: a.env", ["data", "ONE"], "1"],
    ["a whole file", "files: [sub/text.txt]", ["data", "text.txt"], "some text\n"],
    ["a file with a key", "files: [key=sub/text.txt]", ["data", "key"], "some text\n"],
    ["a label", "options: {labels: {a: b}}", ["metadata", "labels", "a"], "b"],
    ["the name", "literals: []", ["metadata", "name"], "made"],
  ])("%s", (_name, fields, path, expected) => {
    const { node } = generate(`- name: made\n  ${fields}\n`);
    expect(textAt(getIn(node, path))).toBe(expected);
  });

  test("keys point to where they are written, and causes to the entry", () => {
    const data = getValue(generate("- name: made\n  literals: [a=b, key=value]\n").node, "data");
    const entry = data?.kind === "mapping" ? data.entries[1] : undefined;
    expect(textAt(entry?.key)).toBe("key");
    expect(entry?.value.origin.change).toMatchObject({
      transformer: "configMapGenerator",
      path: "/configMapGenerator/0/literals/1",
    });
  });
});

test("bytes go to binaryData", () => {
  expect(getIn(generate("- name: made\n  files: [bytes]\n").node, ["binaryData", "bytes"])).toMatchObject({
    text: "//4A",
  });
});

test("global options fill what the entry's own leave open", () => {
  const made = generate(
    "- name: made\n  behavior: merge\n  options: {labels: {a: own}}\n",
    "generatorOptions: {labels: {a: global, b: global}, immutable: true, disableNameSuffixHash: true}\n",
  );
  const labels = getIn(made.node, ["metadata", "labels"]);
  expect([getValue(labels, "a"), getValue(labels, "b")]).toMatchObject([{ text: "own" }, { text: "global" }]);
  expect(getValue(made.node, "immutable")).toMatchObject({ tag: "bool", text: "true" });
  expect([made.needsHash, made.behavior]).toEqual([false, "merge"]);
});

test("a Secret has data and a type in any case", () => {
  const { node } = generate("- name: made\n", "", makeSecret);
  expect(getValue(node, "data")).toMatchObject({ entries: [] });
  expect(getValue(node, "type")).toMatchObject({ text: "Opaque" });
});

/** The fields of the entry, the code, and the text at the place of the problem. */
describe("mistakes", () => {
  test.each([
    ["literals: [a]", "kustomization/invalid-literal", "a"],
    ["literals: [=a]", "kustomization/invalid-literal", "=a"],
    ["literals: [a=b, a=c]", "kustomization/repeated-generator-key", "a"],
    ["envs: [a.env]\n  literals: [ONE=x]", "kustomization/repeated-generator-key", "ONE"],
    ["files: [a=b=c]", "kustomization/invalid-file-source", "a=b=c"],
    ["files: [=a]", "kustomization/invalid-file-source", "=a"],
    ["files: [a=]", "kustomization/invalid-file-source", "a="],
    ["files: [key=none]", "kustomization/missing-file", "none"],
    ["files: [sub]", "kustomization/not-a-file", "sub"],
    ["files: [../x]", "kustomization/missing-file", "../x"],
    ["envs: [bytes]", "kustomization/env-not-utf8", "bytes"],
  ])("%s", (fields, code, expected) => {
    const problem = problemOf(() => generate(`- name: made\n  ${fields}\n`));
    expect(problem.code).toBe(code);
    const { file, start, end } = problem.place;
    expect(file.text.slice(start, end)).toBe(expected);
    expect(problem.help).toBeDefined();
  });

  test("a generator without a name", () => {
    expect(problemOf(() => generate("- literals: [a=b]\n")).code).toBe("kustomization/generator-without-name");
  });
});

test("base64 breaks lines at 70 characters, the last one included", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const text = encodeBase64(bytes);
      expect(Buffer.from(text, "base64")).toEqual(Buffer.from(bytes));
      const lines = text.split("\n");
      if (lines.length > 1) expect(lines.pop()).toBe("");
      for (const [i, line] of lines.entries())
        expect(line.length).toBeLessThanOrEqual(i === 0 && lines.length === 1 ? 69 : 70);
    }),
    tries(),
  );
});

function generate(entries: string, rest = "", make = makeConfigMap): Generated {
  const text = `configMapGenerator:\n${entries}${rest}`;
  const loader = memoryLoader(new Map([...Object.entries(files), ["/k/kustomization.yaml", text]]));
  const root = readDocuments({ path: "/k/kustomization.yaml", text })[0]?.root;
  const node = root && asYaml11(root);
  if (node?.kind !== "mapping") throw new Error("no kustomization");
  const [args] = mappingItems({ node, path: "" }, "configMapGenerator");
  const globalOptions = getValue(node, "generatorOptions");
  if (args === undefined) throw new Error("no generator");
  return make({
    args,
    globalOptions: globalOptions?.kind === "mapping" ? globalOptions : undefined,
    read: contentReader(new Reading(loader), { path: "/k", restricted: true }),
    cause: { transformer: "configMapGenerator", place: args.node.origin.place, path: args.path },
  });
}

function problemOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof BuildFailure) return error.problem;
    throw error;
  }
  throw new Error("nothing failed");
}

function textAt(node: Node | undefined): string | undefined {
  const place = node?.origin.place;
  return place?.file.text.slice(place.start, place.end);
}
