import { describe, expect, test } from "vitest";
import { parseDuration } from "../../../server/src/tekton/duration";
import { cleanPath } from "../../../server/src/tekton/mountPath";

describe("a duration", () => {
  test.each([
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["90s", 90_000],
    ["0", 0],
    ["-5m", -300_000],
    ["250ms", 250],
    ["1d", undefined],
    ["5", undefined],
    ["", undefined],
  ])("%s", (text, length) => expect(parseDuration(text)).toBe(length));
});

describe("a path, cleaned", () => {
  test.each([
    ["/a/./b/", "/a/b"],
    ["/a//b", "/a/b"],
    ["/a/../b", "/b"],
    ["/..", "/"],
    ["../a", "../a"],
    ["", "."],
  ])("%s", (path, clean) => expect(cleanPath(path)).toBe(clean));
});
