import { expect, test } from "vitest";
import { nameSome } from "../../../server/src/protocol/nameSome";

test.each([
  [[], 2, ""],
  [["a", "b"], 2, "a, b"],
  [["a", "b", "c", "d"], 2, "a, b and 2 more"],
])("of %j, %i are told: %s", (names, most, words) => {
  expect(nameSome(names, most)).toBe(words);
});
