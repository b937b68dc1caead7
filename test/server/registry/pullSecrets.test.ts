import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImageTags, imageTagsRequest } from "../../../server/src/protocol/bump";
import {
  type FoundPullSecret,
  pullSecretsRequest,
  type UsedPullSecret,
  type UsePullSecretParameters,
  usePullSecretRequest,
} from "../../../server/src/protocol/pullSecrets";
import { buildBundles } from "../../support/builtServer";
import { type DockerRegistry, person, startDockerRegistry } from "../../support/dockerRegistry";
import { LanguageTestClient, uriOf } from "../../support/languageClient";
import { pushImage } from "../../support/pushImage";
import { failureOf, openClient } from "../../support/registryClient";
import { temporaryFolder } from "../../support/temporaryFolder";

let module = "";
let open: DockerRegistry;
let closed: DockerRegistry;
beforeAll(async () => {
  module = join(buildBundles("registry-pull-secrets", ["server", "connectRegistry"]), "server.cjs");
  open = await startDockerRegistry();
  closed = await startDockerRegistry({ storage: open.storage, auth: { kind: "htpasswd" } });
  const platforms = [{ os: "linux", architecture: "amd64" }] as const;
  await pushImage(`${open.host}/team/web`, { tag: "1.0", format: "oci", platforms });
});
afterAll(() => Promise.all([open.stop(), closed.stop()]));

const logins = (host: string, password = person.password): string =>
  JSON.stringify({
    auths: { [host]: { auth: Buffer.from(`${person.user}:${password}`).toString("base64") } },
  });
const packed = (text: string): string => Buffer.from(text).toString("base64");

const secret = (name: string, more: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: book-dev}\n${more}\n`;

async function start(trusted = true) {
  const folder = temporaryFolder({
    "secrets.yaml": [
      secret(
        "right",
        `type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: ${packed(logins(closed.host))}}`,
      ),
      secret(
        "older",
        `type: kubernetes.io/dockercfg\nstringData:\n  .dockercfg: '${JSON.stringify(JSON.parse(logins(closed.host)).auths)}'`,
      ),
      secret(
        "elsewhere",
        `type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: ${packed(logins("quay.io"))}}`,
      ),
      secret("sealed", "type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: 'ENC[AES256_GCM,data:abc]'}"),
      secret("other", "type: Opaque\ndata: {a: YQ==}"),
    ].join("---\n"),
    "overlays/dev/config.json": logins(closed.host),
    "overlays/dev/kustomization.yaml":
      "generatorOptions: {disableNameSuffixHash: true}\nsecretGenerator:\n- name: made\n  type: kubernetes.io/dockerconfigjson\n  files: [.dockerconfigjson=config.json]\n",
  });
  const client = await LanguageTestClient.start(module, {
    folders: [folder],
    initializationOptions: { trusted },
    configuration: {},
  });
  const about = { image: `${closed.host}/team/web`, root: uriOf(join(folder, "overlays/dev")) };
  return {
    client,
    find: () => client.request<readonly FoundPullSecret[]>(pullSecretsRequest, about),
    tags: () => client.request<ImageTags>(imageTagsRequest, about),
    use: (chosen: UsePullSecretParameters["secret"]) =>
      client.request<UsedPullSecret>(usePullSecretRequest, { ...about, secret: chosen }),
  };
}

test("pull secrets of files and of overlays are found that hold a login for the registry in clear", async () => {
  const { find } = await start();
  expect((await find()).map(({ name, where }) => `${name}: ${where}`)).toEqual([
    "book-dev/right: secrets.yaml",
    "book-dev/older: secrets.yaml",
    "made: rendered by overlays/dev",
  ]);
});

test.each([0, 1, 2])("the one that a person chooses is used, and no other before: %i", async (which) => {
  const { find, use, tags, client } = await start();
  const refused = await tags();
  expect(refused).toMatchObject({ tags: [], wantsLogin: true });
  const id = (await find())[which]?.id ?? "";
  expect(await use({ kind: "workspace", id })).toEqual({});
  expect((await tags()).tags).toMatchObject([{ tag: "1.0" }]);
  expect(client.log.join()).not.toContain(person.password);
});

test("one that a cluster has is used; one without a login for the registry is told of", async () => {
  const { use, tags } = await start();
  const type = "kubernetes.io/dockerconfigjson";
  const other = await use({ kind: "cluster", type, data: { ".dockerconfigjson": packed(logins("quay.io")) } });
  expect(other.problem).toContain(`holds no login for ${closed.host}`);
  expect(
    (await use({ kind: "cluster", type, data: { ".dockerconfigjson": "no base64 at all!" } })).problem,
  ).toBeDefined();
  expect((await use({ kind: "workspace", id: "gone" })).problem).toBeDefined();
  const wrong = { ".dockerconfigjson": packed(logins(closed.host, "wrong")) };
  expect(await use({ kind: "cluster", type, data: wrong })).toEqual({});
  expect((await tags()).wantsLogin).toBe(true);
  const right = { ".dockerconfigjson": packed(logins(closed.host)) };
  expect(await use({ kind: "cluster", type, data: right })).toEqual({});
  expect((await tags()).tags).toMatchObject([{ tag: "1.0" }]);
});

test("none is used in a workspace that is not trusted", async () => {
  const { find, use } = await start(false);
  const [first] = await find();
  expect((await use({ kind: "workspace", id: first?.id ?? "" })).problem).toContain("trust");
});

test("a pull secret starts no program, whatever helper it names", async () => {
  const text = JSON.stringify({ credsStore: "evil", credHelpers: { [closed.host]: "evil" }, auths: {} });
  const client = openClient({ pullSecrets: [{ form: "config", text }] });
  const { message } = await failureOf(client.resolve(`${closed.host}/team/web`, "1.0"));
  expect(message).toContain("no login was found");
  expect(message).not.toContain("evil");
});
