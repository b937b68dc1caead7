import { describe, expect, test } from "vitest";
import { findCursor } from "../../../server/src/analysis/cursor";
import { readDocuments } from "../../../server/src/yaml/read";
import { parseFixture } from "../../support/fixture";

/** Where the cursor of a text is: `on path`, and the keys of the mapping around it. */
function at(text: string): string {
  const { files, cursor } = parseFixture(`#- a.yaml\n${text}`);
  const file = { path: cursor?.path ?? "", text: [...files.values()][0] ?? "" };
  const documents = readDocuments(file);
  const document = documents.find(({ end }) => (cursor?.offset ?? 0) <= end) ?? documents.at(-1);
  if (document === undefined || cursor === undefined) return "no document";
  const { on, path, mapping } = findCursor(document, cursor.offset);
  return `${on} /${path.join("/")} in {${mapping?.entries.map(({ key }) => key.text).join(", ") ?? ""}}`;
}

describe("on written text", () => {
  test.each([
    ["na<|>me: x\n", "key /name in {name}"],
    ["name: <|>x\n", "value /name in {name}"],
    ["a:\n  b:\n  - c: so<|>me\n    d: 1\n", "value /a/b/0/c in {c, d}"],
    ["resources:\n- one.yaml\n- tw<|>o.yaml\n", "value /resources/1 in {resources}"],
    ["images: [{name: ngi<|>nx, newTag: '1'}]\n", "value /images/0/name in {name, newTag}"],
  ])("%j: %s", (text, expected) => expect(at(text)).toBe(expected));
});

describe("on blank ground the indentation says what a new entry would join", () => {
  test.each([
    ["name: x\n<|>", "blank / in {name}"],
    ["images:\n- name: nginx\n  <|>\n", "blank /images/0 in {name}"],
    ["images:\n- name: nginx\n<|>\n", "blank / in {images}"],
    ["a:\n  b: 1\n  <|>\nz: 1\n", "blank /a in {b}"],
    ["a:\n  b:\n    c: 1\n  <|>\n", "blank /a in {b}"],
    ["images:\n- name: nginx\n- <|>\n", "blank /images in {images}"],
    ["images:\n  - name: nginx\n    <|>\n", "blank /images/0 in {name}"],
    ["a:\n- b:\n  - c: 1\n  - <|>\n", "blank /a/0/b in {b}"],
    ["a:\n- b: <|>\n", "blank /a/0/b in {b}"],
    ["a:\n  <|>\nz: 1\n", "blank /a in {a, z}"],
    ["<|>\n", "blank / in {}"],
    ["resources:\n- <|>\n", "blank /resources in {resources}"],
    ["namespace: <|>\nname: x\n", "blank /namespace in {namespace, name}"],
  ])("%j: %s", (text, expected) => expect(at(text)).toBe(expected));
});
