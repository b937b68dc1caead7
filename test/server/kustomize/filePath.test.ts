import { expect, test } from "vitest";
import { baseName, directoryOf, isInOrBelow, joinPath } from "../../../server/src/kustomize/filePath";

test("paths are joined and cleaned", () => {
  expect(joinPath("/a/b", "../c/./d//e")).toBe("/a/c/d/e");
  expect(joinPath("/a", "/b/../c")).toBe("/c");
  expect(joinPath("/a", "../../../..")).toBe("/");
});

test("a directory contains itself and what is below, not what merely begins like it", () => {
  expect(isInOrBelow("/a/b", "/a")).toBe(true);
  expect(isInOrBelow("/a", "/a")).toBe(true);
  expect(isInOrBelow("/ab", "/a")).toBe(false);
  expect(isInOrBelow("/ab", "/")).toBe(true);
});

test("the parts of a path", () => {
  expect(directoryOf("/a/b")).toBe("/a");
  expect(directoryOf("/a")).toBe("/");
  expect(baseName("/a/b")).toBe("b");
});
