import { expect, test } from "vitest";
import { readEmbedded } from "../../../server/src/kustomize/embedded";
import { getIn, type Node } from "../../../server/src/yaml/node";
import { readDocuments } from "../../../server/src/yaml/read";

test.each([
  ["a literal block", "patch: |-\n  - op: add\n    value: here\n"],
  ["a literal block of Windows lines", "patch: |\r\n    - op: add\r\n      value: here\r\n"],
  ["a block with a blank line", "patch: |\n\n  - op: add\n    value: here\n"],
  ["single quotes", 'patch: \'[{"op": "add", "value": "here"}]\'\n'],
  ["a plain line", "patch: '[{op: add, value: here}]'\n"],
])("values inside of %s keep their places", (_, text) => {
  const value = getIn(embedded(text), [0, "value"]);
  const { file, start, end } = place(value);
  expect(file.text.slice(start, end).replaceAll('"', "")).toBe("here");
});

test("values inside of a string with escapes have the place of the string", () => {
  const text = 'patch: "[{\\"value\\": \\"here\\"}]"\n';
  const { file, start, end } = place(getIn(embedded(text), [0, "value"]));
  expect(file.text.slice(start, end)).toBe('"[{\\"value\\": \\"here\\"}]"');
});

function embedded(text: string): Node | undefined {
  const patch = getIn(readDocuments({ path: "/k.yaml", text })[0]?.root, ["patch"]);
  return patch?.kind === "scalar" ? readEmbedded(patch)[0]?.root : undefined;
}

function place(node: Node | undefined) {
  if (node === undefined) throw new Error("the value is missing");
  return node.origin.place;
}
