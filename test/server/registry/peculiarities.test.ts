import { rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import { type Answer, type Fault, faultyRegistry, type Seen } from "../../support/faultyRegistry";
import { forgetNames } from "../../support/forgetNames";
import { digestOf, fetchManifest, type PushedPlatform, pushImage, putManifest } from "../../support/pushImage";
import { failureOf, openClient } from "../../support/registryClient";

const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const amd64: PushedPlatform = { os: "linux", architecture: "amd64", labels: { a: "b" } };

let registry: DockerRegistry;
let digest: string;
let manifests: readonly string[];
const named = (path: string): string => `${registry.host}/${path}`;

beforeAll(async () => {
  registry = await startDockerRegistry();
  const arm64 = { os: "linux", architecture: "arm64" };
  ({ digest, manifests } = await pushImage(named("team/app"), { tag: "1", format: "oci", platforms: [amd64, arm64] }));
});
afterAll(() => registry.stop());

/** In front of the registry, which answers as always where `answer` gives nothing. */
function front(answer: (seen: Seen) => Partial<Answer> | ((real: Answer) => Answer) | undefined) {
  return faultyRegistry(registry.host, (seen): Fault | undefined => {
    const own = answer(seen);
    if (own === undefined) return undefined;
    if (typeof own === "function") return { kind: "changed", change: own };
    return { kind: "changed", change: () => ({ status: 200, headers: {}, body: Buffer.alloc(0), ...own }) };
  });
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const withHeaders =
  (headers: Answer["headers"]) =>
  (real: Answer): Answer => ({ ...real, headers: { ...real.headers, ...headers } });

describe("media types", () => {
  test("of answers may be general: what a manifest says of itself counts, and is written", async () => {
    const general = await front(({ path }) =>
      path.includes("/manifests/") ? withHeaders({ "content-type": "application/json; charset=utf-8" }) : undefined,
    );
    const image = `${general.host}/team/app`;
    const client = openClient();
    expect(await client.details(image, "1")).toMatchObject({ digest, mediaType: indexType, platforms: [{}, {}] });
    const to = { image: `${general.host}/team/general`, tag: "1" };
    expect(await client.putTag({ image, digest }, to)).toMatchObject({ mediaType: indexType });
    const written = general.seen.filter(({ method }) => method === "PUT").map(({ headers }) => headers["content-type"]);
    expect(written).toEqual([manifestType, manifestType, indexType]);
  });

  test("may have parameters", async () => {
    const odd = await front(() => withHeaders({ "content-type": `${indexType}; charset=utf-8` }));
    expect((await openClient().resolve(`${odd.host}/team/app`, "1")).mediaType).toBe(indexType);
  });

  test("that contradict each other are broken", async () => {
    const odd = await front(({ path }) =>
      path.includes("/manifests/") ? withHeaders({ "content-type": manifestType }) : undefined,
    );
    expect((await failureOf(openClient().details(`${odd.host}/team/app`, digest))).kind).toBe("broken");
  });
});

describe("an index", () => {
  const put = (tag: string, entries: readonly object[] | null): Promise<void> =>
    putManifest(
      named("team/app"),
      tag,
      indexType,
      JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: entries }),
    );
  const entry = (type: string, of: string, more: object = {}): object => ({
    mediaType: type,
    digest: of,
    size: 7,
    ...more,
  });

  test("that names no platforms has those of its first image, and no attestation is taken for one", async () => {
    const annotations = { "vnd.docker.reference.type": "attestation-manifest" };
    const [first = "", second = ""] = manifests;
    await put("nameless", [entry(manifestType, second, { annotations }), entry(manifestType, first)]);
    const details = await openClient().details(named("team/app"), "nameless");
    expect(details.platform).toEqual({ os: "linux", architecture: "amd64" });
    expect(details.labels.get("a")).toBe("b");
  });

  test("in an index is not followed, and not copied", async () => {
    await put("nested", [entry(indexType, digest, { platform: { os: "linux", architecture: "amd64" } })]);
    const client = openClient();
    const nested = await client.details(named("team/app"), "nested");
    expect(nested).toMatchObject({ size: 0, platforms: [{ digest }] });
    const copy = client.putTag(
      { image: named("team/app"), digest: nested.digest },
      { image: named("team/copy"), tag: "1" },
    );
    expect((await failureOf(copy)).kind).toBe("broken");
    expect((await failureOf(client.resolve(named("team/copy"), "1"))).kind).toBe("notFound");
  });

  test.each([
    ["an index", { manifests: null }],
    ["a manifest", { layers: null, config: { digest: digestOf("c"), mediaType: "a/b", size: 2 } }],
  ])("or manifest may write null for no entries: %s", async (_, content) => {
    const body = json({ schemaVersion: 2, ...content });
    const odd = await front(() => ({ body }));
    const details = await openClient().details(`${odd.host}/a`, digestOf(body.toString()));
    expect(details.platforms).toEqual([]);
  });
});

test("Layers that lie elsewhere, as those of Windows do, are not looked for when an image is put into another repository", async () => {
  const [first = ""] = manifests;
  const real = JSON.parse(await fetchManifest(named("team/app"), first));
  const foreign = {
    mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    digest: digestOf("windows"),
    size: 7,
    urls: ["https://example.com/layer"],
  };
  const bytes = JSON.stringify({ ...real, layers: [...real.layers, foreign] });
  // The registry takes no manifest whose layers it lacks, so that it only seems to have this one.
  const windows = await front(({ method, path }) =>
    method === "GET" && path.includes(digestOf(bytes))
      ? { headers: { "content-type": manifestType }, body: Buffer.from(bytes) }
      : method === "PUT"
        ? { status: 201 }
        : undefined,
  );
  const from = { image: `${windows.host}/team/app`, digest: digestOf(bytes) };
  await openClient().putTag(from, { image: `${windows.host}/team/windows`, tag: "1" });
  expect(windows.seen.map(({ path }) => path).join("\n")).not.toContain(foreign.digest);
});

describe("what was not asked for", () => {
  test("packed with gzip is unpacked", async () => {
    const packing = await front(({ method }) =>
      method === "HEAD"
        ? undefined
        : (real) => ({
            ...real,
            headers: { "content-type": real.headers["content-type"], "content-encoding": "gzip" },
            body: gzipSync(real.body),
          }),
    );
    expect((await openClient().details(`${packing.host}/team/app`, "1")).labels.get("a")).toBe("b");
    expect(new Set(packing.seen.map(({ headers }) => headers["accept-encoding"]))).toEqual(new Set(["identity"]));
  });

  test.each([
    ["says so without being so", Buffer.from("plain"), "and is not"],
    ["without end", gzipSync(Buffer.alloc(50_000_000)), "longer than"],
  ])("packed with gzip %s is broken", async (_, body, words) => {
    const odd = await front(() => ({ headers: { "content-encoding": "gzip" }, body }));
    const error = await failureOf(openClient().details(`${odd.host}/team/app`, digest));
    expect(error.kind).toBe("broken");
    expect(error.message).toContain(words);
  });
});

describe("digests of sha512", () => {
  const image = json({ schemaVersion: 2, layers: [], config: { digest: digestOf("c"), mediaType: "a/b", size: 2 } });
  const long = async (bytes: Buffer): Promise<string> => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", new Uint8Array(bytes)));
    return `sha512:${Buffer.from(hash).toString("hex")}`;
  };

  test("are held against the bytes", async () => {
    const wanted = await long(image);
    const right = await front(() => ({ headers: { "content-type": manifestType }, body: image }));
    const client = openClient();
    expect((await client.resolve(`${right.host}/a`, wanted)).digest).toBe(wanted);
    const other = `sha512:${"0".repeat(128)}`;
    expect((await failureOf(client.details(`${right.host}/a`, other))).message).toContain("do not match the digest");
  });

  test("are shortened in the tag that holds referrers", async () => {
    const without = await front(({ path }) => (path.includes("/referrers/") ? { status: 404 } : undefined));
    expect(await openClient().referrers(`${without.host}/team/app`, await long(image))).toEqual([]);
    expect(without.seen.at(-1)?.path).toMatch(/manifests\/sha512-[0-9a-f]{64}$/);
  });
});

describe("404", () => {
  const page = { status: 404, headers: { "content-type": "text/html" }, body: Buffer.from("<h1>Not Found</h1>") };

  test("from what is no registry is no news of a missing tag", async () => {
    const portal = await front(() => page);
    const error = await failureOf(openClient().resolve(`${portal.host}/team/app`, "1"));
    expect(error.kind).toBe("broken");
    expect(error.message).toContain("is there a registry?");
  });

  test("to a question for referrers means the tag is asked, whatever the page looks like", async () => {
    const older = await front(({ path }) => (path.includes("/referrers/") ? page : undefined));
    expect(await openClient().referrers(`${older.host}/team/app`, digest)).toEqual([]);
    expect(older.seen.at(-1)?.path).toContain("/manifests/sha256-");
  });

  test("is believed of an image that was there a moment ago", async () => {
    const gone = await pushImage(named("gone/app"), { tag: "1", format: "oci", platforms: [amd64] });
    const client = openClient();
    expect((await client.resolve(named("gone/app"), gone.digest)).digest).toBe(gone.digest);
    rmSync(join(registry.storage, "docker/registry/v2/repositories/gone"), { recursive: true });
    const asked = client.resolve(named("gone/app"), gone.digest, { fresh: true });
    expect((await failureOf(asked)).kind).toBe("notFound");
  });
});

describe("a list of tags", () => {
  test("is asked for without a number by who does not like ours", async () => {
    const picky = await front(({ path }) =>
      path.includes("n=")
        ? { status: 400, body: json({ errors: [{ code: "PAGINATION_NUMBER_INVALID" }] }) }
        : undefined,
    );
    expect((await openClient().tags(`${picky.host}/team/app`)).tags).toContain("1");
  });

  test.each([
    ["leaves the tags out", { name: "team/app" }, []],
    [
      "adds what it knows of images, as Google's do",
      { tags: ["a"], child: [], manifest: { a: { tag: ["a"] } } },
      ["a"],
    ],
    ["has what is no text", { tags: ["a", 7, null, ""] }, ["a"]],
  ])("that %s is read", async (_, content, tags) => {
    const odd = await front(() => ({ body: json(content) }));
    expect(await openClient().tags(`${odd.host}/a`)).toEqual({ tags, complete: true });
  });

  test("may be long, and is not cut where it comes at once", async () => {
    const tags = Array.from({ length: 40_000 }, (_, index) => `build-${index}`);
    const manifest = Object.fromEntries(
      tags.map((tag) => [digestOf(tag), { tag: [tag], timeCreatedMs: "1".repeat(200) }]),
    );
    const body = json({ tags, manifest });
    expect(body.length).toBeGreaterThan(8 * 1024 * 1024);
    const large = await front(() => ({ body }));
    expect(await openClient().tags(`${large.host}/a`)).toEqual({ tags, complete: true });
  });

  test.each([2500, 2000, 1000, 999])(
    "that comes page by page without a link is read to its end: %i tags",
    async (count) => {
      const tags = Array.from({ length: count }, (_, index) => `t${String(index).padStart(5, "0")}`);
      const paging = await front(({ path }) => {
        const { searchParams } = new URL(path, "http://localhost");
        const rest = tags.filter((tag) => tag > (searchParams.get("last") ?? ""));
        return { body: json({ tags: rest.slice(0, Number(searchParams.get("n"))) }) };
      });
      expect(await openClient().tags(`${paging.host}/a`)).toEqual({ tags, complete: true });
      const atOnce = await front(() => ({ body: json({ tags }) }));
      expect(await openClient().tags(`${atOnce.host}/a`)).toEqual({ tags, complete: true });
      expect(atOnce.seen.length).toBeLessThanOrEqual(2);
    },
  );

  test("that ends with a full page is whole where the registry takes no last tag of ours, as Amazon's do", async () => {
    const tags = Array.from({ length: 1000 }, (_, index) => `t${index}`);
    const body = json({ errors: [{ code: "UNSUPPORTED", message: "Invalid parameter at 'NextToken'" }] });
    const picky = await front(({ path }) =>
      path.includes("last=") ? { status: 405, body } : { body: json({ tags }) },
    );
    expect(await openClient().tags(`${picky.host}/a`)).toEqual({ tags, complete: true });
    const link = { link: '</v2/a/tags/list?last=x&n=1000>; rel="next"' };
    const refusing = await front(({ path }) =>
      path.includes("last=") ? { status: 405, body } : { headers: link, body: json({ tags }) },
    );
    expect((await failureOf(openClient().tags(`${refusing.host}/a`))).kind).toBe("refused");
  });

  test("that is none is broken", async () => {
    const odd = await front(() => ({ body: json({ results: [] }) }));
    expect((await failureOf(openClient().tags(`${odd.host}/a`))).kind).toBe("broken");
  });
});

test("A name inside a cluster says where its registry is to be found from outside", async () => {
  forgetNames();
  const error = await failureOf(openClient().tags("image-registry.openshift-image-registry.svc:5000/book-dev/app"));
  expect(error.kind).toBe("unreachable");
  expect(error.message).toContain("oc registry info --public");
});
