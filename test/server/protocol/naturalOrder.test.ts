import { expect, test } from "vitest";
import { naturalOrder } from "../../../server/src/protocol/naturalOrder";

const ordered = [
  "",
  "0",
  "01",
  "1",
  "2",
  "10",
  "a",
  "a-b",
  "a1b2",
  "a1b10",
  "a2",
  "b-90071992547409931",
  "b-90071992547409932",
  "team",
  "team-3",
  "team-3-api",
  "team-29",
  "team-30",
];

test("numbers in names count as numbers, and the order is the same from both sides", () => {
  for (const [i, a] of ordered.entries()) {
    for (const [j, b] of ordered.entries()) expect(Math.sign(naturalOrder(a, b))).toBe(Math.sign(i - j));
  }
});
