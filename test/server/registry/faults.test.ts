import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import { answer, type Fault, faultyRegistry } from "../../support/faultyRegistry";
import { forgetNames } from "../../support/forgetNames";
import { digestOf, pushImage } from "../../support/pushImage";
import { failureOf, openClient, QuickClock } from "../../support/registryClient";

let registry: DockerRegistry;
let digest: string;
const platforms = [{ os: "linux", architecture: "amd64", labels: { a: "b" } }] as const;

beforeAll(async () => {
  registry = await startDockerRegistry();
  ({ digest } = await pushImage(`${registry.host}/team/app`, { tag: "1", format: "oci", platforms }));
});
afterAll(() => registry.stop());

/** The registry's answer with another digest in its header, or with none. */
function withDigest(text: string | undefined): Fault {
  return {
    kind: "changed",
    change({ headers: { "docker-content-digest": _, etag: __, ...headers }, ...rest }) {
      return { ...rest, headers: text === undefined ? headers : { ...headers, "docker-content-digest": text } };
    },
  };
}

/** A registry of which only the first so many requests go wrong. */
function failing(times: number, fault: Fault): ReturnType<typeof faultyRegistry> {
  let left = times;
  return faultyRegistry(registry.host, () => (left-- > 0 ? fault : undefined));
}

describe("a registry that", () => {
  test("is down is not reached", async () => {
    const gone = await startDockerRegistry();
    await gone.stop();
    const error = await failureOf(openClient().resolve(`${gone.host}/team/app`, "1"));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("ECONNREFUSED");
  });

  test("does not answer is not waited for once more by each image that is asked for with it", async () => {
    const slow = await faultyRegistry(registry.host, () => ({ kind: "silent" }));
    const clock = new QuickClock();
    // Long enough for a question to get to the registry.
    const client = openClient({ timeout: 1000, clock });
    const ask = () => Promise.all(Array.from({ length: 30 }, (_, i) => failureOf(client.tags(`${slow.host}/app${i}`))));
    const failures = await ask();
    expect(new Set(failures.map(({ kind, message }) => `${kind}: ${message}`)).size).toBe(1);
    expect(failures[0]?.kind).toBe("unreachable");
    const first = slow.seen.length;
    expect(first).toBeLessThanOrEqual(6);
    clock.pass(2000);
    await ask();
    expect(slow.seen.length).toBeGreaterThan(first);
  });

  test("is slow for one question answers others", async () => {
    const slow = await faultyRegistry(registry.host, ({ path }) =>
      path.includes("tags/list") ? { kind: "silent" } : undefined,
    );
    const client = openClient({ timeoutOf: (url) => (url.includes("tags/list") ? 200 : undefined) });
    await client.resolve(`${slow.host}/team/app`, "1");
    expect((await failureOf(client.tags(`${slow.host}/team/app`))).kind).toBe("unreachable");
    expect((await client.resolve(`${slow.host}/team/app`, "1", { fresh: true })).digest).toBeDefined();
  });

  test("has a name that nobody knows is not reached", async () => {
    forgetNames();
    expect((await failureOf(openClient().tags("registry.invalid/team/app"))).kind).toBe("unreachable");
  });

  test("does not answer is given up, or cancelled before", async () => {
    const slow = await faultyRegistry(registry.host, () => ({ kind: "silent" }));
    const client = openClient({ timeout: 200 });
    const error = await failureOf(client.resolve(`${slow.host}/team/app`, "1"));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("0.2 s");
    const patient = openClient({ timeout: 120_000 });
    const signal = AbortSignal.timeout(100);
    for (const each of [
      patient.resolve(`${slow.host}/team/app`, "1", { signal }),
      patient.details(`${slow.host}/team/app`, digest, { signal }),
      patient.tags(`${slow.host}/team/app`, { signal }),
      patient.putTag(
        { image: `${slow.host}/team/app`, digest },
        { image: `${slow.host}/team/app`, tag: "2" },
        { signal },
      ),
    ].map(failureOf)) {
      expect((await each).kind).toBe("cancelled");
    }
    // Nobody waits for an answer any more, neither we nor the machine.
    await expect.poll(slow.underWay, { interval: 20 }).toBe(0);
    expect((await failureOf(patient.tags(`${slow.host}/team/app`, { signal: AbortSignal.abort() }))).kind).toBe(
      "cancelled",
    );
  });

  test("has a passing trouble is asked again, a little later each time", async () => {
    for (const fault of [answer(500), answer(503), { kind: "cutOff" } as const]) {
      const clock = new QuickClock();
      const troubled = await failing(2, fault);
      const client = openClient({ clock });
      expect((await client.tags(`${troubled.host}/team/app`)).tags).toContain("1");
      expect(clock.waits).toEqual([250, 1000]);
    }
  });

  test("stays in trouble is told so", async () => {
    const troubled = await failing(99, answer(500, {}, '{"errors":[{"code":"UNKNOWN","message":"disk full"}]}'));
    const error = await failureOf(openClient().tags(`${troubled.host}/team/app`));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("disk full");
    expect(troubled.seen.length).toBe(3);
  });

  test("wants to be asked less is asked when it says", async () => {
    const clock = new QuickClock();
    const busy = await failing(1, answer(429, { "Retry-After": "3" }));
    expect((await openClient({ clock }).resolve(`${busy.host}/team/app`, "1")).digest).toBe(digest);
    expect(clock.waits).toEqual([3000]);
    const dated = await failing(
      1,
      answer(429, { "Retry-After": "Sun, 22 Nov 2026 10:00:07 GMT", Date: "Sun, 22 Nov 2026 10:00:00 GMT" }),
    );
    const other = new QuickClock();
    expect((await openClient({ clock: other }).resolve(`${dated.host}/team/app`, "1")).digest).toBe(digest);
    expect(other.waits).toEqual([7000]);
  });

  test("wants silence for longer gets it, from all questions", async () => {
    const clock = new QuickClock();
    const busy = await failing(1, answer(429, { "Retry-After": "600" }));
    const client = openClient({ clock });
    const error = await failureOf(client.resolve(`${busy.host}/team/app`, "1"));
    expect(error).toMatchObject({ kind: "rateLimited", retryAfter: 600 });
    expect(error.message).toContain("10 minutes");
    expect((await failureOf(client.tags(`${busy.host}/team/app`))).kind).toBe("rateLimited");
    expect(busy.seen.length).toBe(1);
    clock.pass(600_000);
    expect((await client.tags(`${busy.host}/team/app`)).tags).toContain("1");
  });

  test("cuts its answers off is asked again, and told in the end", async () => {
    const cut = await faultyRegistry(registry.host, ({ method }) =>
      method === "GET" ? { kind: "truncated", bytes: 20 } : undefined,
    );
    const error = await failureOf(openClient().details(`${cut.host}/team/app`, "1"));
    expect(error.kind).toBe("broken");
    expect(error.message).toContain("in its middle");
    expect(cut.seen.filter(({ method }) => method === "GET").length).toBe(3);
  });

  test.each(["manifests", "blobs"])("gives other bytes than the digest says is not believed: %s", async (part) => {
    const wrong = await faultyRegistry(registry.host, ({ method, path }) =>
      method === "GET" && path.includes(part)
        ? {
            kind: "changed",
            change: (real) => ({ ...real, body: Buffer.from(real.body.toString().replace('"', " ")) }),
          }
        : undefined,
    );
    const client = openClient();
    const image = `${wrong.host}/team/app`;
    const error = await failureOf(client.details(image, "1"));
    expect(error.kind).toBe("broken");
    expect(error.message).toContain("do not match the digest");
    if (part === "blobs") return;
    expect((await failureOf(client.putTag({ image, digest }, { image, tag: "2" }))).kind).toBe("broken");
    expect(wrong.seen.some(({ method }) => method === "PUT")).toBe(false);
  });

  test.each([
    ["answers no HEAD", (method: string) => (method === "HEAD" ? answer(405) : undefined)],
    ["leaves the digest out", () => withDigest(undefined)],
    ["gives a digest of a kind that we do not know", () => withDigest("blake3:aa")],
  ])("%s is asked for the bytes", async (_, fault) => {
    const odd = await faultyRegistry(registry.host, ({ method }) => fault(method));
    expect((await openClient().resolve(`${odd.host}/team/app`, "1")).digest).toBe(digest);
  });

  test.each(["manifest", "blob"])("has lost a %s of an image is broken: the image itself is there", async (lost) => {
    const index = await pushImage(`${registry.host}/lossy/app`, { tag: "1", format: "oci", platforms, index: true });
    const [inner = ""] = index.manifests;
    const lossy = await faultyRegistry(registry.host, ({ path }) =>
      path.includes(lost === "blob" ? "/blobs/" : inner) ? answer(404, {}, '{"errors":[]}') : undefined,
    );
    const error = await failureOf(openClient().details(`${lossy.host}/lossy/app`, "1"));
    expect(error.kind).toBe("broken");
    expect(error.message).toContain("not complete");
  });

  test.each([
    ["a page of a portal", answer(200, { "Content-Type": "text/html" }, "<html>")],
    ["what is no object", answer(200, { "Content-Type": "application/json" }, "[]")],
    ["nothing", answer(200)],
    ["a manifest and an index in one", answer(200, {}, '{"manifests":[],"layers":[]}')],
    ["an answer without end", answer(200, {}, "x".repeat(9_000_000))],
    ["another digest than asked for", answer(200, { "Docker-Content-Digest": digestOf("other") })],
  ])("gives %s is broken", async (_, fault) => {
    const odd = await faultyRegistry(registry.host, () => fault);
    const client = openClient();
    const asked = [client.resolve, client.details].map((ask) => failureOf(ask(`${odd.host}/team/app`, digest)));
    for (const error of await Promise.all(asked)) expect(error.kind).toBe("broken");
    if (!fault.kind.startsWith("answer")) return;
    expect((await failureOf(client.tags(`${odd.host}/team/app`))).kind).toBe("broken");
  });

  test("has the format of before 2016 is told so", async () => {
    const type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    const old = await faultyRegistry(registry.host, () => answer(200, { "Content-Type": type }, '{"schemaVersion":1}'));
    expect((await failureOf(openClient().details(`${old.host}/team/app`, digest))).message).toContain("before 2016");
  });

  test("moves a tag between a look and what follows is caught by a fresh look", async () => {
    const image = `${registry.host}/moving/app`;
    const first = await pushImage(image, { tag: "latest", format: "oci", platforms });
    const client = openClient();
    expect((await client.resolve(image, "latest")).digest).toBe(first.digest);
    const other = [{ os: "linux", architecture: "s390x" }] as const;
    const second = await pushImage(image, { tag: "latest", format: "oci", platforms: other });
    expect((await client.resolve(image, "latest", { fresh: true })).digest).toBe(second.digest);
    // What was looked at stays what it was: details are read by digest.
    expect((await client.details(image, first.digest)).platform).toEqual({ os: "linux", architecture: "amd64" });
  });

  test("loses a manifest while its tag is written leaves the tag as it was", async () => {
    const refusing = await faultyRegistry(registry.host, ({ method }) =>
      method === "PUT" ? answer(403, {}, '{"errors":[{"code":"DENIED","message":"tag is immutable"}]}') : undefined,
    );
    const image = `${refusing.host}/team/app`;
    const error = await failureOf(openClient().putTag({ image, digest }, { image, tag: "2" }));
    expect(error.kind).toBe("unauthorized");
    expect(error.message).toContain("immutable");
    expect((await failureOf(openClient().resolve(image, "2"))).kind).toBe("notFound");
  });
});
