import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bumpRepository } from "../../support/bumpRepository";
import type { GitRepository } from "../../support/gitRepository";
import { buildContainer, type Container, giveAway } from "../../support/stranger";
import { temporaryFolder } from "../../support/temporaryFolder";

let container: () => Container;
beforeAll(() => {
  container = buildContainer("bump-written");
});

const image = "registry.example/team/app";
const stage = "config/overlays/stage";
const file = `${stage}/kustomization.yaml`;
const words = ["bump", stage, "--image", image, "--tag", "2.0"];

function cloned(): GitRepository {
  const repository = bumpRepository(image);
  giveAway(repository.root);
  return repository;
}

const textOf = ({ root }: GitRepository): string => readFileSync(join(root, file), "utf8");

describe("A file", () => {
  test("that may not be written stays, and the message says what to do", async () => {
    const repository = cloned();
    const before = textOf(repository);
    chmodSync(join(repository.root, file), 0o444);
    chmodSync(join(repository.root, stage), 0o555);
    const end = await container().run(repository.root, words);
    expect([end.code, end.out, textOf(repository)]).toEqual([2, "", before]);
    expect(end.err).toMatch(/cannot be written, and is as it was before.*\n.*give that user the right to write/);
  });

  test("in a folder that takes no new file is written where it is", async () => {
    const repository = cloned();
    const before = { text: textOf(repository), ...statSync(join(repository.root, file)) };
    chmodSync(join(repository.root, stage), 0o555);
    const end = await container().run(repository.root, words);
    expect([end.code, end.err]).toEqual([0, ""]);
    expect(textOf(repository)).toBe(before.text.replace('"1.0"', '"2.0"'));
    expect(statSync(join(repository.root, file)).ino).toBe(before.ino);
  });

  test("of somebody else that everybody may write stays theirs", async () => {
    const repository = cloned();
    const path = join(repository.root, file);
    const text = textOf(repository);
    // Who runs the tests made it, and is another one than who runs the command, where that may be.
    rmSync(path);
    writeFileSync(path, text);
    chmodSync(path, 0o666);
    const { uid, gid } = statSync(path);
    const end = await container().run(repository.root, words);
    expect([end.code, end.err]).toEqual([0, ""]);
    const after = statSync(path);
    expect([after.uid, after.gid, after.mode & 0o777]).toEqual([uid, gid, 0o666]);
    expect(textOf(repository)).toBe(text.replace('"1.0"', '"2.0"'));
    expect(readdirSync(join(repository.root, stage))).toEqual(["kustomization.yaml"]);
  });

  test.each([1, 2])("on a full disk is as it was, with %i names", async (names) => {
    const repository = cloned();
    const path = join(repository.root, file);
    const before = textOf(repository).padEnd(1000, "#");
    writeFileSync(path, before);
    if (names === 2) linkSync(path, join(repository.root, "second.yaml"));
    const preload = temporaryFolder({ "full.cjs": "process.on('SIGXFSZ', () => {});" });
    giveAway(preload);
    const { program } = container();
    const full = ["--fsize=1024", "--", program[0], "--require", join(preload, "full.cjs"), program[1]];
    const bump = ["bump", stage, "--image", image, "--tag", "2.0-".padEnd(100, "0")];
    const { status, stderr } = spawnSync("prlimit", [...full.map(String), ...bump], {
      cwd: repository.root,
      encoding: "utf8",
      timeout: 250_000,
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining("is as it was before: EFBIG")]);
    expect(textOf(repository)).toBe(before);
    expect(readdirSync(join(repository.root, stage))).toEqual(["kustomization.yaml"]);
  });

  test("that has a second name keeps it", async () => {
    const repository = cloned();
    const [path, other] = [join(repository.root, file), join(repository.root, "second.yaml")];
    linkSync(path, other);
    expect((await container().run(repository.root, words)).code).toBe(0);
    expect(readFileSync(other, "utf8")).toBe(readFileSync(path, "utf8"));
    expect(readFileSync(other, "utf8")).toContain('"2.0"');
  });
});
