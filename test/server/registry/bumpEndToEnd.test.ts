import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildCommand, bumpRepository, digestB } from "../../support/bumpRepository";
import { startDockerRegistry } from "../../support/dockerRegistry";
import { bareRepository, type GitRepository } from "../../support/gitRepository";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { pushImage } from "../../support/pushImage";

let run: ReturnType<typeof buildCommand>;
beforeAll(() => {
  run = buildCommand("bump-registry");
});

const dev = "config/overlays/dev";
const devFile = `${dev}/kustomization.yaml`;

interface Started {
  readonly image: string;
  readonly repository: GitRepository;
  readonly digest: string;
  readonly stop: () => Promise<void>;
}

/** A registry with build number 1 of an image, and the repository of a team that runs it. */
async function start(): Promise<Started> {
  const registry = await startDockerRegistry();
  let running = true;
  const stop = async (): Promise<void> => {
    if (running) await registry.stop();
    running = false;
  };
  onTestFinished(stop);
  const image = `${registry.host}/team/app`;
  const { digest } = await push(image, "1");
  return { stop, image, repository: bumpRepository(image, digest), digest };
}

function push(image: string, tag: string) {
  const platforms = [
    { os: "linux", architecture: "amd64", layer: `build ${tag}` },
    { os: "linux", architecture: "arm64", layer: `build ${tag} on arm` },
  ] as const;
  return pushImage(image, { tag, format: "oci", platforms });
}

describe("build number 2 of an image appears in the registry", () => {
  test("the bump writes its digest, and the rendered overlay differs in exactly the image", async () => {
    const { image, repository, digest } = await start();
    const { root } = repository;
    const bare = bareRepository(repository);
    repository.git("remote", "add", "origin", `file://${bare.root}`);
    const real = getRealKustomize();
    const before = await runKustomize(real, join(root, dev));
    const text = readFileSync(join(root, devFile), "utf8");
    const second = await push(image, "2");

    const end = await run(root, "bump", dev, "--image", image, "--tag", "2", "--commit", "--push");
    expect(end.code, end.err).toBe(0);

    expect(readFileSync(join(root, devFile), "utf8")).toBe(text.replace(digest, second.digest));
    const after = await runKustomize(real, join(root, dev));
    expect(after.stdout).toBe(before.stdout.replace(digest, second.digest));
    expect(after.stdout).not.toBe(before.stdout);
    expect(bare.git("diff", "--numstat", "main", "bump/app-dev-2")).toBe(`1\t1\t${devFile}`);

    const again = await run(root, "bump", dev, "--image", image, "--tag", "2");
    expect([again.code, again.out]).toEqual([0, `Nothing to change: '${dev}' renders this already.\n`]);
  });

  test("a tag or digest that the registry does not have is refused", async () => {
    const { image, repository } = await start();
    for (const wanted of [
      ["--tag", "3"],
      ["--digest", digestB],
    ]) {
      const end = await run(repository.root, "bump", dev, "--image", image, ...wanted);
      expect([end.code, end.out, repository.git("status", "--porcelain")]).toEqual([1, "", ""]);
      expect(end.err).toContain(image.replace(/^[^/]*\//, ""));
    }
  });

  test("a digest that it has is written, and without the registry only when told so", async () => {
    const { stop, image, repository } = await start();
    const second = await push(image, "2");
    const words = ["bump", dev, "--image", image, "--digest", second.digest];
    expect((await run(repository.root, ...words, "--dry-run")).code).toBe(0);
    await stop();
    expect((await run(repository.root, ...words)).code).toBe(2);
    expect(repository.git("status", "--porcelain")).toBe("");
    expect((await run(repository.root, ...words, "--offline")).code).toBe(0);
    expect(readFileSync(join(repository.root, devFile), "utf8")).toContain(second.digest);
  });

  test("the table of images tells of it when asked to", async () => {
    const { image, repository } = await start();
    await push(image, "2");
    const end = await run(repository.root, "images", "--registry", "--format", "json");
    const row = JSON.parse(end.out).groups[0].images.find((each: { image: string }) => each.image === image);
    expect(row.registry).toEqual({ tag: "2" });
    expect(end.err).toContain("registry.example/proxy");
  });
});
