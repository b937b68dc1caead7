import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bumpRepository, digestB } from "../../support/bumpRepository";
import { addHook, type GitRepository } from "../../support/gitRepository";
import { buildContainer, type Container, giveAway } from "../../support/stranger";
import { temporaryFolder } from "../../support/temporaryFolder";

/* As the step of a pipeline in a container of OpenShift: a user that nobody knows, a home that cannot be written or none at all, and no terminal. */

let container: () => Container;
beforeAll(() => {
  container = buildContainer("bump-container");
});

const image = "registry.example/team/app";
const stage = "config/overlays/stage";
const file = `${stage}/kustomization.yaml`;
const words = (...more: readonly string[]): readonly string[] => [
  "bump",
  stage,
  "--image",
  image,
  "--tag",
  "2.0",
  ...more,
];
/** What a pipeline sets that cannot write a configuration of git. */
const somebody = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "Pipeline"],
    [`GIT_${who}_EMAIL`, "pipeline@example.com"],
  ]),
);

function cloned(): GitRepository {
  const repository = bumpRepository(image);
  giveAway(repository.root);
  return repository;
}

const textOf = ({ root }: GitRepository): string => readFileSync(join(root, file), "utf8");

describe("a commit", () => {
  test.each([
    ["a home that cannot be written", { HOME: "/" }],
    ["a home that is not there", { HOME: "/nowhere" }],
    ["no home", {}],
  ])("is made with %s", async (_, home) => {
    const repository = cloned();
    const end = await container().run(repository.root, words("--commit"), { ...somebody, ...home });
    expect([end.code, end.err]).toEqual([0, ""]);
    expect(end.out).toContain("Committed");
  });

  test("by nobody says how to become somebody without a home", async () => {
    const repository = cloned();
    const settings = readFileSync(join(repository.root, ".git/config"), "utf8");
    writeFileSync(
      join(repository.root, ".git/config"),
      settings.replace(/\[user\][^[]*/, "[user]\n\tuseConfigOnly = true\n"),
    );
    const before = textOf(repository);
    const end = await container().run(repository.root, words("--commit"), { HOME: "/" });
    expect([end.code, end.out, textOf(repository)]).toEqual([2, "", before]);
    expect(end.err).toContain("in a pipeline without '--global'");
  });

  test("in a clone of somebody else says how to allow it, also without a home", async () => {
    const repository = cloned();
    const before = textOf(repository);
    const foreign = { ...somebody, HOME: "/", GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    const end = await container().run(repository.root, words("--commit"), foreign);
    expect([end.code, end.out, textOf(repository)]).toEqual([2, "", before]);
    expect(end.err).toContain(`git config --global --add safe.directory '${repository.root}'`);
    expect(end.err).toContain("export GIT_CONFIG_GLOBAL=");
    const allowed = temporaryFolder({ gitconfig: `[safe]\n\tdirectory = ${repository.root}\n` });
    giveAway(allowed);
    const again = await container().run(repository.root, words("--commit"), {
      ...foreign,
      GIT_CONFIG_GLOBAL: join(allowed, "gitconfig"),
    });
    expect([again.code, again.err]).toEqual([0, ""]);
  });

  test.each([[[]], [["--branch", "release"]]])("where git may not write is told as that: %j", async (more) => {
    const repository = cloned();
    const before = textOf(repository);
    for (const folder of [".git", ".git/refs/heads"]) chmodSync(join(repository.root, folder), 0o555);
    const end = await container().run(repository.root, words("--commit", ...more), { ...somebody, HOME: "/" });
    expect([end.code, end.out, textOf(repository)]).toEqual([2, "", before]);
    expect(end.err).toContain(`Git may not write in '${repository.root}'`);
    expect(end.err).toContain("clone it as the user who runs this");
  });

  test("that a hook declines is not taken for one that git may not write", async () => {
    const repository = bumpRepository(image);
    addHook(repository, "commit-msg", "echo 'sh: cannot create /report: Permission denied' >&2; exit 1");
    giveAway(repository.root);
    const end = await container().run(repository.root, words("--commit"), { ...somebody, HOME: "/" });
    expect([end.code, end.err]).toEqual([1, expect.stringContaining("A hook of the repository declined the commit.")]);
  });

  test("that a hook declines shows its words, line by line", async () => {
    const repository = bumpRepository(image);
    addHook(repository, "commit-msg", "printf 'one\\r\\ntwo\\r\\n'; exit 1");
    giveAway(repository.root);
    const end = await container().run(repository.root, words("--commit"), { ...somebody, HOME: "/" });
    expect(end.code).toBe(1);
    expect(end.err.split("\n").slice(-3)).toEqual(["    > one", "    > two", ""]);
  });
});

test("A registry is asked without a home, too", async () => {
  const { root } = cloned();
  const asking = ["bump", stage, "--image", image, "--digest", digestB];
  const end = await container().run(root, asking);
  expect([end.code, end.out]).toEqual([2, ""]);
  expect(end.err).toContain("The registry registry.example cannot be reached");
});
