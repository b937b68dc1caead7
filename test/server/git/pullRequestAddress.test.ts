import { expect, test } from "vitest";
import { pullRequestAddress } from "../../../server/src/git/pullRequestAddress";

const branch = "bump/person service#1";
const written = "bump/person%20service%231";

test.each([
  ["git@github.com:wpernath/book.git", `https://github.com/wpernath/book/compare/main...${written}?expand=1`],
  [
    "https://user:token@github.com/wpernath/book",
    `https://github.com/wpernath/book/compare/main...${written}?expand=1`,
  ],
  [
    "ssh://git@ssh.github.com:443/wpernath/book.git",
    `https://github.com/wpernath/book/compare/main...${written}?expand=1`,
  ],
  ["https://github.acme.example/a/b.git/", `https://github.acme.example/a/b/compare/main...${written}?expand=1`],
  [
    "git@gitlab.com:group/sub/book.git",
    "https://gitlab.com/group/sub/book/-/merge_requests/new?merge_request%5Bsource_branch%5D=bump%2Fperson%20service%231&merge_request%5Btarget_branch%5D=main",
  ],
  ["http://gitea.local:3000/a/b.git", `http://gitea.local:3000/a/b/compare/main...${written}`],
  ["ssh://git@codeberg.org:2222/a/b", `https://codeberg.org/a/b/compare/main...${written}`],
  [
    "git@bitbucket.org:team/book.git",
    "https://bitbucket.org/team/book/pull-requests/new?source=bump%2Fperson%20service%231&dest=main",
  ],
  [
    "https://git.acme.example/scm/TEAM/book.git",
    "https://git.acme.example/projects/TEAM/repos/book/pull-requests?create&sourceBranch=refs%2Fheads%2Fbump%2Fperson%20service%231&targetBranch=refs%2Fheads%2Fmain",
  ],
  [
    "ssh://git@bitbucket.acme.example:7999/~ada/book.git",
    "https://bitbucket.acme.example/users/ada/repos/book/pull-requests?create&sourceBranch=refs%2Fheads%2Fbump%2Fperson%20service%231&targetBranch=refs%2Fheads%2Fmain",
  ],
  [
    "https://acme@dev.azure.com/acme/Web%20Shop/_git/book",
    "https://dev.azure.com/acme/Web%20Shop/_git/book/pullrequestcreate?sourceRef=bump%2Fperson%20service%231&targetRef=main",
  ],
  [
    "git@ssh.dev.azure.com:v3/acme/shop/book",
    "https://dev.azure.com/acme/shop/_git/book/pullrequestcreate?sourceRef=bump%2Fperson%20service%231&targetRef=main",
  ],
])("%s", (url, page) => expect(pullRequestAddress(url, { branch, into: "main" })).toBe(page));

test("without a target the server takes its default", () => {
  expect(pullRequestAddress("git@github.com:a/b", { branch: "x" })).toBe("https://github.com/a/b/compare/x?expand=1");
  expect(pullRequestAddress("git@gitea.example:a/b", { branch: "x" })).toBe("https://gitea.example/a/b/compare/x");
});

test("a server that nobody knows can be named", () => {
  const url = "https://git.acme.example/a/b.git";
  expect(pullRequestAddress(url, { branch: "x" })).toBeUndefined();
  expect(pullRequestAddress(url, { branch: "x", forge: "gitea" })).toBe("https://git.acme.example/a/b/compare/x");
});

test.each([
  "/srv/git/a.git",
  "file:///srv/git/a.git",
  "../a.git",
  "C:\\git\\a.git",
  "C:/git/a",
  "",
  "https://github.com",
])("%j is no address of a page", (url) => expect(pullRequestAddress(url, { branch: "x" })).toBeUndefined());
