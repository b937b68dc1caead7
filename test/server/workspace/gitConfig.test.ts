import { expect, test } from "vitest";
import { parseHead, parseRemotes } from "../../../server/src/workspace/gitConfig";

test("remotes have the addresses of their sections, each of them", () => {
  const config = [
    "[core]",
    "\tbare = false",
    '[remote "origin"]',
    "\turl = git@github.com:acme/config.git",
    "\tfetch = +refs/heads/*:refs/remotes/origin/*",
    '[remote "mirrors"] ; two of them',
    "\turl = https://a.example.com/config",
    "\tURL = https://b.example.com/config # the other",
    '[branch "main"]',
    "\tremote = origin",
  ];
  const expected = [
    { name: "origin", url: "git@github.com:acme/config.git" },
    { name: "mirrors", url: "https://a.example.com/config" },
    { name: "mirrors", url: "https://b.example.com/config" },
  ];
  expect(parseRemotes(config.join("\n"))).toEqual(expected);
  expect(parseRemotes(config.join("\r\n"))).toEqual(expected);
});

test.each([
  ['[remote "a b\\"c"]\nurl = x', { name: 'a b"c', url: "x" }],
  ["[Remote.Origin]\nurl = x", { name: "origin", url: "x" }],
  ['[remote "o"] url = "x # y" ', { name: "o", url: "x # y" }],
  ['[remote "o"]\nurl = x\\\ny', { name: "o", url: "xy" }],
  ['[remote "o"]\nurl = x \\\\\n', { name: "o", url: "x \\" }],
  ['[remote "o"]\nurl = " x "\n', { name: "o", url: " x " }],
])("%s", (config, remote) => expect(parseRemotes(config)).toEqual([remote]));

test("addresses are rewritten by the longest 'insteadOf' that fits", () => {
  const config = `
[url "https://github.com/"]
  insteadOf = gh:
[url "ssh://git@internal/acme/"]
  insteadOf = gh:acme/
[remote "origin"]
  url = gh:acme/config.git
[remote "upstream"]
  url = gh:other/config.git
`;
  expect(parseRemotes(config)).toEqual([
    { name: "origin", url: "ssh://git@internal/acme/config.git" },
    { name: "upstream", url: "https://github.com/other/config.git" },
  ]);
});

test.each(["", "[", "[remote]\nurl", '[remote "o"]\nurl', '[remote "o"', "= x", "\0\0", '[remote "o"]\nurl ='])(
  "what is no configuration gives no address: %j",
  (config) => expect(parseRemotes(config).filter(({ url }) => url !== "true")).toEqual([]),
);

test("HEAD names a branch, or none", () => {
  expect(parseHead("ref: refs/heads/release/1.0\n")).toBe("release/1.0");
  expect(parseHead("1af75a2c1e0b0b1f6f3c7b5e1f5f0a4d8b2e9c3d\n")).toBeUndefined();
  expect(parseHead("ref: refs/heads/.invalid\n")).toBeUndefined();
});
