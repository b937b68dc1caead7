import { execFile } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { buildProgram, digestA } from "../../support/bumpRepository";
import { startDockerRegistry } from "../../support/dockerRegistry";
import { serveRepositories } from "../../support/gitHttpServer";
import { bareRepository, type GitRepository, gitRepository, repositoryAt } from "../../support/gitRepository";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { pushImage } from "../../support/pushImage";
import { temporaryFolder } from "../../support/temporaryFolder";

/* The scripts of the documentation, run as a pipeline runs them: by a shell, in a clone without a branch. */

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/images-and-registries.md"), "utf8");
const [writeDigest = "", proposeRelease = ""] = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script]) => script);

let program: string;
beforeAll(() => {
  program = buildProgram("bump-pipeline");
});

const path = "config/overlays/dev";
const file = `${path}/kustomization.yaml`;

/** The configuration of the tutorial: what its manifests call the image, and the entry that its pipeline wrote before. */
function configuration(current: string, entry: string): GitRepository {
  return gitRepository({
    "config/base/kustomization.yaml": "resources:\n- deployment.yaml\n",
    "config/base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: person-service
spec:
  template:
    spec:
      containers:
      - name: person-service
        image: ${current}
`,
    [file]: `# The dev stage.\nresources:\n- ../../base\nnamespace: book-dev\nimages:\n${entry}`,
  });
}

async function registryWithBuild() {
  const registry = await startDockerRegistry();
  onTestFinished(() => registry.stop());
  const image = `${registry.host}/wanja/person-service`;
  const platforms = [{ os: "linux", architecture: "amd64", layer: "build 2" }] as const;
  const { digest } = await pushImage(image, { tag: "1.2.3", format: "docker", platforms });
  return { image, digest };
}

/** Clones as the task `git-clone` of Tekton does, and runs a script there. */
async function runStep(
  address: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<GitRepository> {
  const clone = repositoryAt(temporaryFolder({}));
  const fetch = `git init -q; git fetch -q --depth=1 '${address}' main; git checkout -q FETCH_HEAD; git remote add origin '${address}'`;
  const programs = temporaryFolder({});
  symlinkSync(program, join(programs, "gitops-author"));
  const environment = {
    ...process.env,
    ...variables,
    PATH: `${programs}:${process.env["PATH"]}`,
    KUSTOMIZATION_PATH: path,
  };
  await promisify(execFile)("sh", ["-euc", `${fetch}\n${script}`], {
    cwd: clone.root,
    env: environment,
    timeout: 250_000,
  });
  return clone;
}

test.each([
  {
    what: "as kustomize writes it",
    current: "person-service:latest",
    entryOf: (image: string) => `- digest: ${digestA}\n  name: person-service:latest\n  newName: ${image}\n`,
  },
  {
    what: "as kustomize wrote it once",
    current: "person-service",
    entryOf: (image: string) => `- name: person-service\n  newName: ${image}@${digestA}\n`,
  },
  {
    what: "by hand, in one line",
    current: "person-service:latest",
    entryOf: (image: string) => `- {name: person-service, newName: "${image}", digest: '${digestA}'} # dev\n`,
  },
])("a build's digest goes to the branch that is deployed: $what", async ({ current, entryOf }) => {
  const { image, digest } = await registryWithBuild();
  const team = configuration(current, entryOf(image));
  const bare = bareRepository(team);
  bare.git("config", "http.receivepack", "true");
  const server = await serveRepositories(dirname(bare.root), { people: ["bot:s3cret"] });
  const address = `${server.urlWith("bot", "s3cret")}/${basename(bare.root)}`;
  const before = await runKustomize(getRealKustomize(), join(team.root, path));

  const clone = await runStep(address, writeDigest, { CURRENT_IMAGE: current, NEW_DIGEST: digest });

  expect(bare.git("rev-parse", "main")).toBe(clone.git("rev-parse", "HEAD"));
  expect(bare.git("diff", "--numstat", "main~1", "main")).toBe(`1\t1\t${file}`);
  const after = await runKustomize(getRealKustomize(), join(clone.root, path));
  expect(after.stdout).toBe(before.stdout.replace(`image: ${image}@${digestA}`, `image: ${image}@${digest}`));
  expect(after.stdout).toContain(digest);
});

test("a release is proposed on a branch of its own", async () => {
  const { image } = await registryWithBuild();
  const team = configuration(
    "person-service",
    `- name: person-service\n  newName: ${image}\n  newTag: 1.2.2 # what is tested\n`,
  );
  const bare = bareRepository(team);
  await runStep(`file://${bare.root}`, proposeRelease, { CURRENT_IMAGE: image, RELEASE: "1.2.3" });
  expect(bare.git("diff", "--unified=0", "main", "release-1.2.3").split("\n").slice(-2)).toEqual([
    "-  newTag: 1.2.2 # what is tested",
    "+  newTag: 1.2.3 # what is tested",
  ]);
  expect(bare.git("log", "-1", "--format=%an: %s", "release-1.2.3")).toBe(
    `Pipeline: Bump ${image} to 1.2.3 in ${path}`,
  );
});
