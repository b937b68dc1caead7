import { expect, test } from "vitest";
import { changeText, parseTyped, versionText } from "../../../../client/src/features/bump/versionText";

const digest = `sha256:${"a1".repeat(32)}`;

test("a person types a tag, a digest or both", () => {
  expect(parseTyped(" 1.4.2 ")).toEqual({ tag: "1.4.2" });
  expect(parseTyped(digest)).toEqual({ digest });
  expect(parseTyped(`1.4.2@${digest}`)).toEqual({ tag: "1.4.2", digest, form: "digest" });
  for (const wrong of ["", "@", "1.4.2@", "-a", "a b", "sha256:12", "quay.io/a:1", `${digest}0`]) {
    expect(parseTyped(wrong), wrong).toBeUndefined();
  }
});

test("a change leaves out a name that stays, and digests are short", () => {
  expect(changeText("q.io:5000/a:1.0", "q.io:5000/a:1.1")).toBe("1.0 → 1.1");
  expect(changeText(`q.io/a@${digest}`, "q.io/a:1.1")).toBe("sha256:a1a1a1a1a1a1… → 1.1");
  expect(changeText("q.io/a", "q.io/a:1.1")).toBe("no version → 1.1");
  expect(changeText("a:1", "q.io/a:1")).toBe("a:1 → q.io/a:1");
});

test("a version for people", () => {
  const image = { image: "q.io/a", differs: true, objects: [] };
  expect(versionText({ ...image, tag: "1.0", digest })).toBe("1.0 · sha256:a1a1a1a1a1a1… · several versions");
});
