import { expect, test } from "vitest";
import { findPolicy, newerTags, sortTags } from "../../../server/src/analysis/tagPolicy";

const policies = (policy: string): ReadonlyMap<string, string> => new Map([["web", policy]]);
const newer = (tags: readonly string[], current: string, policy = ""): readonly string[] =>
  newerTags(tags, findPolicy(policies(policy), "web", current), current);

test("versions compare by their numbers, releases above previews", () => {
  expect(newer(["1.9.0", "1.10.0", "1.2.0", "latest", "2.0.0-rc.1"], "1.9.0")).toEqual(["1.10.0"]);
  expect(newer(["2.0.0-rc.1", "2.0.0-rc.2", "2.0.0"], "2.0.0-rc.1")).toEqual(["2.0.0", "2.0.0-rc.2"]);
  expect(newer(["v2", "v10", "v1"], "v2")).toEqual(["v10"]);
});

test("only tags of the same kind are newer", () => {
  expect(newer(["1.28", "1.28-alpine", "1.29.1-alpine"], "1.27-alpine")).toEqual(["1.28-alpine"]);
  expect(newer(["1.28.1", "2.0"], "1.27")).toEqual(["2.0"]);
});

test("numbers in other tags count when the rest is the same", () => {
  expect(newer(["build-9", "build-10", "main-11", "latest"], "build-9")).toEqual(["build-10"]);
  expect(newer(["latest"], "main")).toEqual([]);
});

test("a pattern chooses the tags, and its first group what is compared", () => {
  const tags = ["main-abc-2", "main-zzz-1", "feature-abc-3"];
  expect(newer(tags, "main-zzz-1", "/^main-[a-z]+-(\\d+)$/")).toEqual(["main-abc-2"]);
  expect(newer(["1.1", "1.2"], "1.1", "/([/")).toEqual(["1.2"]);
});

test("a pattern that could be tried for ever is answered at once", () => {
  const long = `${"a".repeat(120)}-`;
  const started = performance.now();
  expect(newer([long, "aa"], "aa", "/^(a+)+$/")).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("numbers of any length count", () => {
  const tags = ["b-20261122093015000001", "b-20261122093015000002"];
  expect(newer(tags, "b-20261122093015000001")).toEqual(["b-20261122093015000002"]);
});

test("the setting decides, for all images with a star", () => {
  expect(findPolicy(new Map([["*", "newest"]]), "any", "1.2").kind).toBe("newest");
  expect(findPolicy(undefined, "any", "1.2").kind).toBe("version");
  expect(findPolicy(undefined, "any", "main").kind).toBe("newest");
});

test("all tags are listed, those that count first", () => {
  expect(sortTags(["1.0", "latest", "1.1", "dev"], { kind: "version" }, "1.0")).toEqual({
    ranked: ["1.1", "1.0"],
    others: ["dev", "latest"],
  });
});
