import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { writeDocument } from "../../../server/src/yaml/writeDocument";
import { tries } from "../../support/tries";

test("an object is written as people write manifests", () => {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "web", labels: {}, finalizers: ["a", "b"] },
    data: { "key with: colon": "yes", script: "#!/bin/sh\necho 'hi'\n", port: "8080" },
    list: [{ a: 1, b: [true, null] }, [], "x"],
  };
  expect(writeDocument(object)).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {}
  finalizers:
  - a
  - b
data:
  'key with: colon': 'yes'
  script: |
    #!/bin/sh
    echo 'hi'
  port: '8080'
list:
- a: 1
  b:
  - true
  - null
- []
- x
`);
});

test.each([".", "+.1", "-.", "._5", ".e1", "+e1", "e12", "1_0", "0x1F", "1:30", ".inf", "2026-11-22"])(
  "the text %s, which is a number or a date for some readers, is quoted",
  (text) => expect(writeDocument({ [text]: text })).toBe(`'${text}': '${text}'\n`),
);

test.each(["..", "./a", "-e", "e", "edge1", "v1", "1.2.3", "a.1", "+x"])("the text %s is none for anybody", (text) =>
  expect(writeDocument({ a: text })).toBe(`a: ${text}\n`),
);

test("what is written reads back as the same value, in YAML 1.1 and 1.2", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(" ", "\n", "#", ":", "-", "'", '"', "a", "1", "\t", "{", "&", "\u2028") }),
  );
  const { tree } = fc.letrec<{ readonly tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(text, tie("tree"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(text, tree, { minKeys: 1, maxKeys: 3 }), (value) => {
      const written = writeDocument(value);
      for (const version of ["1.1", "1.2"] as const) {
        expect(JSON.stringify(parse(written, { version, merge: false }))).toBe(JSON.stringify(value));
      }
    }),
    tries(),
  );
});
