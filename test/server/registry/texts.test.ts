import { describe, expect, test } from "vitest";
import { AnswerCache } from "../../../server/src/registry/answerCache";
import { parseChallenges } from "../../../server/src/registry/challenge";
import { parseAuthFile } from "../../../server/src/registry/credentials/authFile";
import { findEntry, serverAddress } from "../../../server/src/registry/credentials/matchKey";
import { findHome } from "../../../server/src/registry/imageHome";
import { isLoopback, mayBeInsecure } from "../../../server/src/registry/insecureHosts";
import { findNextPage } from "../../../server/src/registry/linkHeader";
import { indexTypes, manifestTypes, parseManifest } from "../../../server/src/registry/manifestContent";
import { readRetryAfter } from "../../../server/src/registry/retry";

describe("the home of an image", () => {
  test.each([
    ["nginx", "registry-1.docker.io", "library/nginx"],
    ["team/app", "registry-1.docker.io", "team/app"],
    ["docker.io/nginx", "registry-1.docker.io", "library/nginx"],
    ["index.docker.io/team/app", "registry-1.docker.io", "team/app"],
    ["docker.io/library/nginx", "registry-1.docker.io", "library/nginx"],
    ["quay.io/team/app", "quay.io", "team/app"],
    ["localhost/app", "localhost", "app"],
    ["localhost:5000/app", "localhost:5000", "app"],
    ["[::1]:5000/app", "[::1]:5000", "app"],
    ["REGISTRY/app", "REGISTRY", "app"],
    ["10.0.0.7:5000/app", "10.0.0.7:5000", "app"],
    [
      "image-registry.openshift-image-registry.svc:5000/book-dev/app",
      "image-registry.openshift-image-registry.svc:5000",
      "book-dev/app",
    ],
  ])("of %s is %s, %s", (image, host, repository) => {
    expect(findHome(image)).toEqual({ host, repository, image });
  });

  test.each([
    "",
    "/",
    "quay.io/",
    "quay.io/Team/app",
    "a b",
    "quay.io/a//b",
    "quay.io/a:1",
    "quay.io:x/a",
    "ä/b",
    "a@b/c",
    "user:secret@quay.io/a",
    "quay.io:99999/a",
    "256.1.1.1/a",
    "0x7f.1/a",
    "1.2.3/a",
  ])("is none for '%s'", (image) => {
    expect(() => findHome(image)).toThrow(/is no name of an image/);
  });
});

describe("the entry of a file of logins", () => {
  const find = (keys: readonly string[], image: string): string | undefined =>
    findEntry(new Map(keys.map((key) => [key, key])), findHome(image));

  test.each([
    [["https://index.docker.io/v1/"], "nginx", "https://index.docker.io/v1/"],
    [["docker.io"], "team/app", "docker.io"],
    [["docker.io/team"], "other/app", undefined],
    [["quay.io", "quay.io/team", "quay.io/team/app"], "quay.io/team/app", "quay.io/team/app"],
    [["quay.io", "quay.io/te"], "quay.io/team/app", "quay.io"],
    [["https://QUAY.io/v2/"], "quay.io/team/app", "https://QUAY.io/v2/"],
    [["https://quay.io/some/path"], "quay.io/team/app", "https://quay.io/some/path"],
    [["quay.io"], "evil-quay.io/team/app", undefined],
    [["*.azurecr.io"], "team.azurecr.io/app", "*.azurecr.io"],
    [["*.azurecr.io"], "a.b.azurecr.io/app", undefined],
    [["a*b*c.example.com/team"], "aXbXc.example.com/team/app", "a*b*c.example.com/team"],
    [["*"], "quay.io/app", undefined],
    [["localhost:5000"], "localhost:5001/app", undefined],
  ])("%j for %s is %s", (keys, image, expected) => {
    expect(find(keys, image)).toBe(expected);
  });

  test("is asked of helpers by Docker's own address for Docker Hub", () => {
    expect([serverAddress(findHome("nginx").host), serverAddress("quay.io")]).toEqual([
      "https://index.docker.io/v1/",
      "quay.io",
    ]);
  });
});

describe("a file of logins", () => {
  test("keeps odd keys and colons in passwords, and passes over what makes no sense", () => {
    const auth = Buffer.from("anna:a:b:ü").toString("base64");
    const text = `{"auths":{"__proto__":{"auth":"${auth}"},"a":{},"b":7,"c":{"auth":"%%%"},"d":null,"e":{"registrytoken":"t"}},"credsStore":5}`;
    expect(parseAuthFile(text, "config")).toEqual({
      logins: new Map<string, object>([
        ["__proto__", { kind: "password", user: "anna", password: "a:b:ü" }],
        ["e", { kind: "registryToken", token: "t" }],
      ]),
      helpers: new Map(),
    });
  });

  test.each(["", "[]", "null", "{", '"x"'])("is none: '%s'", (text) => {
    expect(parseAuthFile(text, "config")).toBeUndefined();
  });
});

test.each([
  [
    'Bearer realm="https://a/t",service="s",scope="repository:a:pull,push"',
    [["bearer", { realm: "https://a/t", service: "s", scope: "repository:a:pull,push" }]],
  ],
  ['Basic realm="a \\"b\\""', [["basic", { realm: 'a "b"' }]]],
  [
    'Negotiate, Basic realm=x, Bearer realm = "y"',
    [
      ["negotiate", {}],
      ["basic", { realm: "x" }],
      ["bearer", { realm: "y" }],
    ],
  ],
  ["Basic", [["basic", {}]]],
  ["", []],
  [`${'"'.repeat(100_000)}`, []],
])("Challenges in %#", (header, expected) => {
  const found = parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
  expect(found).toEqual(expected);
});

test.each([
  ['</v2/a/tags/list?last=b&n=2>; rel="next"', "/v2/a/tags/list?last=b&n=2"],
  ["<tags/list?last=b>;rel=next", "/v2/a/tags/list?last=b"],
  ["<?last=b%2Fc#x>; rel=next", "/v2/a/tags/list?last=b%2Fc"],
  ['</artifactory/api/docker/v2/a/tags/list?last=b>; rel="next"', "/v2/a/tags/list?last=b"],
  ['<https://evil.example.com/v2/a/tags/list?last=b>; rel="next"', "/v2/a/tags/list?last=b"],
  ['</v2/other/tags/list?last=b>; rel="next"', "/v2/a/tags/list?last=b"],
  ['</v2/a/tags/list>; rel="next"', undefined],
  ['</v2/a>; rel="prev"', undefined],
  [undefined, undefined],
])("The next page in %s is %s", (header, expected) => {
  expect(findNextPage(header, "/v2/a/tags/list?n=1")).toBe(expected);
});

test.each([
  ["3", undefined, 3],
  ["0.5", undefined, 1],
  ["Sun, 22 Nov 2026 10:00:07 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 7],
  ["Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 0],
  ["Sun, 22 Nov 2026 10:00:07 GMT", undefined, undefined],
  ["soon", undefined, undefined],
  ["-5", undefined, undefined],
])("Retry-After '%s' at '%s' is %s s", (after, date, expected) => {
  const headers = new Map([["retry-after", after], ...(date === undefined ? [] : [["date", date] as const])]);
  expect(readRetryAfter({ status: 429, headers, body: new Uint8Array() })).toBe(expected);
});

test("Insecure are this machine and the hosts that are named, with any port or with one", () => {
  expect(["localhost:5000", "127.0.0.1", "[::1]:5000"].every(isLoopback)).toBe(true);
  expect(["127.0.0.1.example.com", "localhost.example.com", "128.0.0.1"].some(isLoopback)).toBe(false);
  expect(mayBeInsecure("a.example.com:5000", ["A.example.com"])).toBe(true);
  expect(mayBeInsecure("a.example.com:5000", ["a.example.com:5000"])).toBe(true);
  expect(mayBeInsecure("a.example.com:5001", ["a.example.com:5000"])).toBe(false);
  expect(mayBeInsecure("b.a.example.com", ["a.example.com"])).toBe(false);
  expect(mayBeInsecure("a.example.com:5000", [" https://a.example.com:5000/v2/ "])).toBe(true);
  expect(mayBeInsecure("a.example.com", ["", "https://", "*", "/a.example.com"])).toBe(false);
});

const manifestOf = (content: object, mediaType = "") =>
  parseManifest(new TextEncoder().encode(JSON.stringify(content)), mediaType);

test.each([
  ["both at once", { manifests: [], layers: [], config: {} }, ""],
  ["neither", { schemaVersion: 1, fsLayers: [] }, ""],
  ["an index under the type of a manifest", { manifests: [] }, manifestTypes[0]],
  [
    "a manifest under the type of an index",
    { layers: [], config: { digest: `sha256:${"a".repeat(64)}` } },
    indexTypes[1],
  ],
  ["one under two types", { mediaType: indexTypes[0], manifests: [] }, indexTypes[1]],
  ["a manifest without a configuration", { layers: [] }, ""],
])("A document that is %s is neither index nor manifest", (_, content, mediaType) => {
  expect(manifestOf(content, mediaType)).toBeUndefined();
});

test("Of a list, entries that name no digest are left out", () => {
  const digest = `sha512:${"b".repeat(128)}`;
  const index = manifestOf({ manifests: [{ digest }, { digest: "sha256:../../x" }, null, 7, {}] });
  expect(index?.kind === "index" && index.manifests.map((each) => each.digest)).toEqual([digest]);
});

test("A cache forgets what was asked for longest ago", () => {
  const cache = new AnswerCache(3 * 1100);
  const answer = { body: new Uint8Array(10), headers: new Map(), at: 0 };
  for (const key of ["a", "b", "c"]) cache.put(key, answer);
  cache.get("a");
  cache.put("d", answer);
  expect(["a", "b", "c", "d"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true, true]);
  cache.put("e", { ...answer, body: new Uint8Array(9999) });
  cache.put("d", { ...answer, body: new Uint8Array(9999) });
  expect(["a", "c", "d", "e"].map((key) => cache.get(key) !== undefined)).toEqual([true, true, false, false]);
});
