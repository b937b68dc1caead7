import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver-types";
import {
  type ImageTags,
  type ImageUpdates,
  imageTagsRequest,
  imageUpdatesRequest,
} from "../../../server/src/protocol/bump";
import { trustNotification } from "../../../server/src/protocol/session";
import { type StageTable, stageMatrixRequest } from "../../../server/src/protocol/stageMatrix";
import { buildBundles } from "../../support/builtServer";
import { connectProxy } from "../../support/connectProxy";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import { LanguageTestClient, uriOf } from "../../support/languageClient";
import { pushImage } from "../../support/pushImage";
import { temporaryFolder } from "../../support/temporaryFolder";

let module = "";
let registry: DockerRegistry;
let digest = "";
beforeAll(async () => {
  module = join(buildBundles("registry-editor", ["server", "connectRegistry"]), "server.cjs");
  registry = await startDockerRegistry();
  const labels = {
    "org.opencontainers.image.source": "https://example.com/team/web",
    "org.opencontainers.image.revision": "3f9e2a1b",
  };
  for (const tag of ["1.0", "1.1", "latest"]) {
    const platforms = [{ os: "linux", architecture: "amd64", layer: tag, labels }] as const;
    ({ digest } = await pushImage(`${registry.host}/team/web`, { tag, format: "oci", platforms }));
  }
});
afterAll(() => registry.stop());

async function open(host: string, lookup: boolean, trusted: boolean, version = 'newTag: "1.0"') {
  const folder = temporaryFolder({
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: web\n",
    "overlays/dev/kustomization.yaml": `resources: [../../base]\nimages:\n- name: web\n  newName: ${host}/team/web\n  ${version}\n`,
  });
  const client = await LanguageTestClient.start(module, {
    folders: [folder],
    initializationOptions: { trusted },
    configuration: { registry: { lookup } },
  });
  const path = join(folder, "overlays/dev/kustomization.yaml");
  client.open(path);
  const textDocument = { uri: uriOf(path) };
  return {
    client,
    path,
    root: uriOf(join(folder, "overlays/dev")),
    lens: async () =>
      (await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument }))[0]?.command?.title,
    hover: async () => {
      const position = { line: 4, character: 12 };
      const hover = await client.request<Hover>("textDocument/hover", { textDocument, position });
      return (hover.contents as MarkupContent).value;
    },
  };
}

/** Counts who connects, and answers nobody. */
async function startCounter(): Promise<{ readonly host: string; readonly count: () => number }> {
  let count = 0;
  const server: Server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`, count: () => count };
}

test("with the setting, lenses and findings say what the registry has, and a hover waits for more", async () => {
  const { lens, hover } = await open(registry.host, true, true);
  await expect.poll(lens, { timeout: 15_000 }).toBe("1 version behind 1.1 · Update…");
  expect(await hover()).toContain("From commit [3f9e2a1b](https://example.com/team/web/commit/3f9e2a1b)");
});

test("a tag that the registry does not have becomes a finding", async () => {
  const { client, path } = await open(registry.host, true, true, 'newTag: "9.9"');
  expect(await client.codes(path, (codes) => codes.includes("core/unknown-image"))).toContain("core/unknown-image");
});

test("a digest that is behind its tag is found by a person who asks, without the setting", async () => {
  const { client, root } = await open(registry.host, false, true, `digest: sha256:${"0".repeat(64)}`);
  const { updates } = await client.request<ImageUpdates>(imageUpdatesRequest, { root });
  expect(updates).toEqual([
    {
      wish: { image: `${registry.host}/team/web`, tag: "latest", digest },
      from: "sha256:000000000000",
      to: `latest (${digest.slice(0, 19)})`,
    },
  ]);
});

test("without the setting nobody is contacted until a person asks", async () => {
  const { host, count } = await startCounter();
  const { client, lens, hover } = await open(host, false, true);
  expect(await hover()).not.toContain("registry");
  const quiet = await client.request<StageTable>(stageMatrixRequest, { lookUp: false });
  expect(quiet.images[0]?.registry).toBeUndefined();
  expect(await lens()).toBe("Bump…");
  expect(count()).toBe(0);
  const { failure } = await client.request<ImageTags>(imageTagsRequest, { image: `${host}/team/web` });
  expect(failure).toBeDefined();
  expect(count()).toBeGreaterThan(0);
});

test("registries are asked through the proxy of VS Code's setting, at once after it changed", async () => {
  const name = "registry.example.com";
  const { client } = await open(name, false, true);
  const { url, asked } = await connectProxy(registry.host);
  const tags = () => client.request<ImageTags>(imageTagsRequest, { image: `${name}/team/web` });
  expect((await tags()).failure).toContain("http.proxy");
  client.changeSettings({ configuration: { registry: { insecureHosts: [name] } }, http: { proxy: url } });
  await expect.poll(async () => (await tags()).tags.map(({ tag }) => tag)).toContain("1.1");
  expect(asked[0]).toBe(`CONNECT ${name}:443`);
  client.changeSettings({ http: { proxy: url, noProxy: [name] } });
  await expect.poll(async () => (await tags()).failure).toContain("cannot be reached");
});

test("nobody is contacted from a workspace that is not trusted, whatever is asked; trust begins it", async () => {
  const { host, count } = await startCounter();
  const { client, root, hover } = await open(host, true, false);
  await hover();
  await client.request<StageTable>(stageMatrixRequest, { lookUp: true });
  const { notes } = await client.request<ImageUpdates>(imageUpdatesRequest, { root });
  expect(notes.join()).toContain("Trust it");
  expect(count()).toBe(0);
  client.notify(trustNotification, { trusted: true });
  await expect.poll(count, { timeout: 15_000 }).toBeGreaterThan(0);
});
