import { expect, test } from "vitest";
import { goGlob } from "../../../server/src/argocd/goGlob";

const tree: ReadonlyMap<string, readonly string[]> = new Map([
  [".", ["b", "a", ".h", "ä", "a1", "B", "x*y", "*"]],
  ["..", ["app", "lib"]],
  ["../lib", ["two", "one", ".three"]],
  ["../app", ["a"]],
  ["./sub", ["c"]],
  ["sub", ["c"]],
  ["a", ["deep"]],
  ["a/deep", ["end"]],
  [".h", ["in"]],
  ["/", ["etc"]],
]);
const files = { list: (path: string) => tree.get(path) ?? [], isThere: (path: string) => tree.has(path) };

/** As `kustomize edit add component` 5.8.1 takes them. */
test.each<[string, readonly string[] | undefined]>([
  ["*", ["*", "B", "a", "a1", "b", "x*y", "ä"]],
  [".*", [".h"]],
  ["?", ["*", "B", "a", "b", "ä"]],
  ["a*", ["a", "a1"]],
  ["a**1", ["a1"]],
  ["[a-b]", ["a", "b"]],
  ["[^a-b]", ["*", "B", "ä"]],
  ["[ab]?", ["a1"]],
  ["\\*", ["*"]],
  ["x\\*y", ["x*y"]],
  ["[\\*]", ["*"]],
  ["../lib/*", ["../lib/one", "../lib/two"]],
  ["../*/one", ["../lib/one"]],
  ["*/deep/*", ["a/deep/end"]],
  ["./sub/*", ["sub/c"]],
  [".*/in", [".h/in"]],
  ["a/deep/*/", []],
  ["none*", []],
  ["a/none/*", []],
  ["a", ["a"]],
  ["a/none", []],
  ["/*", ["/etc"]],
  ["[", undefined],
  ["[]", undefined],
  ["[a", undefined],
  ["[a-]", undefined],
  ["[-a]", undefined],
  ["[b-a]", []],
  ["a\\", undefined],
  ["*/[", undefined],
  ["[/]*", undefined],
])("%s matches %j", (pattern, paths) => expect(goGlob(pattern, files)).toEqual(paths));

test("a hostile pattern ends at once", () => {
  const name = "a".repeat(5000);
  expect(goGlob(`${"*a".repeat(500)}b`, { list: () => [name], isThere: () => true })).toEqual([]);
});
