import { describe, expect, test } from "vitest";
import { findCursor } from "../../../server/src/analysis/cursor";
import { readDocuments } from "../../../server/src/yaml/read";
import { parseFixture } from "../../support/fixture";

/** Where the cursor of a text is: `on path`. */
function at(text: string): string {
  const { files, cursor } = parseFixture(`#- a.yaml\n${text}`);
  const file = { path: cursor?.path ?? "", text: [...files.values()][0] ?? "" };
  const documents = readDocuments(file);
  const document = documents.find(({ end }) => (cursor?.offset ?? 0) <= end) ?? documents.at(-1);
  if (document === undefined || cursor === undefined) return "no document";
  const { on, path } = findCursor(document, cursor.offset);
  return `${on} /${path.join("/")}`;
}

describe("on written text", () => {
  test.each([
    ["na<|>me: x\n", "key /name"],
    ["name: <|>x\n", "value /name"],
    ["a:\n  b:\n  - c: so<|>me\n    d: 1\n", "value /a/b/0/c"],
    ["resources:\n- one.yaml\n- tw<|>o.yaml\n", "value /resources/1"],
    ["images: [{name: ngi<|>nx, newTag: '1'}]\n", "value /images/0/name"],
  ])("%j: %s", (text, expected) => expect(at(text)).toBe(expected));
});

test.each(["name: x\n<|>", "images:\n- name: nginx\n  <|>\n", "a:\n- b: <|>\n", "<|>\n", "name: x # a com<|>ment\n"])(
  "%j is blank ground",
  (text) => expect(at(text)).toBe("blank /"),
);
