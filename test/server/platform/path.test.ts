import { expect, test } from "vitest";
import {
  baseName,
  isInside,
  joinPath,
  normalizePath,
  parentPath,
  relativePath,
} from "../../../server/src/platform/path";

test("paths are cleaned, and '..' never climbs above the top", () => {
  expect(normalizePath("/a//b/./c/../d/")).toBe("/a/b/d");
  expect(normalizePath("/../..")).toBe("/");
  expect(normalizePath("/a/.hidden/..x")).toBe("/a/.hidden/..x");
});

test("a path is seen from a directory, an absolute one stands for itself", () => {
  expect(joinPath("/a/b", "../c/d.yaml")).toBe("/a/c/d.yaml");
  expect(joinPath("/a/b", "/c")).toBe("/c");
  expect(joinPath("/", "a")).toBe("/a");
});

test("parents and names", () => {
  expect([parentPath("/a/b"), parentPath("/a"), parentPath("/")]).toEqual(["/a", "/", "/"]);
  expect([baseName("/a/b.yaml"), baseName("/")]).toEqual(["b.yaml", ""]);
});

test("inside means at or below, not beside", () => {
  expect([isInside("/a", "/a"), isInside("/a", "/a/b"), isInside("/", "/x")]).toEqual([true, true, true]);
  expect(isInside("/a", "/ab")).toBe(false);
});

test("the way from one directory to another path", () => {
  expect(relativePath("/a/b", "/a/c/d.yaml")).toBe("../c/d.yaml");
  expect(relativePath("/a", "/a")).toBe(".");
  expect(relativePath("/", "/a/b")).toBe("a/b");
});
