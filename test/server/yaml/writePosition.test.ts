import { describe, expect, test } from "vitest";
import { findWritePosition, otherKeys } from "../../../server/src/yaml/writePosition";

/** The slots at the `|`, for example `key /resources (a,b)`, and the word there. */
function at(marked: string): string {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const found = findWritePosition({ path: "/a.yaml", text }, offset);
  if (found === undefined) return "nothing";
  const slots = found.slots.map((slot) => {
    const keys = slot.role === "key" ? ` (${[...otherKeys(slot)].join(",")})` : "";
    return `${slot.role} /${slot.container.path.join("/")}${keys}`;
  });
  const word = text.slice(found.word.start, found.word.end);
  return [...slots, ...(word === "" ? [] : [`word ${word}`])].join("; ");
}

describe("what may be written at a place", () => {
  test.each([
    ["an empty file", "¦", "key / ()"],
    ["a word in an empty file", "res¦", "key / (); word res"],
    ["the end of a mapping", "a: 1\n¦\nb: 2\n", "key / (a,b)"],
    ["a half-typed key", "a: 1\nres¦\nb: 2\n", "key / (a,b); word res"],
    ["a key with its colon", "a: 1\nre¦s: x\nb: 2\n", "key / (a,b); word res"],
    ["behind a colon", "a: ¦\nb: 2\n", "value /a"],
    ["behind a colon and a comment", "a: ¦ # c\n", "value /a"],
    ["a value", "a: on¦e # c\n", "value /a; word one"],
    ["a quoted value", "a: 'on¦e'\n", "value /a; word one"],
    ["a value whose quote is open", 'a: "on¦\nb: 1\n', "value /a; word on"],
    ["below a key without value", "a:\n  ¦\nb: 2\n", "item /a; key /a ()"],
    ["below a key without value, not indented", "a:\n¦\n", "item /a; key / (a)"],
    ["below an unindented sequence", "r:\n- x\n¦\n", "item /r; key / (r)"],
    ["below an indented sequence", "r:\n  - x\n  ¦\nb: 1\n", "item /r"],
    ["outside of an indented sequence", "r:\n  - x\n¦\nb: 1\n", "key / (r,b)"],
    ["behind a dash", "r:\n- x\n- ¦\n", "value /r/1; key /r/1 ()"],
    ["a word behind a dash", "r:\n- x\n- ba¦\nb: 1\n", "value /r/1; key /r/1 (); word ba"],
    ["a path behind a dash", "r:\n  - ../ba¦se\n", "value /r/0; key /r/0 (); word ../base"],
    ["the first key of an item", "p:\n- pa¦: x\n  patch: y\n", "key /p/0 (patch); word pa"],
    ["another key of an item", "p:\n- path: x\n  ¦\n", "key /p/0 (path)"],
    ["a half-typed key of an item", "p:\n- path: x\n  ta¦\n- path: y\n", "key /p/0 (path); word ta"],
    ["a mapping in an item", "p:\n- target:\n    ¦\n  path: x\n", "item /p/0/target; key /p/0/target ()"],
    ["a key of a mapping in an item", "p:\n- target:\n    kind: A\n    ¦\n  path: x\n", "key /p/0/target (kind)"],
    ["the value of a key of an item", "p:\n- target: {}\n  path: ¦\n", "value /p/0/path"],
    ["a comment", "a: 1 # c¦\n", "nothing"],
    ["a comment line", "a: 1\n# c¦\n", "nothing"],
    ["a block scalar", "a: |\n  x¦\n  y\n", "nothing"],
    ["a blank line of a block scalar", "a: |\n  x\n  ¦\n  y\n", "nothing"],
    ["after a block scalar", "a: |\n  x\n¦\n", "key / (a)"],
    ["deeper than anything", "a: 1\n    ¦\n", "nothing"],
    ["a flow mapping", "a: {x: 1, ¦}\n", "key /a (x)"],
    ["a key in a flow mapping", "a: {x: 1, na¦}\n", "key /a (x); word na"],
    ["a value in a flow mapping", "a: {x: 1, name: ¦}\n", "value /a/name"],
    ["a flow sequence", "a: [x, ¦]\n", "value /a/1"],
    ["an empty flow sequence", "a: [¦]\n", "value /a/0"],
    ["a flow mapping that nobody closed", "a: {x: 1, ¦\nb: 1\n", "key /a (x)"],
    ["after brackets that nobody closed", "a: [x\nb: ¦\n", "value /b"],
    ["a flow mapping on several lines", "a: {\n  x: 1,\n  ¦\n}\n", "key /a (x)"],
    ["a nested flow mapping", "p: [{target: {ki¦}}]\n", "key /p/0/target (); word ki"],
    ["the second document", "a: 1\n---\nb: 1\n¦\n---\nc: 1\n", "key / (b)"],
    ["a document that is broken above", "a: [\n*&^ {\nb: 1\nc: ¦\n", "value /c"],
    ["CRLF", "a: 1\r\nre¦\r\nb: 2\r\n", "key / (a,b); word re"],
    ["an anchor before the value", "a: &x ¦\n", "value /a"],
    ["a quoted key", '"a b": 1\nre¦\n', "key / (a b); word re"],
    ["the key __proto__", "__proto__: 1\n¦\n", "key / (__proto__)"],
    ["a dash without space", "r:\n- x\n-¦\n", "value /r/1; key /r/1 ()"],
  ])("%s", (_, marked, expected) => {
    expect(at(marked)).toBe(expected);
  });
});

const sample = `# head
apiVersion: kustomize.config.k8s.io/v1beta1
resources:
  - ../base
patches:
- path: "p.yaml"
  target: {kind: Deployment, name: 'x'}
- patch: |-
    - op: replace
      path: /spec
configMapGenerator:
  - name: a
    literals: [A=1, "B=2"]
---
x: &y [1, {a: b}]
z: *y
`;

test("nothing throws at any offset of a sample, whole, cut off there, or with a piece missing", () => {
  for (let offset = 0; offset <= sample.length; offset++) {
    for (const text of [sample, sample.slice(0, offset), sample.slice(0, offset) + sample.slice(offset + 7)]) {
      const found = findWritePosition({ path: "/a.yaml", text }, Math.min(offset, text.length));
      for (const slot of found?.slots ?? []) otherKeys(slot);
      if (found !== undefined) expect(found.word.start).toBeLessThanOrEqual(found.word.end);
    }
  }
});

test("a place at the end of a long file is found", () => {
  const text = `a:\n${"- name: x\n  value: [1, 2]\n".repeat(20_000)}b: `;
  expect(findWritePosition({ path: "/a.yaml", text }, text.length)?.slots[0]?.container.path).toEqual(["b"]);
});
