import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildCommand, bumpRepository, digestB } from "../../support/bumpRepository";
import { serveRepositories } from "../../support/gitHttpServer";
import { addHook, bareRepository } from "../../support/gitRepository";
import { temporaryFolder } from "../../support/temporaryFolder";

let run: ReturnType<typeof buildCommand>;
beforeAll(() => {
  run = buildCommand("bump");
});

const image = "registry.example/team/app";
const stage = "config/overlays/stage";
const stageFile = `${stage}/kustomization.yaml`;
const toTag = (tag: string): readonly string[] => ["bump", stage, "--image", image, "--tag", tag];

describe("bump", () => {
  test("writes the tag and nothing else, and keeps the file's mode", async () => {
    const { root } = bumpRepository(image);
    const path = join(root, stageFile);
    const before = readFileSync(path, "utf8");
    chmodSync(path, 0o640);
    const { code, out, err } = await run(root, ...toTag("2.0"));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`Deployment app: ${image}:1.0 -> ${image}:2.0\nChanged '${stageFile}'.\n`);
    expect(readFileSync(path, "utf8")).toBe(before.replace('"1.0"', '"2.0"'));
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(root, stage))).toEqual(["kustomization.yaml"]);
  });

  test("says so when there is nothing to do", async () => {
    const { root, git } = bumpRepository(image);
    const { code, out } = await run(root, ...toTag("1.0"), "--commit");
    const nothing = `Nothing to change: '${stage}' renders this already. Nothing was committed or pushed.\n`;
    expect([code, out]).toEqual([0, nothing]);
    expect(git("rev-list", "--count", "HEAD")).toBe("1");
  });

  test("keeps CR LF and the byte order mark", async () => {
    const { root } = bumpRepository(image);
    const path = join(root, stageFile);
    const before = `\uFEFF${readFileSync(path, "utf8").replaceAll("\n", "\r\n")}`;
    writeFileSync(path, before);
    expect((await run(root, ...toTag("2.0"))).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(before.replace('"1.0"', '"2.0"'));
  });

  test("--dry-run shows what git apply takes, and writes nothing", async () => {
    const { root, git } = bumpRepository(image);
    const words = ["bump", "config/overlays/prod", "--image", image, "--digest", digestB, "--offline"];
    const { code, out, err } = await run(root, ...words, "--dry-run");
    expect(code).toBe(0);
    expect(git("status", "--porcelain")).toBe("");
    expect(err).toContain("gets an entry");
    writeFileSync(join(root, "change.diff"), out);
    git("apply", "change.diff");
    const patched = readFileSync(join(root, "config/overlays/prod/kustomization.yaml"), "utf8");
    git("checkout", "--quiet", ".");
    expect((await run(root, ...words)).code).toBe(0);
    expect(readFileSync(join(root, "config/overlays/prod/kustomization.yaml"), "utf8")).toBe(patched);
  });

  test("--format json tells all of it to programs", async () => {
    const { root } = bumpRepository(image);
    const { out } = await run(root, ...toTag("2.0"), "--format", "json");
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      changed: true,
      files: [{ file: stageFile }],
      images: [{ object: "Deployment app", before: `${image}:1.0`, after: `${image}:2.0` }],
    });
  });

  test.each([
    {
      words: ["bump", "config/overlays/dev", "--image", image, "--tag", "2", "--offline"],
      code: 1,
      says: "digest of `2`",
    },
    { words: ["bump", stage, "--image", "registry.example/team/ap", "--tag", "2"], code: 1, says: "Did you mean" },
    { words: ["bump", stage, "--image", image, "--tag", "a b"], code: 1, says: "cannot be a tag" },
    {
      words: ["bump", "config", "--image", image, "--tag", "2"],
      code: 1,
      says: "'config' holds no kustomization.\n    Name the directory of an overlay, such as 'config/overlays/dev' or",
    },
    {
      words: ["bump", "gone", "--image", image, "--tag", "2"],
      code: 2,
      says: "no directory 'gone'.\nTry 'gitops-author bump --help'",
    },
    {
      words: ["bump", "config/overlay/dev", "--image", image, "--tag", "2"],
      code: 2,
      says: "mean 'config/overlays/dev'?",
    },
    { words: ["bump", stageFile, "--image", image, "--tag", "2"], code: 2, says: "is a file; name the directory" },
    { words: ["bump", `${stageFile}/x`, "--image", image, "--tag", "2"], code: 2, says: "no directory" },
    { words: ["bump", stage, image, "2.0"], code: 2, says: `'${image}' is one more` },
    { words: [...toTag("2.0"), "--comit"], code: 2, says: "Did you mean '--commit'?" },
    { words: ["bump", "", "--image", image, "--tag", "2"], code: 2, says: "DIR is empty" },
    { words: toTag(""), code: 1, says: "The tag is empty." },
    { words: toTag("2.0\n"), code: 1, says: "there is a blank or a line break around it" },
    { words: toTag(digestB), code: 1, says: "it is a digest" },
    { words: toTag(`${image}:2`), code: 1, says: "only what follows the name" },
    { words: ["bump", stage, "--image", image, "--digest", "sha256:4eb77"], code: 1, says: "it has 5 digits of 64" },
    { words: ["bump", stage, "--image", image, "--digest", digestB.slice(7)], code: 1, says: "it lacks `sha256:`" },
    { words: [...toTag("2.0"), "--image", "registry.example/proxy"], code: 2, says: "'--image' is there twice" },
    { words: ["bump", stage, "--image", image], code: 2, says: "either '--tag' or '--digest'" },
    { words: ["bump", stage, "--image", "127.0.0.1:9/app", "--digest", digestB], code: 1, says: "renders no image" },
  ])("$words ends with $code", async ({ words, code, says }) => {
    const { root, git } = bumpRepository(image);
    const end = await run(root, ...words);
    expect(end.err).toContain(says);
    expect([end.code, end.out, git("status", "--porcelain")]).toEqual([code, "", ""]);
  });

  test("what is in the way is told with its place", async () => {
    const repository = bumpRepository(image);
    repository.write({ [stageFile]: "resources:\n- ../../base\n- gone.yaml\n" });
    const { code, err } = await run(repository.root, ...toTag("2.0"));
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(`There is no file \`gone.yaml\`.\n    ${stageFile}:3:3\n`),
    ]);
    const { out } = await run(repository.root, ...toTag("2.0"), "--format", "json");
    expect(JSON.parse(out).problem).toMatchObject({ reason: "doesNotBuild", file: stageFile, line: 3, column: 3 });
  });

  test("a registry that does not answer ends with 2 and leaves the file", async () => {
    // Nobody listens on the port for discarding what comes.
    const { root, git } = bumpRepository("127.0.0.1:9/team/app");
    const end = await run(root, "bump", "config/overlays/dev", "--image", "127.0.0.1:9/team/app", "--tag", "2");
    expect(end.err).toContain("127.0.0.1:9");
    expect([end.code, end.out, git("status", "--porcelain")]).toEqual([2, "", ""]);
  });
});

describe("bump that is called off", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("by %s ends at once, with 2, and leaves the file", async (signal) => {
    let asked = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const silent = createServer(() => asked()).listen(0, "127.0.0.1");
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await once(silent, "listening");
    const name = `127.0.0.1:${(silent.address() as AddressInfo).port}/team/app`;
    const { root, git } = bumpRepository(name);
    const running = run(root, "bump", "config/overlays/dev", "--image", name, "--tag", "2", "--commit");
    await waiting;
    running.child.kill(signal);
    const end = await running;
    expect([end.code, end.out, git("status", "--porcelain")]).toEqual([2, "", ""]);
    expect(end.err).not.toBe("");
  });

  test("tidies up, unless a second signal of whatever kind ends it at once", async () => {
    const repository = bumpRepository(image);
    const [committing, tidying] = ["committing", "tidying"].map((name) => join(repository.root, name)) as [
      string,
      string,
    ];
    addHook(repository, "pre-commit", `touch '${committing}'; exec sleep 60`);
    const hang = `echo $$ > '${tidying}.new'; mv '${tidying}.new' '${tidying}'; exec sleep 60`;
    addHook(repository, "reference-transaction", `[ ! -e '${committing}' ] || [ "$1" != prepared ] || { ${hang}; }`);
    const running = run(repository.root, ...toTag("2.0"), "--commit");
    await expect.poll(() => existsSync(committing)).toBe(true);
    running.child.kill("SIGTERM");
    await expect.poll(() => existsSync(tidying)).toBe(true);
    onTestFinished(() => void process.kill(Number(readFileSync(tidying, "utf8"))));
    running.child.kill("SIGINT");
    await running;
    expect(running.child.signalCode).toBe("SIGINT");
  });
});

describe("bump --commit", () => {
  test("commits the file and nothing that was staged besides", async () => {
    const repository = bumpRepository(image);
    const { root, git } = repository;
    repository.write({ "notes.txt": "mine\n" });
    git("add", "notes.txt");
    expect((await run(root, ...toTag("2.0"), "--commit")).code).toBe(0);
    expect(git("show", "--name-only", "--format=%s", "HEAD")).toBe(`Bump ${image} to 2.0 in ${stage}\n\n${stageFile}`);
    expect(git("status", "--porcelain")).toBe("A  notes.txt");
  });

  test("never over changes of the same file", async () => {
    const { root, git } = bumpRepository(image);
    const path = join(root, stageFile);
    const mine = `${readFileSync(path, "utf8")}# mine\n`;
    writeFileSync(path, mine);
    const end = await run(root, ...toTag("2.0"), "--commit");
    expect([end.code, readFileSync(path, "utf8"), git("rev-list", "--count", "HEAD")]).toEqual([1, mine, "1"]);
    expect(end.err).toMatch(/changed and not committed.*\n {4}Commit it or take the change back/);
  });

  test("a hook that says no leaves the file as it was", async () => {
    const repository = bumpRepository(image);
    addHook(repository, "pre-commit", "echo not on fridays >&2; exit 1");
    const end = await run(repository.root, ...toTag("2.0"), "--commit");
    expect(end.code).toBe(1);
    expect(end.err).toContain("not on fridays");
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  test("outside of git nothing is written", async () => {
    const folder = temporaryFolder({ "k/kustomization.yaml": "resources: [p.yaml]\n", "k/p.yaml": pod });
    const end = await run(folder, "bump", "k", "--image", image, "--tag", "2.0", "--commit");
    expect([end.code, readFileSync(join(folder, "k/kustomization.yaml"), "utf8")]).toEqual([
      2,
      "resources: [p.yaml]\n",
    ]);
  });
});

const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: p\n    image: ${image}:1\n`;

describe("bump --push", () => {
  test("pushes a new branch over a file address", async () => {
    const repository = bumpRepository(image);
    const bare = bareRepository(repository);
    repository.git("remote", "add", "origin", `file://${bare.root}`);
    const end = await run(repository.root, ...toTag("2.0"), "--push");
    expect(end.code, end.err).toBe(0);
    expect(end.out).toContain("Pushed to 'origin/bump/app-stage-2.0'.");
    expect(bare.git("rev-list", "--count", "main..bump/app-stage-2.0")).toBe("1");
    expect(bare.git("show", `bump/app-stage-2.0:${stageFile}`)).toContain('newTag: "2.0"');
  });

  test("pushes the branch that is checked out over smart HTTP, when asked to", async () => {
    const repository = bumpRepository(image);
    const bare = bareRepository(repository);
    bare.git("config", "http.receivepack", "true");
    const server = await serveRepositories(bare.root, { people: ["anna:correct"] });
    repository.git("remote", "add", "origin", server.urlWith("anna", "correct"));
    const end = await run(repository.root, ...toTag("2.0"), "--push", "--current-branch");
    expect(end.code, end.err).toBe(0);
    expect(`${end.out}${end.err}`).not.toContain("correct");
    expect(bare.git("show", `main:${stageFile}`)).toContain('newTag: "2.0"');
  });

  test("a push that is rejected is explained and leaves the commit", async () => {
    const repository = bumpRepository(image);
    const bare = bareRepository(repository);
    repository.git("remote", "add", "origin", bare.root);
    repository.git("commit", "--quiet", "--allow-empty", "-m", "Of somebody else");
    repository.git("push", "--quiet", "origin", "main");
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    const end = await run(repository.root, ...toTag("2.0"), "--push", "--current-branch");
    expect(end.code).toBe(1);
    expect(end.err).toContain("has commits that are not here");
    expect(repository.git("show", `HEAD:${stageFile}`)).toContain('newTag: "2.0"');
    expect(bare.git("show", `main:${stageFile}`)).toContain('newTag: "1.0"');
  });
});
