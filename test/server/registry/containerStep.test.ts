import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bumpRepository } from "../../support/bumpRepository";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import { bareRepository, type GitRepository } from "../../support/gitRepository";
import { pushImage } from "../../support/pushImage";
import { setVariable } from "../../support/setVariable";
import { buildContainer, type Container, giveAway } from "../../support/stranger";
import { temporaryFolder } from "../../support/temporaryFolder";

/* As the step of a pipeline in a container of OpenShift, with a Secret that is mounted, a private registry and a remote of git. */

let container: () => Container;
let open: DockerRegistry;
let closed: DockerRegistry;
let image: string;
let digest: string;

beforeAll(async () => {
  container = buildContainer("bump-step");
  open = await startDockerRegistry();
  closed = await startDockerRegistry({ storage: open.storage, auth: { kind: "htpasswd" } });
  image = `${closed.host}/team/app`;
  const platforms = [{ os: "linux", architecture: "amd64" }] as const;
  ({ digest } = await pushImage(`${open.host}/team/app`, { tag: "2.0", format: "oci", platforms }));
});
afterAll(() => Promise.all([open, closed].map((each) => each.stop())));

const dev = "config/overlays/dev";
const file = `${dev}/kustomization.yaml`;
const words = (...more: readonly string[]): readonly string[] => [
  "bump",
  dev,
  "--image",
  image,
  "--tag",
  "2.0",
  ...more,
];

/** A clone with its remote, and a Secret; all belongs to who runs the step. */
function prepare(runs = image) {
  const clone = bumpRepository(runs);
  const bare = bareRepository(clone);
  clone.git("remote", "add", "origin", `file://${bare.root}`);
  const auth = Buffer.from(`${person.user}:${person.password}`).toString("base64");
  const secret = temporaryFolder({ ".dockerconfigjson": JSON.stringify({ auths: { [closed.host]: { auth } } }) });
  for (const { root } of [clone, bare, { root: secret }]) giveAway(root);
  // Those who run the tests look into what belongs to somebody else.
  setVariable("GIT_CONFIG_COUNT", "1");
  setVariable("GIT_CONFIG_KEY_0", "safe.directory");
  setVariable("GIT_CONFIG_VALUE_0", "*");
  return { clone, bare, login: { REGISTRY_AUTH_FILE: join(secret, ".dockerconfigjson") } };
}

/** What would tell that something was done. */
const stateOf = ({ git, root }: GitRepository) => [readFileSync(join(root, file), "utf8"), git("for-each-ref")];

test("A step without a home takes the login of a mounted Secret, and pushes", async () => {
  const { clone, bare, login } = prepare();
  const end = await container().run(clone.root, words("--push", "--current-branch"), login);
  expect([end.code, end.err]).toEqual([0, ""]);
  expect(bare.git("show", `main:${file}`)).toContain(`digest: ${digest} # of main`);
});

test("A push that the server rejects ends with 1; the commit stays, and the message says where", async () => {
  const { clone, bare, login } = prepare();
  const other = bare.git("commit-tree", "main^{tree}", "-p", "main", "-m", "Of somebody else");
  bare.git("update-ref", "refs/heads/main", other);
  giveAway(bare.root);
  const end = await container().run(clone.root, words("--push", "--current-branch"), login);
  expect([end.code, bare.git("rev-parse", "main")]).toEqual([1, other]);
  expect(end.out).toMatch(/Committed [0-9a-f]{12} on 'main'/);
  expect(end.err).toMatch(/has commits that are not here\.\n.*git pull --rebase.*the commits stay on `main`/);
  expect(clone.git("show", `HEAD:${file}`)).toContain(digest);
});

test.each<readonly [string, RegExp, (file: string) => Readonly<Record<string, string>>]>([
  ["no login", /wants a login .* no login was found\. Run 'docker login/, () => ({})],
  [
    "a file that is not there",
    /REGISTRY_AUTH_FILE names '.*none', and there is no such file/,
    (secret) => ({ REGISTRY_AUTH_FILE: `${secret}-none` }),
  ],
  [
    "a folder that has it under another name",
    /DOCKER_CONFIG names '.*', where no 'config\.json' lies/,
    (secret) => ({ DOCKER_CONFIG: join(secret, "..") }),
  ],
  [
    "a file that may not be read",
    /Permission to read '.*\.dockerconfigjson' is denied/,
    (secret) => {
      chmodSync(secret, 0o000);
      return { REGISTRY_AUTH_FILE: secret };
    },
  ],
])("A private registry with %s ends with 2, says why, and nothing is done", async (_, says, variablesOf) => {
  const { clone, login } = prepare();
  const before = stateOf(clone);
  const end = await container().run(clone.root, words("--push"), variablesOf(login.REGISTRY_AUTH_FILE));
  expect([end.code, end.out, stateOf(clone)]).toEqual([2, "", before]);
  expect(end.err).toMatch(says);
  expect(end.err).toContain("In a pipeline, REGISTRY_AUTH_FILE names a file of logins");
});

test("A registry that is down ends with 2, says so, and nothing is done", async () => {
  const gone = await startDockerRegistry();
  await gone.stop();
  const missing = `${gone.host}/team/app`;
  const { clone, login } = prepare(missing);
  const before = stateOf(clone);
  const end = await container().run(clone.root, ["bump", dev, "--image", missing, "--tag", "2.0", "--push"], login);
  expect([end.code, end.out, stateOf(clone)]).toEqual([2, "", before]);
  expect(end.err).toContain(`The registry ${gone.host} cannot be reached: connect ECONNREFUSED`);
});
