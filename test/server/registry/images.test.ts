import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRegistry } from "../../../server/src/connectRegistry";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import { faultyRegistry } from "../../support/faultyRegistry";
import {
  digestOf,
  fetchManifest,
  hasBlob,
  type ImageToPush,
  type Pushed,
  pushImage,
  putManifest,
} from "../../support/pushImage";
import { failureOf, openClient, QuickClock } from "../../support/registryClient";

let registry: DockerRegistry;
beforeAll(async () => {
  registry = await startDockerRegistry();
});
afterAll(() => registry.stop());

const amd64 = {
  os: "linux",
  architecture: "amd64",
  created: "2026-03-01T08:12:00Z",
  labels: {
    "org.opencontainers.image.revision": "4f2a9c1",
    "org.opencontainers.image.source": "https://github.com/example/person-service",
    "org.opencontainers.image.version": "1.2",
    ["__proto__"]: "an ordinary one",
  },
} as const;
const arm64 = { os: "linux", architecture: "arm64", variant: "v8", created: "2026-03-01T08:13:00Z" } as const;

const push = (path: string, image: ImageToPush): Promise<Pushed> => pushImage(`${registry.host}/${path}`, image);
const named = (path: string): string => `${registry.host}/${path}`;

describe.each(["oci", "docker"] as const)("an image in the format of %s", (format) => {
  const type =
    format === "oci"
      ? { manifest: "application/vnd.oci.image.manifest.v1+json", index: "application/vnd.oci.image.index.v1+json" }
      : {
          manifest: "application/vnd.docker.distribution.manifest.v2+json",
          index: "application/vnd.docker.distribution.manifest.list.v2+json",
        };

  test("of one platform is resolved and read", async () => {
    const { digest, bytes } = await push(`${format}/one`, { tag: "1.2", format, platforms: [amd64] });
    const client = openClient();
    const resolved = { digest, mediaType: type.manifest, manifestSize: bytes.length };
    expect(await client.resolve(named(`${format}/one`), "1.2")).toEqual(resolved);
    expect(await client.resolve(named(`${format}/one`), digest)).toEqual(resolved);
    const details = await client.details(named(`${format}/one`), "1.2");
    expect(details).toMatchObject({
      ...resolved,
      platforms: [{ platform: { os: "linux", architecture: "amd64" }, digest }],
      created: "2026-03-01T08:12:00Z",
      revision: "4f2a9c1",
      source: "https://github.com/example/person-service",
      version: "1.2",
    });
    const { config, layers } = JSON.parse(bytes);
    expect(details.size).toBe(config.size + layers[0].size);
    expect(details.labels.get("__proto__")).toBe("an ordinary one");
  });

  test("of several platforms is pinned by its index", async () => {
    const platforms = [amd64, arm64] as const;
    const pushed = await push(`${format}/many`, { tag: "2", format, platforms, attestation: true });
    const client = openClient();
    const image = named(`${format}/many`);
    expect(await client.resolve(image, "2")).toMatchObject({ digest: pushed.digest, mediaType: type.index });
    const details = await client.details(image, "2");
    expect(details).toMatchObject({ digest: pushed.digest, mediaType: type.index, revision: "4f2a9c1" });
    expect(details.platform).toEqual({ os: "linux", architecture: "amd64" });
    expect(details.platforms).toEqual([
      { platform: { os: "linux", architecture: "amd64" }, digest: pushed.manifests[0] },
      { platform: { os: "linux", architecture: "arm64", variant: "v8" }, digest: pushed.manifests[1] },
    ]);
    const other = await client.details(image, "2", { platform: { os: "linux", architecture: "arm64" } });
    expect(other).toMatchObject({ digest: pushed.digest, created: "2026-03-01T08:13:00Z" });
    expect(other.revision).toBeUndefined();
  });
});

describe("details", () => {
  test("take from annotations what labels lack, and believe no date before there were registries", async () => {
    const annotations = {
      "org.opencontainers.image.revision": "of the index",
      "org.opencontainers.image.version": "of the index",
    };
    const platform = {
      ...arm64,
      created: "1970-01-01T00:00:00Z",
      labels: { "org.opencontainers.image.revision": "label" },
    };
    await push("annotated", { tag: "1", format: "oci", platforms: [platform], annotations, index: true });
    const details = await openClient().details(named("annotated"), "1");
    expect(details).toMatchObject({ revision: "label", version: "of the index" });
    expect(details.created).toBeUndefined();
  });

  test("of an artifact that is no image leave its configuration alone", async () => {
    const { bytes } = await push("chart", { tag: "base", format: "oci", platforms: [amd64] });
    const manifest = JSON.parse(bytes);
    manifest.config.mediaType = "application/vnd.cncf.helm.config.v1+json";
    const type = "application/vnd.oci.image.manifest.v1+json";
    await putManifest(named("chart"), "1", type, JSON.stringify(manifest));
    expect(await openClient().details(named("chart"), "1")).toMatchObject({ platforms: [], size: expect.any(Number) });
  });
});

describe("tags", () => {
  beforeAll(async () => {
    await push("tagged", { tag: tagOf(0), format: "oci", platforms: [amd64] });
    // The registry has a folder for each tag. Further names for one are made faster than pushes, and it serves them alike.
    const folder = join(registry.storage, "docker/registry/v2/repositories/tagged/_manifests/tags");
    for (let index = 1; index < 1200; index++) symlinkSync(tagOf(0), join(folder, tagOf(index)));
  });

  test("come all, however many there are", async () => {
    const { tags, complete } = await openClient().tags(named("tagged"));
    expect(complete).toBe(true);
    expect([...tags].sort()).toEqual(Array.from({ length: 1200 }, (_, index) => tagOf(index)));
  });

  test.each([
    ["a relative link", (path: string) => `<${path}>; rel="next"`],
    ["the address of a host behind a gateway", (path: string) => `<http://registry.internal:5000${path}>; rel=next`],
    ["several links", (path: string) => `</v2/>; rel="self", <${path}>; rel="next"`],
  ])("come page by page with %s", async (_, link) => {
    const paged = await pagedRegistry(registry.host, 100, link);
    const { tags, complete } = await openClient().tags(`${paged.host}/tagged`);
    expect({ count: new Set(tags).size, complete, pages: paged.seen.length }).toEqual({
      count: 1200,
      complete: true,
      pages: 12,
    });
  });

  test("end when the registry leads in a circle, and when it has too many", async () => {
    const round = await pagedRegistry(registry.host, 100, () => '</v2/tagged/tags/list?n=1000>; rel="next"');
    expect(await openClient().tags(`${round.host}/tagged`)).toMatchObject({ complete: false });
    const endless = await pagedRegistry(registry.host, 1, (path) => `<${path}>; rel="next"`);
    expect((await openClient().tags(`${endless.host}/tagged`)).complete).toBe(false);
  });

  test("are none in a repository without any", async () => {
    const empty = await faultyRegistry(registry.host, ({ path }) =>
      path.includes("tags/list") ? { kind: "answer", status: 200, body: '{"name":"a","tags":null}' } : undefined,
    );
    expect(await openClient().tags(`${empty.host}/a`)).toEqual({ tags: [], complete: true });
  });
});

describe("referrers", () => {
  const signature = { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: digestOf("signature"), size: 9 };
  const listOf = (manifests: readonly object[]): string =>
    JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests });

  test("are found under their tag where the registry does not know the question", async () => {
    const { digest, manifests } = await push("signed", { tag: "1", format: "oci", platforms: [amd64, arm64] });
    const client = openClient();
    expect(await client.referrers(named("signed"), digest)).toEqual([]);
    const referrer = {
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: manifests[0],
      size: 7,
      artifactType: "application/vnd.example.signature",
      annotations: { by: "anna" },
    };
    const type = "application/vnd.oci.image.index.v1+json";
    await putManifest(named("signed"), digest.replace(":", "-"), type, listOf([referrer]));
    const found = await client.referrers(named("signed"), digest, { fresh: true });
    expect(found).toEqual([{ ...referrer, annotations: new Map([["by", "anna"]]) }]);
  });

  test("are read where it does", async () => {
    const newer = await faultyRegistry(registry.host, ({ path }) =>
      path.includes("/referrers/") ? { kind: "answer", status: 200, body: listOf([signature]) } : undefined,
    );
    expect(await openClient().referrers(`${newer.host}/a`, digestOf("a"))).toMatchObject([
      { digest: signature.digest },
    ]);
  });
});

describe("putting a tag", () => {
  test("gives the same bytes another name", async () => {
    const { digest, bytes } = await push("promoted", { tag: "build-2", format: "docker", platforms: [amd64] });
    const client = openClient();
    const image = named("promoted");
    await failureOf(client.resolve(image, "stage"));
    await client.putTag({ image, digest }, { image, tag: "stage" });
    expect(await client.resolve(image, "stage")).toMatchObject({ digest });
    expect(await fetchManifest(image, "stage")).toBe(bytes);
  });

  test("in another repository brings all platforms along", async () => {
    const pushed = await push("from/team", { tag: "1", format: "oci", platforms: [amd64, arm64], attestation: true });
    const client = openClient();
    const to = { image: named("to/team"), tag: "release" };
    await client.putTag({ image: named("from/team"), digest: pushed.digest }, to);
    const there = openClient();
    expect(await there.details(to.image, "release")).toMatchObject({ digest: pushed.digest, revision: "4f2a9c1" });
    for (const manifest of pushed.manifests) expect((await there.resolve(to.image, manifest)).digest).toBe(manifest);
    const [manifest = ""] = pushed.manifests;
    const { config, layers } = JSON.parse(await fetchManifest(to.image, manifest));
    expect(await Promise.all([config, ...layers].map(({ digest }) => hasBlob(to.image, digest)))).toEqual([true, true]);
  });

  test("writes no tag where the registry does not share layers", async () => {
    const { digest } = await push("from/closed", {
      tag: "1",
      format: "oci",
      platforms: [{ ...amd64, layer: "closed" }],
    });
    // Without `mount` the real registry begins an upload instead, as one does that may not read the other repository.
    const closed = await faultyRegistry(registry.host, ({ method, path }) =>
      method === "POST" && path.includes("mount=")
        ? { kind: "answer", status: 202, headers: { Location: "/v2/to/closed/blobs/uploads/1" } }
        : undefined,
    );
    const from = { image: `${closed.host}/from/closed`, digest };
    const client = openClient();
    const error = await failureOf(client.putTag(from, { image: `${closed.host}/to/closed`, tag: "1" }));
    expect(error.kind).toBe("refused");
    expect(error.message).toContain("skopeo copy --all");
    expect(closed.seen.some(({ method }) => method === "PUT")).toBe(false);
    expect(closed.seen.some(({ method, path }) => method === "DELETE" && path.endsWith("uploads/1"))).toBe(true);
  });

  test("is refused between registries, and for what is no tag", async () => {
    const client = openClient();
    const from = { image: named("promoted"), digest: digestOf("x") };
    expect((await failureOf(client.putTag(from, { image: "quay.io/a/b", tag: "1" }))).message).toContain("skopeo copy");
    const toDigest = { image: named("promoted"), tag: digestOf("y") };
    expect((await failureOf(client.putTag(from, toDigest))).kind).toBe("refused");
  });
});

test("The client that entries connect asks this machine's registry", async () => {
  const { digest } = await push("connected", { tag: "1", format: "oci", platforms: [amd64] });
  const client = await connectRegistry({ insecureHosts: [] });
  expect((await client.details(named("connected"), "1")).digest).toBe(digest);
});

describe("what is not there", () => {
  test.each([
    ["a tag", "there", "no-such-tag"],
    ["a digest", "there", digestOf("nothing")],
    ["a repository", "no-such-repository", "1"],
  ])("is not found: %s", async (_, path, version) => {
    await push("there", { tag: "1", format: "oci", platforms: [amd64] });
    const client = openClient();
    for (const ask of [client.resolve, client.details]) {
      const error = await failureOf(ask(named(path), version));
      expect(error.kind).toBe("notFound");
      expect(error.message).toContain(version);
    }
  });

  test("is not asked for when it cannot be", async () => {
    const client = openClient();
    for (const [image, version] of [
      ["../../etc", "1"],
      [named("UPPER/case"), "1"],
      [named("a/../b"), "1"],
      [named("a"), "1/../2"],
      [named("a"), "sha256:12"],
      ["https://quay.io/a/b", "1"],
      ["", "1"],
    ] as const) {
      expect((await failureOf(client.resolve(image, version))).kind, `${image} ${version}`).toBe("refused");
    }
  });
});

describe("answers", () => {
  test("by digest are kept, those by tag for a minute", async () => {
    const { digest } = await push("kept", { tag: "latest", format: "oci", platforms: [amd64, arm64] });
    const watched = await faultyRegistry(registry.host, () => undefined);
    const image = `${watched.host}/kept`;
    const clock = new QuickClock();
    const client = openClient({ clock });
    await client.details(image, "latest");
    const first = watched.seen.length;
    await client.details(image, "latest");
    await client.resolve(image, "latest");
    expect(watched.seen.length).toBe(first);
    const { digest: moved } = await push("kept", { tag: "latest", format: "oci", platforms: [arm64] });
    expect((await client.resolve(image, "latest")).digest).toBe(digest);
    clock.pass(61_000);
    expect((await client.resolve(image, "latest")).digest).toBe(moved);
    expect((await client.resolve(image, "latest", { fresh: true })).digest).toBe(moved);
    const before = watched.seen.length;
    await client.details(image, digest);
    expect(watched.seen.length).toBe(before);
  });

  test("are not sent twice when the registry says that nothing changed", async () => {
    const tagged = await faultyRegistry(registry.host, ({ path, headers }) =>
      !path.includes("tags/list")
        ? undefined
        : headers["if-none-match"] === '"v1"'
          ? { kind: "answer", status: 304 }
          : { kind: "answer", status: 200, headers: { ETag: '"v1"' }, body: '{"tags":["a","b"]}' },
    );
    const client = openClient();
    const image = `${tagged.host}/etag`;
    await client.tags(image);
    expect((await client.tags(image, { fresh: true })).tags).toEqual(["a", "b"]);
    expect(tagged.seen.at(-1)?.headers["if-none-match"]).toBe('"v1"');
  });

  test("are asked for once by all who ask at the same time", async () => {
    await push("there", { tag: "1", format: "oci", platforms: [amd64] });
    const watched = await faultyRegistry(registry.host, () => undefined);
    const client = openClient();
    await Promise.all(Array.from({ length: 20 }, () => client.resolve(`${watched.host}/there`, "1")));
    expect(watched.seen.length).toBe(1);
  });

  test("are asked for a few at a time", async () => {
    const watched = await faultyRegistry(registry.host, () => undefined);
    const client = openClient();
    const all = Array.from({ length: 40 }, (_, index) => client.resolve(`${watched.host}/tagged`, tagOf(index)));
    expect(new Set((await Promise.all(all)).map(({ digest }) => digest)).size).toBe(1);
    expect(watched.seen.length).toBe(40);
    expect(watched.most()).toBeLessThanOrEqual(6);
  });
});

const tagOf = (number: number): string => `t${String(number).padStart(4, "0")}`;

/** The registry that we have gives all tags at once; this one gives so many a page, as newer ones and most services do. */
function pagedRegistry(real: string, size: number, link: (path: string) => string): ReturnType<typeof faultyRegistry> {
  return faultyRegistry(real, ({ path }) => {
    if (!path.includes("tags/list")) return undefined;
    const last = new URL(path, "http://localhost").searchParams.get("last") ?? "";
    const change = (answer: { readonly body: Buffer; readonly headers: object; readonly status: number }) => {
      const tags: string[] = JSON.parse(answer.body.toString())
        .tags.sort()
        .filter((tag: string) => tag > last);
      const page = tags.slice(0, size);
      const next = `/v2/tagged/tags/list?last=${page.at(-1)}&n=${size}`;
      const body = Buffer.from(JSON.stringify({ tags: page }));
      const headers = { "content-type": "application/json", ...(tags.length > size && { link: link(next) }) };
      return { status: 200, headers, body };
    };
    return { kind: "changed", change };
  });
}
