import { expect, test } from "vitest";
import { labelOf } from "../../../server/src/features/previewTargets";

test.each([
  ["/repo/config/base", ["/repo/config"], "base"],
  ["/repo/config", ["/repo/config"], "."],
  ["/elsewhere/base", ["/repo/config"], "/elsewhere/base"],
  ["/repo/shop/base", ["/repo/shop", "/repo/books"], "shop/base"],
  ["/repo/books", ["/repo/shop", "/repo/books"], "books"],
  ["/repo/books/base/a.yaml", ["/repo/shop", "/repo/books"], "books/base/a.yaml"],
  ["/repo/shop/inner/base", ["/repo/shop", "/repo/shop/inner"], "inner/base"],
  ["/a/config/base", ["/a/config", "/b/config"], "/a/config/base"],
])("%s in the folders %j is called %s", (root, folders, label) => expect(labelOf(root, folders)).toBe(label));
