import { expect, test } from "vitest";
import { describeField } from "../../../server/src/schema/describe";
import { kustomizationSchema } from "../../../server/src/schema/kustomizationSchema";
import { openFields, schemaAt } from "../../../server/src/schema/lookUp";
import { validate } from "../../../server/src/schema/validate";
import { readDocuments } from "../../../server/src/yaml/read";
import { asYaml11 } from "../../../server/src/yaml/scalar";

const schema = kustomizationSchema("Kustomization");

/** Each violation as `word: message help`. */
function check(text: string): string[] {
  const root = readDocuments({ path: "/kustomization.yaml", text })[0]?.root;
  if (root === undefined) throw new Error("no document");
  return validate(asYaml11(root), schema).map(({ place, message, help }) =>
    [`${text.slice(place.start, place.end)}: ${message}`, help].filter(Boolean).join(" "),
  );
}

test.each([
  [
    "a misspelt field",
    "resorces: []\n",
    ["resorces: `resorces` is no field of this document. Did you mean `resources`?"],
  ],
  [
    "a field that is like nothing",
    "qwertyuiop: 1\n",
    ["qwertyuiop: `qwertyuiop` is no field of this document. Remove it, or correct its name."],
  ],
  [
    "a misspelt field of an item",
    "images: [{nme: a, name: b}]\n",
    ["nme: `nme` is no field of an item of `images`. Remove it, or correct its name."],
  ],
  [
    "a number where text belongs",
    "images: [{name: a, newTag: 1.27}]\n",
    ['1.27: `newTag` must be a string, not a number. YAML reads `1.27` as a number. Put it in quotes: `"1.27"`.'],
  ],
  [
    "a boolean of YAML 1.1",
    "commonAnnotations: {a: yes}\n",
    ['yes: `a` must be a string, not a boolean. YAML reads `yes` as a boolean. Put it in quotes: `"yes"`.'],
  ],
  [
    "an octal number",
    "commonAnnotations: {a: 012}\n",
    ['012: `a` must be a string, not a number. YAML reads `012` as an octal number. Put it in quotes: `"012"`.'],
  ],
  [
    "text where a number belongs",
    "replicas: [{name: a, count: '3'}]\n",
    ["'3': `count` must be an integer, not a string. Take the quotes away."],
  ],
  ["a negative count", "replicas: [{name: a, count: -1}]\n", ["-1: `count` must be at least 0."]],
  [
    "a scalar where a list belongs",
    "resources: a.yaml\n",
    ["a.yaml: `resources` must be a list of strings, not a string. Write it as an item: `- …`."],
  ],
  [
    "an unknown value",
    "sortOptions: {order: fifi}\n",
    ["fifi: `fifi` is no value of `order`. Did you mean `fifo`? Possible are `legacy`, `fifo`."],
  ],
  ["a missing field", "replicas: [{name: a}]\n", ["name: `count` is missing in an item of `replicas`. Add `count`."]],
  ["keys of a map", "commonAnnotations: {__proto__: a, constructor: b}\n", []],
  ["null", "resources:\nimages: ~\n", []],
  ["free values", "helmCharts: [{name: a, valuesInline: {x: [1, {y: no}]}}]\n", []],
])("%s", (_, text, expected) => {
  expect(check(text)).toEqual(expected);
});

test("a field that looks like one of JavaScript's is unknown", () => {
  expect(check("constructor: 1\n__proto__: 1\ntoString: 1\n")).toHaveLength(3);
});

test("a patch may delete what a newer version may have made", () => {
  const root = readDocuments({ path: "/a.yaml", text: "foo: ~\nbar: 1\nreplicas: []\n" })[0]?.root;
  expect(root && validate(root, schema, { partial: true }).map(({ path }) => path)).toEqual([["bar"]]);
});

test("nothing is required of a patch", () => {
  const root = readDocuments({ path: "/a.yaml", text: "replicas: [{name: a}]\n" })[0]?.root;
  expect(root && validate(root, schema, { partial: true })).toEqual([]);
});

test("a field is described with its type, values and default", () => {
  const behavior = schemaAt(schema, ["configMapGenerator", 0, "behavior"]);
  expect(behavior && describeField("behavior", behavior)).toBe(
    [
      "**behavior** `string`",
      "What happens when a base has made an object of this name.",
      "- `create`: Makes a new object; one of the same name must not be there.\n" +
        "- `replace`: Takes the place of the object that a base made.\n" +
        "- `merge`: Adds keys to the object that a base made, and overrides its values.",
      "Default: `create`.",
    ].join("\n\n"),
  );
  const bases = schemaAt(schema, ["bases"]);
  expect(bases && describeField("bases", bases)).toContain("Deprecated: use `resources`.");
});

test("the open fields of an item are those it lacks, the required ones first", () => {
  const item = schemaAt(schema, ["images", 0]);
  expect(item && openFields(item, new Set(["newName"])).map(({ name }) => name)).toEqual([
    "name",
    "tagSuffix",
    "newTag",
    "digest",
  ]);
});
