import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf, fetchManifest, pushImage, putBlob, putManifest } from "../support/pushImage";
import { failureOf, openClient } from "../support/registryClient";
import { type OtherRegistry, startOtherRegistry } from "./support/otherRegistry";

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const amd64 = { os: "linux", architecture: "amd64", labels: { team: "books" } } as const;
const arm64 = { os: "linux", architecture: "arm64" } as const;

let registry: OtherRegistry;
beforeAll(async () => {
  registry = await startOtherRegistry();
});
afterAll(() => registry.stop());

test("what refers to an image is told by a registry that knows it", async () => {
  const image = `${registry.host}/team/signed`;
  const { digest, bytes } = await pushImage(image, { tag: "1", format: "oci", platforms: [amd64] });
  const client = openClient();
  expect(await client.referrers(image, digest)).toEqual([]);
  const empty = await putBlob(image, "{}");
  const signature = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: "application/vnd.example.signature",
    config: { mediaType: "application/vnd.oci.empty.v1+json", digest: empty, size: 2 },
    layers: [{ mediaType: "application/octet-stream", digest: empty, size: 2 }],
    subject: { mediaType: manifestType, digest, size: bytes.length },
  });
  await putManifest(image, digestOf(signature), manifestType, signature);
  const found = await client.referrers(image, digest, { fresh: true });
  expect(found).toMatchObject([{ digest: digestOf(signature), mediaType: manifestType, size: signature.length }]);
});

test("images of several platforms are read, and put into another repository byte for byte", async () => {
  const image = `${registry.host}/team/app`;
  const pushed = await pushImage(image, { tag: "build-2", format: "oci", platforms: [amd64, arm64] });
  const client = openClient();
  const details = await client.details(image, "build-2");
  expect(details).toMatchObject({
    digest: pushed.digest,
    platforms: [{ platform: { os: "linux", architecture: "amd64" } }, { platform: arm64 }],
  });
  expect(details.labels.get("team")).toBe("books");
  const to = { image: `${registry.host}/team/released`, tag: "1.0" };
  await client.putTag({ image, digest: pushed.digest }, to);
  expect(await fetchManifest(to.image, "1.0")).toBe(pushed.bytes);
});

test("tags come all, page by page and without a link", async () => {
  const image = `${registry.host}/team/many`;
  const { bytes } = await pushImage(image, { tag: "t0000", format: "oci", platforms: [amd64] });
  const names = Array.from({ length: 1100 }, (_, index) => `t${String(index).padStart(4, "0")}`);
  for (const name of names) await putManifest(image, name, manifestType, bytes);
  const { tags, complete } = await openClient().tags(image);
  expect({ tags, complete }).toEqual({ tags: names, complete: true });
});

test("what is not there is not found", async () => {
  const image = `${registry.host}/team/missing`;
  for (const version of ["1", digestOf("nothing")]) {
    expect((await failureOf(openClient().resolve(image, version))).kind).toBe("notFound");
  }
});
