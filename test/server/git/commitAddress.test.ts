import { expect, test } from "vitest";
import { commitAddress } from "../../../server/src/git/commitAddress";

const commit = "3f9e2a1b7c";

test.each([
  ["https://github.com/team/web", `https://github.com/team/web/commit/${commit}`],
  ["https://github.com/team/web/tree/main/app", `https://github.com/team/web/commit/${commit}`],
  ["git@github.com:team/web.git", `https://github.com/team/web/commit/${commit}`],
  ["https://gitlab.com/group/sub/web.git", `https://gitlab.com/group/sub/web/-/commit/${commit}`],
  ["https://gitlab.acme.example/group/web/-/tree/main", `https://gitlab.acme.example/group/web/-/commit/${commit}`],
  ["https://codeberg.org/team/web", `https://codeberg.org/team/web/commit/${commit}`],
  ["http://gitea.local:3000/team/web", `http://gitea.local:3000/team/web/commit/${commit}`],
  ["https://bitbucket.org/team/web", `https://bitbucket.org/team/web/commits/${commit}`],
  ["https://git.acme.example/scm/TEAM/web.git", `https://git.acme.example/projects/TEAM/repos/web/commits/${commit}`],
  [
    "https://bitbucket.acme.example/projects/TEAM/repos/web/browse",
    `https://bitbucket.acme.example/projects/TEAM/repos/web/commits/${commit}`,
  ],
  ["https://acme@dev.azure.com/acme/shop/_git/web", `https://dev.azure.com/acme/shop/_git/web/commit/${commit}`],
  ["https://code.acme.example/team/web", `https://code.acme.example/team/web/commit/${commit}`],
])("the page of a commit of %s", (url, page) => expect(commitAddress(url, commit)).toBe(page));

test.each(["", "/srv/git/web", "https://github.com", "https://dev.azure.com/acme/shop"])("%j has none", (url) => {
  expect(commitAddress(url, commit)).toBeUndefined();
});
