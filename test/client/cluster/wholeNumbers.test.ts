import { expect, test } from "vitest";
import { describeTooLarge } from "../../../client/src/cluster/wholeNumbers";

test.each([
  ['{"a":9007199254740993}', "9007199254740993"],
  ['{"a":[1,-9223372036854775808]}', "-9223372036854775808"],
  ['{"a":9007199254740991,"b":1e300,"c":1.5,"d":-0}', undefined],
  ['{"a":"9007199254740993","b":"\\\\\\"9007199254740993"}', undefined],
  ['{"apiVersion":"v1","kind":"Secret","data":{"pin":9007199254740993}}', "a whole number"],
])("%s holds %s", (json, found) => expect(describeTooLarge(json)).toBe(found));

test("a text of many megabytes is looked through to its end", () => {
  const long = JSON.stringify({ a: "x\n9".repeat(4_000_000) });
  expect(describeTooLarge(`[${long},9007199254740993]`)).toBe("9007199254740993");
});
