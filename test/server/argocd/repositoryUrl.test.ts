import { describe, expect, test } from "vitest";
import { findRepository, isSameRepository, normalizeRepositoryUrl } from "../../../server/src/argocd/repositoryUrl";

describe("the URL of a repository", () => {
  test.each([
    [" https://GitHub.com/Team/App.git ", "https://github.com/team/app"],
    ["git@github.com:team/app.git", "git@github.com/team/app"],
    ["ssh://git@github.com/team/app.git", "git@github.com/team/app"],
    ["https://github.com/team/*", "https://github.com/team/*"],
    ["*", "*"],
  ])("%s is compared as %s", (written, compared) => expect(normalizeRepositoryUrl(written)).toBe(compared));

  test.each([
    ["https://github.com/team/app", "git@github.com:team/app.git"],
    ["https://github.com/team/app.git/", "ssh://git@github.com:22/team/app"],
    ["https://token@example.com:8443/team/app", "https://example.com/team/app.git"],
    ["/srv/git/app.git", "/srv/git/app"],
  ])("%s and %s are the same repository", (one, other) => expect(isSameRepository(one, other)).toBe(true));

  test.each([
    ["https://github.com/team/app", "https://github.com/team/app-config"],
    ["https://github.com/team/app", "https://gitlab.com/team/app"],
    ["https://github.com/team/app", "/team/app"],
  ])("%s and %s are not", (one, other) => expect(isSameRepository(one, other)).toBe(false));

  test("any remote makes a work tree that of the repository", () => {
    const fork = { remotes: [{ url: "git@github.com:me/app.git" }, { url: "https://github.com/team/app.git" }] };
    expect(findRepository([{ remotes: [] }, fork], "https://github.com/team/app")).toBe(fork);
    expect(findRepository([fork], "https://github.com/team/other")).toBeUndefined();
  });
});
