import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGitWork, type GitWork } from "../../../server/src/git/gitWork";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import { failureOf, get } from "../../support/gitOutcome";
import { addHook, type GitRepository, gitRepository } from "../../support/gitRepository";
import { isRead } from "../../support/namedPipe";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

interface Opened extends GitRepository {
  readonly work: GitWork;
  readonly path: (name: string) => string;
  /** Everything that a failed step must leave as it was. */
  readonly state: () => unknown;
}

function open(files: Readonly<Record<string, string>> = { "a.yaml": "a: 1\n", "b.yaml": "b: 1\n" }): Opened {
  const repository = gitRepository(files);
  const { root, git } = repository;
  return {
    ...repository,
    work: createGitWork(nodePrograms, root),
    path: (name) => join(root, name),
    state: () => [
      git("symbolic-ref", "HEAD"),
      git("for-each-ref"),
      git("ls-files", "--stage"),
      git("status", "--porcelain"),
      existsSync(join(root, ".git/index.lock")),
      existsSync(join(root, ".git/MERGE_HEAD")),
    ],
  };
}

describe("status", () => {
  test("says of each file what git says", async () => {
    const { git, write, work, path } = open({
      "clean.yaml": "",
      "edited.yaml": "",
      "staged.yaml": "",
      "both.yaml": "",
      "deleted.yaml": "",
      "glob.yaml": "",
      ".gitignore": "ignored/\n",
    });
    write({ "edited.yaml": "a: 1\n", "staged.yaml": "a: 1\n", "both.yaml": "a: 1\n", "glob.yaml": "a: 1\n" });
    git("add", "staged.yaml", "both.yaml");
    write({ "both.yaml": "a: 2\n", "ignored/x.yaml": "", "new dir/ü.yaml": "", "g*.yaml": "" });
    rmSync(path("deleted.yaml"));
    const names = ["edited", "clean", "staged", "both", "deleted", "ignored/x", "new dir/ü", "g*", "nowhere"];
    const status = get(await work.status(names.map((name) => path(`${name}.yaml`))));
    expect(status.map(({ path: of, state, staged }) => [of.slice(work.root.length + 1), state, staged])).toEqual([
      ["edited.yaml", "changed", false],
      ["clean.yaml", "clean", false],
      ["staged.yaml", "changed", true],
      ["both.yaml", "changed", true],
      ["deleted.yaml", "changed", false],
      ["ignored/x.yaml", "ignored", false],
      ["new dir/ü.yaml", "untracked", false],
      ["g*.yaml", "untracked", false],
      ["nowhere.yaml", "clean", false],
    ]);
  });

  test("knows conflicts, and files that are not its own", async () => {
    const { work, path } = openConflict();
    expect(get(await work.status([path("a.yaml")]))).toEqual([
      { path: path("a.yaml"), state: "conflicted", staged: false },
    ]);
    expect(failureOf(await work.status(["/elsewhere/a.yaml"])).message).toContain("'/elsewhere/a.yaml'");
    expect(get(await work.status([]))).toEqual([]);
  });
});

/** A merge that stopped. */
function openConflict(): Opened {
  const opened = open();
  const { git, write } = opened;
  git("checkout", "-q", "-b", "other");
  write({ "a.yaml": "a: 2\n" });
  git("commit", "-q", "-a", "-m", "Two");
  git("checkout", "-q", "main");
  write({ "a.yaml": "a: 3\n" });
  git("commit", "-q", "-a", "-m", "Three");
  expect(() => git("merge", "-q", "other")).toThrow();
  return opened;
}

describe("what is checked out", () => {
  test("is a branch, a commit, or nothing yet", async () => {
    const { git, work } = open();
    const commit = git("rev-parse", "HEAD");
    expect(get(await work.checkedOut())).toEqual({ branch: "main", commit, upstream: undefined });
    git("checkout", "-q", "--detach");
    expect(get(await work.checkedOut())).toEqual({ branch: undefined, commit, upstream: undefined });
    expect(get(await open({}).work.checkedOut())).toEqual({ branch: "main", commit: undefined, upstream: undefined });
  });

  test("says what git is in the middle of", async () => {
    const { git, work } = openConflict();
    expect(get(await work.checkedOut()).operation).toBe("merge");
    expect(failureOf(await work.createBranch("x", { checkOut: true })).kind).toBe("operationInProgress");
    git("reset", "-q", "--hard");
    expect(() => git("rebase", "other")).toThrow();
    expect(get(await work.checkedOut())).toMatchObject({ branch: undefined, operation: "rebase" });
  });

  test("is nothing where there is no repository", async () => {
    const failure = failureOf(await createGitWork(nodePrograms, temporaryFolder({})).checkedOut());
    expect(failure.kind).toBe("noRepository");
  });
});

describe("a new branch", () => {
  test.each([false, true])("leaves files and index alone (checked out: %j)", async (checkOut) => {
    const { git, write, work } = open();
    write({ "a.yaml": "a: 2\n", "b.yaml": "b: 2\n" });
    git("add", "b.yaml");
    const before = [git("status", "--porcelain"), git("ls-files", "--stage")];
    const { branch } = get(await work.createBranch("bump/one", { checkOut }));
    expect(branch).toBe(checkOut ? "bump/one" : "main");
    expect([git("status", "--porcelain"), git("ls-files", "--stage")]).toEqual(before);
    expect(git("rev-parse", "bump/one")).toBe(git("rev-parse", "main"));
  });

  test.each([
    ["main", "branchExists"],
    ["main/more", "branchExists"],
    ["a..b", "badBranchName"],
    ["-d", "badBranchName"],
    ["@{-1}", "badBranchName"],
    ["", "badBranchName"],
  ])("%j is refused", async (name, kind) => {
    const { work, state } = open();
    const before = state();
    expect(failureOf(await work.createBranch(name, { checkOut: true })).kind).toBe(kind);
    expect(state()).toEqual(before);
  });

  test("needs a commit", async () => {
    expect(failureOf(await open({}).work.createBranch("x")).kind).toBe("noCommit");
  });
});

describe("a commit", () => {
  test("has the files that are named, and leaves alone what else is staged or changed", async () => {
    const { git, write, work, path } = open({ "a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "", "gone.yaml": "" });
    write({ "a.yaml": "a: 2\n", "b.yaml": "b: 2\n", "c.yaml": "c: 2\n", "new/[x].yaml": "x: 1\n", "new/x.yaml": "" });
    rmSync(path("gone.yaml"));
    git("add", "b.yaml");
    const paths = ["a.yaml", "new/[x].yaml", "gone.yaml"].map(path);
    const { commit, branch } = get(await work.commit({ paths, message: "Bump a\n\n# why\nBecause.\n" }));
    expect([commit, branch]).toEqual([git("rev-parse", "HEAD"), "main"]);
    expect(git("show", "--format=%B", "--name-status", "HEAD").split("\n")).toEqual([
      ...["Bump a", "", "# why", "Because.", "", "", "M\ta.yaml", "D\tgone.yaml", "A\tnew/[x].yaml"],
    ]);
    expect(git("status", "--porcelain").split("\n")).toEqual(["M  b.yaml", " M c.yaml", "?? new/x.yaml"]);
  });

  test("goes to a new branch, from which the old one stays as it was; or begins a repository", async () => {
    const { git, write, work, path } = open();
    write({ "a.yaml": "a: 2\n" });
    const before = git("rev-parse", "main");
    expect(get(await work.commit({ paths: [path("a.yaml")], message: "x", newBranch: "bump" })).branch).toBe("bump");
    expect([git("rev-parse", "main"), git("rev-parse", "bump~1"), git("symbolic-ref", "HEAD")]).toEqual([
      ...[before, before, "refs/heads/bump"],
    ]);
    const empty = open({});
    empty.write({ "a.yaml": "a: 1\n" });
    expect(get(await empty.work.commit({ paths: [empty.path("a.yaml")], message: "x" })).branch).toBe("main");
  });

  test.each([
    ["pre-commit", "echo 'error: too late on a Friday' >&2; exit 1"],
    ["commit-msg", "echo 'error: too late on a Friday'; exit 3"],
  ])("that %s declines changes nothing", async (hook, script) => {
    const repository = open();
    const { write, work, path, state } = repository;
    addHook(repository, hook, script);
    write({ "a.yaml": "a: 2\n", "new.yaml": "" });
    const before = state();
    const request = { paths: [path("a.yaml"), path("new.yaml")], message: "x", newBranch: "bump" };
    const failure = failureOf(await work.commit(request));
    expect([failure.kind, failure.detail, failure.stands]).toEqual([
      ...["hookDeclined", "error: too late on a Friday", undefined],
    ]);
    expect(state()).toEqual(before);
  });

  test.each([true, false])(
    "on a new branch can leave everything else as it was (on a branch: %j)",
    async (isOnBranch) => {
      const { root, git, write, work, path } = open({ "a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "gone.yaml": "" });
      if (!isOnBranch) git("checkout", "-q", "--detach");
      write({ "b.yaml": "b: 2\n", "c.yaml": "" });
      git("add", "b.yaml");
      const before = [git("rev-parse", "--abbrev-ref", "HEAD"), git("rev-parse", "HEAD"), git("status", "--porcelain")];
      write({ "a.yaml": "a: 2\n", "new.yaml": "n: 1\n" });
      rmSync(path("gone.yaml"));
      const paths = ["a.yaml", "new.yaml", "gone.yaml"].map(path);
      const made = get(await work.commit({ paths, message: "x", newBranch: "bump", comeBack: true }));
      expect(made).toEqual({ commit: git("rev-parse", "bump"), branch: "bump", stayed: undefined });
      expect(git("diff", "--name-status", "bump~1", "bump").split("\n")).toEqual([
        "M\ta.yaml",
        "D\tgone.yaml",
        "A\tnew.yaml",
      ]);
      expect([
        git("rev-parse", "--abbrev-ref", "HEAD"),
        git("rev-parse", "HEAD"),
        git("status", "--porcelain"),
      ]).toEqual(before);
      expect(readFileSync(`${root}/a.yaml`, "utf8")).toBe("a: 1\n");
    },
  );

  test("that fails without a branch goes back to none", async () => {
    const repository = open();
    const { git, write, work, path } = repository;
    addHook(repository, "pre-commit", "exit 1");
    git("checkout", "-q", "--detach");
    const before = [git("rev-parse", "HEAD"), git("for-each-ref")];
    write({ "a.yaml": "a: 2\n" });
    failureOf(await work.commit({ paths: [path("a.yaml")], message: "x", newBranch: "bump" }));
    expect([git("rev-parse", "HEAD"), git("for-each-ref")]).toEqual(before);
    expect(get(await work.checkedOut()).branch).toBeUndefined();
  });

  test("runs hooks as the person's own would", async () => {
    const repository = open();
    const marks = temporaryFolder({});
    addHook(repository, "pre-commit", `git diff --cached --name-only '*.yaml' > ${marks}/files`);
    addHook(repository, "prepare-commit-msg", `echo "Ticket: 7" >> "$1"`);
    repository.write({ "a.yaml": "a: 2\n", "b.yaml": "b: 2\n" });
    get(await repository.work.commit({ paths: [repository.path("a.yaml")], message: "Bump" }));
    expect(readFileSync(`${marks}/files`, "utf8")).toBe("a.yaml\n");
    expect(repository.git("log", "-1", "--format=%B")).toContain("Ticket: 7");
  });

  test.each([
    ["nothing to commit", "nothingToCommit", () => {}],
    [
      "something staged of the file",
      "staged",
      ({ git, write }: Opened) => {
        write({ "a.yaml": "a: 2\n" });
        git("add", "a.yaml");
        write({ "a.yaml": "a: 3\n" });
      },
    ],
    [
      "a file that is ignored",
      "ignored",
      ({ git, write }: Opened) => {
        git("rm", "-q", "a.yaml");
        write({ ".gitignore": "a.yaml\n" });
        git("add", ".gitignore");
        git("commit", "-q", "-m", "Ignore");
        write({ "a.yaml": "a: 3\n" });
      },
    ],
    [
      "nobody who commits",
      "noIdentity",
      ({ git, write }: Opened) => {
        write({ "a.yaml": "a: 2\n" });
        setVariable("GIT_CONFIG_GLOBAL", "/dev/null");
        git("config", "user.useConfigOnly", "true");
        git("config", "--unset", "user.email");
      },
    ],
    [
      "a key that is not there",
      "signingFailed",
      ({ git, write }: Opened) => {
        write({ "a.yaml": "a: 2\n" });
        git("config", "commit.gpgSign", "true");
        git("config", "gpg.program", "false");
      },
    ],
    [
      "a lock that somebody holds",
      "locked",
      ({ write, path }: Opened) => {
        write({ "a.yaml": "a: 2\n", ".git/index.lock": "" });
        expect(path("a.yaml")).toContain("a.yaml");
      },
    ],
    [
      "a merge under way",
      "operationInProgress",
      ({ git, write }: Opened) => {
        git("checkout", "-q", "-b", "other");
        write({ "b.yaml": "b: 2\n" });
        git("commit", "-q", "-a", "-m", "Two");
        git("checkout", "-q", "main");
        git("merge", "-q", "--no-ff", "--no-commit", "other");
        write({ "a.yaml": "a: 2\n" });
      },
    ],
  ])("with %s is refused and changes nothing", async (_what, kind, prepare) => {
    const repository = open();
    prepare(repository);
    const before = repository.state();
    const request = { paths: [repository.path("a.yaml")], message: "Bump", newBranch: "bump" };
    const failure = failureOf(await repository.work.commit(request));
    expect([failure.kind, failure.stands]).toEqual([kind, undefined]);
    expect(repository.state()).toEqual(before);
  });

  test("with conflicts or without a message is refused", async () => {
    const conflict = openConflict();
    const request = { paths: [conflict.path("a.yaml")], message: "Bump" };
    expect(failureOf(await conflict.work.commit(request)).kind).toBe("operationInProgress");
    conflict.git("update-ref", "-d", "MERGE_HEAD");
    expect(failureOf(await conflict.work.commit(request)).kind).toBe("conflicted");
    const { write, work, path } = open();
    write({ "a.yaml": "a: 2\n" });
    expect(failureOf(await work.commit({ paths: [path("a.yaml")], message: " \n" })).message).toContain("message");
  });

  test("whose hook hangs is stopped, with all that the hook started, and changes nothing", async () => {
    const repository = open();
    const { write, work, path, state } = repository;
    const pipe = join(temporaryFolder({}), "wait");
    addHook(repository, "pre-commit", `mkfifo ${pipe}; while cat ${pipe}; do :; done`);
    write({ "a.yaml": "a: 2\n" });
    const before = state();
    const request = { paths: [path("a.yaml")], message: "x", newBranch: "bump" };
    const asking = new AbortController();
    const committing = work.commit({ ...request, signal: asking.signal });
    await expect.poll(() => isRead(pipe)).toBe(true);
    asking.abort();
    expect(failureOf(await committing).kind).toBe("cancelled");
    expect(state()).toEqual(before);
    await expect.poll(() => isRead(pipe)).toBe(false);
    expect(failureOf(await work.commit({ ...request, timeout: 300 })).kind).toBe("timedOut");
    expect(state()).toEqual(before);
    expect(failureOf(await work.commit({ ...request, signal: AbortSignal.abort() })).kind).toBe("cancelled");
  });

  test("that is made counts, even where what comes after it hangs", async () => {
    const repository = open();
    const pipe = join(temporaryFolder({}), "wait");
    addHook(repository, "post-commit", `mkfifo ${pipe}; while cat ${pipe}; do :; done`);
    repository.write({ "a.yaml": "a: 2\n" });
    const asking = new AbortController();
    const request = { paths: [repository.path("a.yaml")], message: "x", signal: asking.signal };
    const committing = repository.work.commit(request);
    await expect.poll(() => isRead(pipe)).toBe(true);
    asking.abort();
    const { commit } = get(await committing);
    expect(commit).toBe(repository.git("rev-parse", "HEAD"));
    expect(repository.git("log", "--format=%s").split("\n")).toEqual(["x", "First"]);
  });
});

describe("history", () => {
  test("of a file has the commits that changed it, the newest first", async () => {
    const { git, write, work, path, root } = open();
    for (const value of [2, 3]) {
      write({ "a.yaml": `a: ${value}\n` });
      git("commit", "-q", "-a", "-m", `Bump to ${value}\n\nBecause.\nSo.`);
    }
    const entries = get(await work.log(path("a.yaml")));
    expect(entries.map(({ subject, body }) => [subject, body])).toEqual([
      ...[
        ["Bump to 3", "Because.\nSo."],
        ["Bump to 2", "Because.\nSo."],
        ["First", ""],
      ],
    ]);
    const [newest] = get(await work.log(root, { limit: 1 }));
    expect(newest).toMatchObject({ commit: git("rev-parse", "HEAD"), author: "Test", email: "test@example.com" });
    expect(newest?.time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(get(await work.log(path("b.yaml"))).map(({ subject }) => subject)).toEqual(["First"]);
    expect(get(await work.log(path("none.yaml")))).toEqual([]);
    expect(get(await open({}).work.log(path("a.yaml")))).toEqual([]);
  });

  test("gives files as they were", async () => {
    const { git, write, work, path } = open();
    write({ "a.yaml": "a: 2\n" });
    git("commit", "-q", "-a", "-m", "Two");
    writeFileSync(path("a.yaml"), "a: 3\n");
    expect(get(await work.texts("HEAD~1", [path("a.yaml")])).get(path("a.yaml"))).toBe("a: 1\n");
    expect(get(await work.texts("nothing", [path("a.yaml")])).get(path("a.yaml"))).toBeUndefined();
  });
});
