import { expect, test } from "vitest";
import { labelOf } from "../../../server/src/features/previewTargets";

test.each([
  ["/work/config/base", ["/work/config"], "base"],
  ["/work/config", ["/work/config"], "."],
  ["/elsewhere/base", ["/work/config"], "/elsewhere/base"],
  ["/work/shop/base", ["/work/shop", "/work/books"], "shop/base"],
  ["/work/books", ["/work/shop", "/work/books"], "books"],
  ["/work/shop/inner/base", ["/work/shop", "/work/shop/inner"], "inner/base"],
  ["/a/config/base", ["/a/config", "/b/config"], "/a/config/base"],
])("%s in the folders %j is called %s", (root, folders, label) => expect(labelOf(root, folders)).toBe(label));
