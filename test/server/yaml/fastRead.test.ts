import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareReaders } from "../../support/bothReaders";
import { parseTree } from "../../support/tree";
import { tries } from "../../support/tries";
import { yamlFilesBelow } from "../../support/yamlFiles";
import { yamlText } from "../../support/yamlTexts";

const repository = resolve(import.meta.dirname, "../../..");

describe("the fast reader agrees with the full one", () => {
  test("on every YAML file of this repository, and takes nearly all of them", () => {
    let [fast, left] = [0, 0];
    for (const folder of ["examples", "test"].map((name) => resolve(repository, name))) {
      for (const { path, text } of existing(folder)) {
        const outcome = compareReaders(path, text);
        expect(outcome.differences).toEqual([]);
        fast += outcome.fast;
        left += outcome.left;
      }
    }
    expect(fast).toBeGreaterThan(50);
    expect(left / fast).toBeLessThan(0.2);
  });

  test.each(["a: |-+\n  b\n", "a: >12\n  b\n", "a: |2-\n  b\n", "a: |+2\n  b\n", "a: |1-2\n  b\n", "\n\ufeffk:\n"])(
    "on %j",
    (text) => {
      expect(compareReaders("/block.yaml", text).differences).toEqual([]);
    },
  );

  test("on random texts", () => {
    fc.assert(
      fc.property(yamlText, (text) => {
        expect(compareReaders("/random.yaml", text).differences).toEqual([]);
      }),
      tries(1000),
    );
  });
});

/** Files as they are, and those inside of the trees that are written as one file. */
function* existing(folder: string): Iterable<{ path: string; text: string }> {
  for (const { path, text } of yamlFilesBelow(folder)) {
    yield { path, text };
    if (!text.includes("\n#- ")) continue;
    for (const [inner, entry] of parseTree(text).entries) {
      if (entry.kind === "file" && typeof entry.content === "string")
        yield { path: `${path}: ${inner}`, text: entry.content };
    }
  }
}
