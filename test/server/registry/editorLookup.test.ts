import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver-types";
import {
  type BumpAnswer,
  type ImageTags,
  type ImageUpdates,
  type ImageVersion,
  imageTagsRequest,
  imageUpdatesRequest,
  imageVersionRequest,
  type PromoteParameters,
  promoteRequest,
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
  const created = new Date(Date.now() - 3.5 * 24 * 3_600_000).toISOString();
  for (const tag of ["1.0", "1.1", "latest"]) {
    const platforms = [{ os: "linux", architecture: "amd64", layer: tag, labels, created }] as const;
    ({ digest } = await pushImage(`${registry.host}/team/web`, { tag, format: "oci", platforms }));
  }
});
afterAll(() => registry.stop());

async function open(
  host: string,
  lookup: boolean,
  trusted: boolean,
  version = 'newTag: "1.0"',
  others: Readonly<Record<string, string>> = {},
) {
  const overlay = (says: string): string =>
    `resources: [../../base]\nimages:\n- name: web\n  newName: ${host}/team/web\n  ${says}\n`;
  const further = Object.entries(others).map(([stage, says]) => [
    `overlays/${stage}/kustomization.yaml`,
    overlay(says),
  ]);
  const folder = temporaryFolder({
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: web\n",
    "overlays/dev/kustomization.yaml": overlay(version),
    ...Object.fromEntries(further),
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
async function startCounter(): Promise<{
  readonly host: string;
  readonly count: () => number;
  /** How many were connected at the same time. */
  readonly most: () => number;
}> {
  let [count, now, most] = [0, 0, 0];
  const server: Server = createServer((socket) => {
    count++;
    now++;
    most = Math.max(most, now);
    socket.on("close", () => now--).on("error", () => {});
    // Long enough that others who would ask at the same time are seen.
    setTimeout(() => socket.destroy(), 30);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    count: () => count,
    most: () => most,
  };
}

test("with the setting, lenses and findings say what the registry has, and a hover waits for more", async () => {
  const { lens, hover } = await open(registry.host, true, true);
  await expect.poll(lens).toBe("1 version behind 1.1 · Update…");
  // One that waits longer than people do says what it knows; the next one waits again.
  await expect.poll(hover).toContain("From commit [3f9e2a1b](https://example.com/team/web/commit/3f9e2a1b)");
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

test("a promotion to a stage that pins digests asks for the digest of the tag", async () => {
  const { client, root } = await open(registry.host, false, true, 'newTag: "1.1"', {
    stage: `digest: sha256:${"0".repeat(64)}`,
  });
  const parameters: PromoteParameters = { from: root, to: root.replace("/dev", "/stage") };
  const plan = await client.request<BumpAnswer>(promoteRequest, parameters);
  expect(plan).toMatchObject({
    kind: "planned",
    images: [{ after: expect.stringMatching(/team\/web@sha256:[1-9a-f]/) }],
  });
});

test("of a tag that a person looks at, age and digest are told", async () => {
  const { client } = await open(registry.host, false, true);
  const image = `${registry.host}/team/web`;
  const version = await client.request<ImageVersion>(imageVersionRequest, { image, tag: "latest" });
  expect(version).toEqual({ digest, text: "3 days ago" });
  const missing = await client.request<ImageVersion>(imageVersionRequest, { image, tag: "none" });
  expect(missing.digest).toBeUndefined();
  expect(missing.text).not.toBe("");
});

test("two hundred images of a file are asked for a few at a time, and not all", async () => {
  const { host, count, most } = await startCounter();
  const containers = Array.from({ length: 200 }, (_, i) => `  - {name: c${i}, image: "${host}/team/app-${i}:1"}\n`);
  const folder = temporaryFolder({
    "pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: many}\nspec:\n  containers:\n${containers.join("")}`,
  });
  const client = await LanguageTestClient.start(module, {
    folders: [folder],
    initializationOptions: { trusted: true },
    configuration: { registry: { lookup: true } },
  });
  client.open(join(folder, "pod.yaml"));
  await expect.poll(count).toBeGreaterThan(0);
  const textDocument = { uri: uriOf(join(folder, "pod.yaml")) };
  // A registry that is down is left alone after the first ones that failed.
  expect(await client.request<readonly CodeLens[]>("textDocument/codeLens", { textDocument })).toEqual([]);
  expect(most()).toBeLessThanOrEqual(6);
});

test("without the setting nobody is contacted until a person asks", async () => {
  const { host, count } = await startCounter();
  const { client, lens, hover } = await open(host, false, true);
  expect(await hover()).not.toContain("registry");
  const quiet = await client.request<StageTable>(stageMatrixRequest, { lookUp: false });
  expect(quiet.groups[0]?.images[0]?.registry).toBeUndefined();
  expect(await lens()).toBe("Bump…");
  expect(count()).toBe(0);
  const { failure } = await client.request<ImageTags>(imageTagsRequest, { image: `${host}/team/web` });
  expect(failure).toBeDefined();
  expect(count()).toBeGreaterThan(0);
});

test("registries are asked through the proxy of VS Code's setting, at once after it changed", async () => {
  // Nobody listens at this port of this machine, which needs no name server to be found, and is asked through proxies by this address.
  const name = "0.0.0.0:1";
  const { client } = await open(name, false, true);
  const { url, asked } = await connectProxy(registry.host);
  const tags = () => client.request<ImageTags>(imageTagsRequest, { image: `${name}/team/web` });
  expect((await tags()).failure).toContain("http.proxy");
  client.changeSettings({ configuration: { registry: { insecureHosts: [name] } }, http: { proxy: url } });
  await expect.poll(async () => (await tags()).tags.map(({ tag }) => tag)).toContain("1.1");
  expect(asked[0]).toBe(`CONNECT ${name}`);
  client.changeSettings({ http: { proxy: url, noProxy: [name] } });
  await expect.poll(async () => (await tags()).failure).toContain("cannot be reached");
});

test("nobody is contacted from a workspace that is not trusted, whatever is asked; trust begins it", async () => {
  const { host, count } = await startCounter();
  const { client, root, hover } = await open(host, true, false);
  await hover();
  const table = await client.request<StageTable>(stageMatrixRequest, { lookUp: true });
  expect(table.failures.join()).toContain("Trust it");
  const { notes } = await client.request<ImageUpdates>(imageUpdatesRequest, { root });
  expect(notes.join()).toContain("Trust it");
  expect(count()).toBe(0);
  client.notify(trustNotification, { trusted: true });
  await expect.poll(count).toBeGreaterThan(0);
});
