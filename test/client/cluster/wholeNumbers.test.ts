import { expect, test } from "vitest";
import { findTooLarge } from "../../../client/src/cluster/wholeNumbers";

test.each([
  ['{"a":9007199254740993}', "9007199254740993"],
  ['{"a":[1,-9223372036854775808]}', "-9223372036854775808"],
  ['{"a":9007199254740991,"b":1e300,"c":1.5,"d":-0}', undefined],
  ['{"a":"9007199254740993","b":"\\\\\\"9007199254740993"}', undefined],
])("%s holds %s", (json, found) => expect(findTooLarge(json)).toBe(found));
