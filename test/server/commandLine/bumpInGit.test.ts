import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileSystemError } from "../../../server/src/platform/fileSystem";
import { nodeSyncFileSystem } from "../../../server/src/platform/node/nodeSyncFileSystem";
import { replaceFile } from "../../../server/src/platform/node/replaceFile";
import { bumpRepository } from "../../support/bumpRepository";
import { serveRepositories } from "../../support/gitHttpServer";
import { addHook, bareRepository, type GitRepository, repositoryAt } from "../../support/gitRepository";
import { runBump } from "../../support/runBump";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

const image = "registry.example/team/app";
const stage = "config/overlays/stage";
const stageFile = `${stage}/kustomization.yaml`;
const words = (tag: string, ...more: readonly string[]) => [stage, "--image", image, "--tag", tag, ...more];

const read = ({ root }: GitRepository, path = stageFile): string => readFileSync(join(root, path), "utf8");

/** What a run that is refused or fails must leave as it was. */
function stateOf({ git, root }: GitRepository): unknown {
  const head = readFileSync(join(root, ".git/HEAD"), "utf8");
  return [
    head,
    git("for-each-ref"),
    git("status", "--porcelain"),
    git("ls-files", "--stage"),
    read({ root } as GitRepository),
  ];
}

describe("without a branch, as pipelines clone", () => {
  test("a commit gets a branch of its own, and `git push origin HEAD:main` works as ever", async () => {
    const repository = bumpRepository(image);
    const bare = bareRepository(repository);
    repository.git("remote", "add", "origin", `file://${bare.root}`);
    repository.git("checkout", "-q", "--detach");
    const end = await runBump(repository.root, words("2.0", "--commit"));
    expect(end.out).toMatch(/Committed [0-9a-f]{12} on 'bump\/app-stage-2.0'\./);
    expect(repository.git("rev-parse", "--abbrev-ref", "HEAD")).toBe("bump/app-stage-2.0");
    repository.git("push", "-q", "origin", "HEAD:main");
    expect(bare.git("show", `main:${stageFile}`)).toContain('newTag: "2.0"');
  });

  test("there is none to commit to when just that is asked for", async () => {
    const repository = bumpRepository(image);
    repository.git("checkout", "-q", "--detach");
    const before = stateOf(repository);
    for (const how of ["--commit", "--push"]) {
      const end = await runBump(repository.root, words("2.0", how, "--current-branch"));
      expect([end.code, end.err]).toEqual([1, expect.stringContaining("git checkout -B main")]);
    }
    expect(stateOf(repository)).toEqual(before);
  });
});

describe("a new branch", () => {
  test("takes the commit, unless the one that is checked out is asked for", async () => {
    const repository = bumpRepository(image);
    const { git } = repository;
    const main = git("rev-parse", "main");
    expect((await runBump(repository.root, words("2.0", "--commit"))).code).toBe(0);
    expect([git("rev-parse", "main"), git("symbolic-ref", "--short", "HEAD")]).toEqual([main, "bump/app-stage-2.0"]);
    expect((await runBump(repository.root, words("3.0", "--commit", "--current-branch"))).code).toBe(0);
    expect(git("log", "--format=%s", "main..bump/app-stage-2.0").split("\n")).toEqual([
      `Bump ${image} to 3.0 in ${stage}`,
      `Bump ${image} to 2.0 in ${stage}`,
    ]);
  });

  test("with a name that is taken here or cannot be one changes nothing", async () => {
    const repository = bumpRepository(image);
    repository.git("branch", "bump/app-stage-2.0");
    const before = stateOf(repository);
    const taken = await runBump(repository.root, words("2.0", "--push"));
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining("'--branch'")]);
    for (const name of ["a b", "", "-x", "a..b"]) {
      const end = await runBump(repository.root, words("2.0", "--commit", `--branch=${name}`));
      expect([end.code, end.err]).toEqual([1, expect.stringContaining("cannot be the name of a branch")]);
    }
    expect(stateOf(repository)).toEqual(before);
    const named = await runBump(repository.root, words("2.0", "--commit", "--branch", "release-1.2"));
    expect([named.code, repository.git("symbolic-ref", "--short", "HEAD")]).toEqual([0, "release-1.2"]);
  });

  test("that is there on the server already is not overwritten; the commit stays", async () => {
    const repository = bumpRepository(image);
    const bare = bareRepository(repository);
    repository.git("remote", "add", "origin", bare.root);
    repository.git("commit", "-q", "--allow-empty", "-m", "Of somebody else");
    repository.git("push", "-q", "origin", "HEAD:bump/app-stage-2.0");
    repository.git("reset", "-q", "--hard", "HEAD~1");
    const end = await runBump(repository.root, words("2.0", "--push"));
    expect([end.code, end.err]).toEqual([1, expect.stringContaining("give another name with '--branch'")]);
    expect(bare.git("log", "-1", "--format=%s", "bump/app-stage-2.0")).toBe("Of somebody else");
    expect(repository.git("show", `HEAD:${stageFile}`)).toContain('newTag: "2.0"');
  });
});

describe("a push that fails is explained and leaves the commit", () => {
  test.each([
    [
      "a protected branch",
      1,
      "protected: open a pull request",
      ({ bare }: Pushing) => addHook(bare, "update", "echo 'main is protected: open a pull request'; exit 1"),
    ],
    [
      "a hook of the person",
      1,
      "tests are red",
      ({ local }: Pushing) => addHook(local, "pre-push", "echo tests are red >&2; exit 1"),
    ],
    ["no remote", 2, "git remote add origin", ({ local }: Pushing) => void local.git("remote", "remove", "origin")],
    [
      "a server that is gone",
      2,
      "There is no repository at",
      ({ bare }: Pushing) => renameSync(bare.root, `${bare.root}.away`),
    ],
    [
      "nobody signed in",
      2,
      "did not accept who you are",
      async ({ local, bare }: Pushing) => {
        const server = await serveRepositories(bare.root, { people: ["anna:correct"] });
        for (const name of ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"]) setVariable(name, "/dev/null");
        setVariable("GIT_ASKPASS", "");
        local.git("remote", "set-url", "origin", server.url);
      },
    ],
  ])("%s", async (_what, code, says, prepare) => {
    const local = bumpRepository(image);
    const bare = bareRepository(local);
    local.git("remote", "add", "origin", bare.root);
    await prepare({ local, bare });
    const end = await runBump(local.root, words("2.0", "--push", "--format", "json"));
    const { changed, commit, pushed, problem } = JSON.parse(end.out);
    expect([end.code, changed, commit, pushed]).toEqual([code, true, local.git("rev-parse", "HEAD"), undefined]);
    expect(JSON.stringify(problem)).toContain(says);
    expect(local.git("show", `HEAD:${stageFile}`)).toContain('newTag: "2.0"');
  });
});

interface Pushing {
  readonly local: GitRepository;
  readonly bare: GitRepository;
}

describe("a commit that cannot be leaves everything as it was", () => {
  test.each<[string, number, string, (repository: GitRepository) => void]>([
    [
      "the file is staged",
      1,
      "is staged",
      (repository) => {
        const text = read(repository);
        repository.write({ [stageFile]: `${text}# mine\n` });
        repository.git("add", stageFile);
        repository.write({ [stageFile]: text });
      },
    ],
    [
      "the file is not in git",
      1,
      "not in git yet",
      (repository) => {
        repository.git("rm", "-q", "--cached", stageFile);
        repository.git("commit", "-q", "-m", "Out");
      },
    ],
    [
      "the file is ignored",
      1,
      "ignored by git and cannot be committed",
      (repository) => {
        repository.git("rm", "-q", "--cached", stageFile);
        repository.write({ ".gitignore": "stage/\n" });
        repository.git("add", ".gitignore");
        repository.git("commit", "-q", "-m", "Out");
      },
    ],
    [
      "a merge is under way",
      1,
      "merge is under way",
      ({ git, write }) => {
        git("checkout", "-q", "-b", "other");
        write({ "b.txt": "" });
        git("add", "b.txt");
        git("commit", "-q", "-m", "Two");
        git("checkout", "-q", "main");
        git("merge", "-q", "--no-ff", "--no-commit", "other");
      },
    ],
    [
      "nobody is known to commit",
      2,
      "Git does not know who commits",
      ({ git }) => {
        setVariable("GIT_CONFIG_GLOBAL", "/dev/null");
        git("config", "user.useConfigOnly", "true");
        git("config", "--unset", "user.email");
      },
    ],
    [
      "it cannot be signed",
      2,
      "could not be signed",
      ({ git }) => {
        git("config", "commit.gpgSign", "true");
        git("config", "gpg.program", "false");
      },
    ],
    [
      "a hook says no",
      1,
      "not on fridays",
      (repository) => addHook(repository, "commit-msg", "echo not on fridays; exit 1"),
    ],
    [
      "another git is at work",
      2,
      "Another git is at work",
      (repository) => repository.write({ ".git/index.lock": "" }),
    ],
  ])("%s", async (_what, code, says, prepare) => {
    const repository = bumpRepository(image);
    prepare(repository);
    const before = stateOf(repository);
    for (const more of [[], ["--branch", "bump/one"]]) {
      const end = await runBump(repository.root, words("2.0", "--commit", ...more));
      expect([end.code, end.err]).toEqual([code, expect.stringContaining(says)]);
      expect(stateOf(repository)).toEqual(before);
    }
  });

  test("and says so when a hook wrote into the file besides", async () => {
    const repository = bumpRepository(image);
    addHook(repository, "pre-commit", `echo '# formatted' >> ${stageFile}; exit 1`);
    const end = await runBump(repository.root, words("2.0", "--commit"));
    expect([end.code, end.err]).toEqual([1, expect.stringContaining("The change stays")]);
    expect(read(repository)).toMatch(/newTag: "2.0"[\s\S]*# formatted\n$/);
  });
});

describe("what is written", () => {
  test("keeps a change of the same file that comes in between", async () => {
    const repository = bumpRepository(image);
    let reads = 0;
    const end = await runBump(repository.root, words("2.0"), {
      syncFileSystem: {
        ...nodeSyncFileSystem,
        readFile(path) {
          if (path.endsWith(stageFile) && ++reads === 2) writeFileSync(path, "# of somebody else\n");
          return nodeSyncFileSystem.readFile(path);
        },
      },
    });
    expect([end.code, end.err]).toEqual([2, expect.stringContaining("changed by something else just now")]);
    expect(read(repository)).toBe("# of somebody else\n");
  });

  test("is all or nothing", async () => {
    const files = {
      "k/kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}, {path: q.yaml}]\n",
      "k/a.yaml": `${pod("one", "1")}---\n${pod("two", "1")}`,
      "k/p.yaml": pod("one", "2"),
      "k/q.yaml": pod("two", "2"),
    };
    const folder = temporaryFolder(files);
    let written = 0;
    const end = await runBump(folder, ["k", "--image", image, "--tag", "3"], {
      replaceFile: (path, text) => {
        if (path.endsWith("q.yaml"))
          return Promise.reject(new FileSystemError("denied", `'${path}' cannot be written.`));
        written++;
        return replaceFile(path, text);
      },
    });
    expect([end.code, end.err, written]).toEqual([2, expect.stringContaining("cannot be written"), 2]);
    for (const [path, text] of Object.entries(files)) expect(readFileSync(join(folder, path), "utf8")).toBe(text);
  });

  test("goes through a link to the file that it leads to, and says so", async () => {
    const repository = bumpRepository(image);
    const { root, git } = repository;
    repository.write({ "shared/stage.yaml": read(repository) });
    execFileSync("rm", [join(root, stageFile)]);
    symlinkSync("../../../shared/stage.yaml", join(root, stageFile));
    git("add", "-A");
    git("commit", "-q", "-m", "Share");
    const end = await runBump(root, words("2.0", "--commit"));
    expect([end.code, end.out]).toEqual([0, expect.stringContaining("link to `../../../shared/stage.yaml`")]);
    expect(git("show", "--name-status", "--format=", "HEAD")).toBe("M\tshared/stage.yaml");
  });

  test.each([
    ["written", []],
    ["shown", ["--dry-run"]],
    ["committed", ["--commit"]],
  ])("outside of the work tree by a link is not %s", async (_what, how) => {
    const repository = bumpRepository(image);
    const text = read(repository);
    const elsewhere = temporaryFolder({ "stage.yaml": text });
    execFileSync("rm", [join(repository.root, stageFile)]);
    symlinkSync(join(elsewhere, "stage.yaml"), join(repository.root, stageFile));
    const end = await runBump(repository.root, words("2.0", ...how));
    expect([end.code, end.out, end.err]).toEqual([1, "", expect.stringContaining("does not lie in its work tree")]);
    expect(readFileSync(join(elsewhere, "stage.yaml"), "utf8")).toBe(text);
  });

  test.each([
    ["a file without a last line break", (text: string) => text.trimEnd()],
    ["line ends of Windows and empty lines at the end", (text: string) => `${text}\n\n\n`.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
  ])("is what --dry-run shows, as `git apply` takes it: %s", async (_what, change) => {
    const repository = bumpRepository(image);
    repository.write({ [stageFile]: change(read(repository)) });
    repository.git("commit", "-q", "-a", "-m", "Other bytes");
    const shown = await runBump(repository.root, words("2.0", "--dry-run"));
    repository.write({ "change.diff": shown.out });
    repository.git("apply", "change.diff");
    const applied = read(repository);
    repository.git("checkout", "-q", stageFile);
    await runBump(repository.root, words("2.0"));
    expect([read(repository), applied.includes('"2.0"')]).toEqual([applied, true]);
  });
});

const pod = (name: string, tag: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: "${image}:${tag}"}]}\n`;

describe("where the overlay lies", () => {
  test("a name with spaces, letters of other alphabets and quotes is a name like any other", async () => {
    const repository = bumpRepository(image);
    const folder = "my conf/über 'uns'/stage";
    repository.write({
      [`${folder}/kustomization.yaml`]: read(repository).replace("../../base", "../../../config/base"),
    });
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "Names");
    const request = [folder, "--image", image, "--tag", "2.0"];
    const { out } = await runBump(repository.root, [...request, "--dry-run"]);
    repository.write({ "change.diff": out });
    repository.git("apply", "--check", "change.diff");
    const end = await runBump(repository.root, [...request, "--commit"]);
    expect([end.code, end.err]).toEqual([0, ""]);
    expect(repository.git("log", "-1", "--format=%s")).toBe(`Bump ${image} to 2.0 in ${folder}`);
  });

  test("a linked work tree, a submodule and a shallow clone have branches of their own", async () => {
    const repository = bumpRepository(image);
    const { git } = repository;
    const [tree, shallow] = [join(temporaryFolder({}), "tree"), join(temporaryFolder({}), "shallow")];
    git("worktree", "add", "-q", tree, "-b", "two");
    const main = git("rev-parse", "main");
    expect((await runBump(tree, words("2.0", "--commit", "--current-branch"))).out).toContain("on 'two'");
    expect([git("rev-parse", "main"), git("status", "--porcelain")]).toEqual([main, ""]);
    expect((await runBump(tree, words("3.0", "--commit"))).out).toContain("on 'bump/app-stage-3.0'");
    expect(git("rev-list", "--count", "two..bump/app-stage-3.0")).toBe("1");

    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", repository.root, "sub");
    git("commit", "-q", "-m", "Add a submodule");
    const sub = repositoryAt(join(repository.root, "sub"));
    for (const [name, value] of [
      ["user.name", "Test"],
      ["user.email", "test@example.com"],
      ["commit.gpgSign", "false"],
    ]) {
      sub.git("config", name ?? "", value ?? "");
    }
    const inSub = await runBump(repository.root, [
      "sub/config/overlays/stage",
      "--image",
      image,
      "--tag",
      "2.0",
      "--commit",
    ]);
    expect([inSub.code, inSub.err]).toEqual([0, ""]);
    expect([sub.git("log", "-1", "--format=%s"), git("status", "--porcelain")]).toEqual([
      `Bump ${image} to 2.0 in ${stage}`,
      " M sub",
    ]);

    const bare = bareRepository(repository);
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${bare.root}`, shallow]);
    for (const name of ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"]) setVariable(name, "Test");
    for (const name of ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"]) setVariable(name, "test@example.com");
    expect((await runBump(shallow, words("3.0", "--push"))).out).toContain("Pushed to 'origin/bump/app-stage-3.0'");
    expect(bare.git("rev-list", "--count", "main..bump/app-stage-3.0")).toBe("1");
  });

  test("variables that point git elsewhere are not followed", async () => {
    const [repository, other] = [bumpRepository(image), bumpRepository(image)];
    setVariable("GIT_DIR", join(other.root, ".git"));
    setVariable("GIT_WORK_TREE", other.root);
    setVariable("GIT_INDEX_FILE", join(other.root, ".git/index"));
    const end = await runBump(repository.root, words("2.0", "--commit"));
    for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) delete process.env[name];
    expect([end.code, repository.git("rev-list", "--count", "HEAD"), other.git("rev-list", "--count", "HEAD")]).toEqual(
      [0, "2", "1"],
    );
  });

  test("files that git keeps with other line ends than the work tree are committed as git keeps them", async () => {
    const repository = bumpRepository(image);
    repository.git("config", "core.autocrlf", "true");
    execFileSync("rm", ["-r", join(repository.root, "config")]);
    repository.git("checkout", "-q", ".");
    const before = read(repository);
    expect(before).toContain("\r\n");
    expect((await runBump(repository.root, words("2.0", "--commit"))).code).toBe(0);
    expect(read(repository)).toBe(before.replace('"1.0"', '"2.0"'));
    expect(repository.git("show", "--numstat", "--format=", "HEAD")).toBe(`1\t1\t${stageFile}`);
  });
});

test.each([
  [[stage, "--image", `${image}=${image}:2`, "--tag", "2"], "Give the name alone"],
  [[stage, "--image", image, "--tag", "2", "--branch", "x"], "'--branch' needs"],
  [[stageFile, "--image", image, "--tag", "2"], "is a file; name the directory"],
  [[stage, "--image", image, "--tag", "2", "--current-branch"], "'--current-branch' needs"],
  [[stage, "--image", image, "--tag", "2", "--push", "--current-branch", "--branch", "x"], "either '--branch' or"],
])("%j is a mistake of the command line", async (request, says) => {
  const end = await runBump(bumpRepository(image).root, request);
  expect([end.code, end.out, end.err]).toEqual([2, "", expect.stringContaining(says)]);
});
