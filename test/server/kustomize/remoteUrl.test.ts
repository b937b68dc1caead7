import { expect, test } from "vitest";
import { isRemoteFile, parseRepositoryUrl } from "../../../server/src/kustomize/remoteUrl";

test.each([
  ["https://github.com/org/repo", "https://github.com/org/repo", "", ""],
  ["https://github.com/org/repo//base?ref=v1", "https://github.com/org/repo", "base", "v1"],
  ["github.com/org/repo/deep/base?version=v2", "https://github.com/org/repo", "deep/base", "v2"],
  ["git@github.com:org/repo.git//base", "git@github.com:org/repo.git", "base", ""],
  ["ssh://git@host.example/org/repo.git/base?ref=a", "ssh://git@host.example/org/repo.git", "base", "a"],
  ["https://dev.example/org/project/_git/repo/base", "https://dev.example/org/project/_git/repo", "base", ""],
  ["file:///srv/repo//base", "file:///srv/repo", "base", ""],
])("%s is a repository", (path, clone, directory, ref) => {
  expect(parseRepositoryUrl(path)).toEqual({ clone, directory, ref });
});

test.each(["../base", "base/sub", "/abs/path", "https://github.com/org", "https://github.com/org/repo//../.."])(
  "%s is no repository",
  (path) => expect(parseRepositoryUrl(path)).toBeUndefined(),
);

test("only http and https can name a file far away", () => {
  expect(isRemoteFile("https://host.example/a.yaml")).toBe(true);
  expect(isRemoteFile("ssh://host.example/a.yaml")).toBe(false);
  expect(isRemoteFile("a.yaml")).toBe(false);
});
