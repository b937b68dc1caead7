import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SourceDocument } from "../../../server/src/yaml/document";
import { readDocuments, rereadDocuments } from "../../../server/src/yaml/read";
import type { SourceFile } from "../../../server/src/yaml/source";
import { tries } from "../../support/tries";
import { yamlText } from "../../support/yamlTexts";

const separator = fc.constantFrom("---\n", "--- # next\n", "---\r\n", "--- a\n", "");
const fileText = fc
  .array(fc.tuple(yamlText, separator), { minLength: 1, maxLength: 4 })
  .map((documents) => documents.map(([text, behind]) => `${text}\n${behind}`).join(""));
const inserted = fc.constantFrom("", "x", " ", "\n", "\n---\n", "---", ":", "'", "|\n", "\r", "\u0000", "\ufeff", "[");
const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 8 }), inserted });

describe("a text that is read again after edits", () => {
  test("has the documents that a fresh look gives", () => {
    fc.assert(
      fc.property(fileText, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
        let now = text;
        let documents = readDocuments({ path: "/a.yaml", text });
        for (const { at, removed, inserted } of edits) {
          const start = at % (now.length + 1);
          now = now.slice(0, start) + inserted + now.slice(start + removed);
          const file = { path: "/a.yaml", text: now };
          documents = rereadDocuments(file, documents);
          expect(written(documents, file)).toBe(written(readDocuments(file), file));
        }
      }),
      tries(80),
    );
  });

  test.each([
    ["in the middle", "a: 1\n---\nb: 1\n---\nc: 1\n", "a: 1\n---\nb: 2\n---\nc: 1\n", [0, undefined, 2]],
    ["in front", "a: 1\n---\nb: 1\n", "# more\na: 1\n---\nb: 1\n", [undefined, 1]],
    ["a document more", "a: 1\n---\nb: 1\n", "a: 1\n---\nc: 1\n---\nb: 1\n", [0, undefined, 1]],
    ["a document less", "a: 1\n---\nb: 1\n---\nc: 1\n", "a: 1\n---\nc: 1\n", [0, 2]],
    ["a copy", "a: 1\n---\nb: 1\n", "a: 1\n---\na: 1\n---\nb: 1\n", [0, undefined, 1]],
    // The last text of a file may end without a line break, and is read with care for that.
    ["at the end", "a: 1\n---\nb: |\n  c\n", "a: 1\n---\nb: |\n  c\n---\n", [0, undefined, undefined]],
    ["a separator that is none", "a: 1\n---\nb: 1\n", "a: 1\n--- {}\nb: 1\n", [0, undefined]],
    ["what has mistakes", "a: [\n---\nb: 1\n", "a: [\n---\nb: 2\n", [undefined, undefined]],
  ])("knows the documents that are still the same: %s", (_name, text, next, expected) => {
    const before = readDocuments({ path: "/a.yaml", text });
    const after = rereadDocuments({ path: "/a.yaml", text: next }, before);
    const contents = before.map(({ content }) => content);
    const origins = after.map(({ content }) => contents.indexOf(content));
    expect(origins.map((index) => (index < 0 ? undefined : index))).toEqual(expected);
    expect(new Set(after.map(({ content }) => content)).size).toBe(after.length);
  });
});

/** Documents with their values as one text, without what says that one is the same as another; every place is in `file`. */
function written(documents: readonly SourceDocument[], file: SourceFile): string {
  const parts = documents.map(({ start, end, root, problems, warnings }) => ({ start, end, root, problems, warnings }));
  return JSON.stringify(parts, (key, value) => (key === "file" ? value === file : value));
}
