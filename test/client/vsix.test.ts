import { expect, test } from "vitest";
import { neededBundles } from "../../client/scripts/vsix.mjs";

test("a bundle needs those that it loads on first use", () => {
  const texts = new Map([
    ["dist/client.cjs", 'a(require("./socks.cjs"));import_b=()=>require("./kubeconfig.cjs")'],
    ["dist/kubeconfig.cjs", 'require("./socks.cjs"),require("node:fs")'],
    ["README.md", 'require("./other.cjs")'],
  ]);
  expect(neededBundles([...texts.keys()], (name) => texts.get(name) ?? "")).toEqual([
    "dist/socks.cjs",
    "dist/kubeconfig.cjs",
  ]);
});
