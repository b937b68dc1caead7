import { expect, test } from "vitest";
import { findProxy, withProxy } from "../../../server/src/platform/node/proxySettings";

test.each([
  ["https://quay.io/v2/", "", "http://proxy:3128/"],
  ["http://quay.io/v2/", "", "http://plain/"],
  ["https://localhost:5000/", "", undefined],
  ["https://127.8.0.1/", "", undefined],
  ["https://[::1]:5000/", "", undefined],
  ["https://quay.io/", "*", undefined],
  ["https://quay.io/", "example.com, quay.io", undefined],
  ["https://cdn.quay.io/", "quay.io", undefined],
  ["https://cdn.quay.io/", ".quay.io", undefined],
  ["https://cdn.quay.io/", "*.quay.io", undefined],
  ["https://quay.io/", ".quay.io", "http://proxy:3128/"],
  ["https://evilquay.io/", "quay.io", "http://proxy:3128/"],
  ["https://quay.io/", "QUAY.IO:443", undefined],
  ["https://quay.io/", "quay.io:8443", "http://proxy:3128/"],
  ["https://10.130.4.5:5000/", "10.128.0.0/14", undefined],
  ["https://10.1.4.5:5000/", "10.128.0.0/14", "http://proxy:3128/"],
  ["https://registry.svc:5000/", "10.0.0.0/99, .svc", undefined],
  ["https://[fd00::7]/", "fd00::/8", undefined],
  ["https://[fd00::7]/", "fd00::7", undefined],
])("The proxy for %s without '%s' is %s", (url, noProxy, expected) => {
  const variables = new Map([
    ["HTTPS_PROXY", "proxy:3128"],
    ["http_proxy", "http://plain:80"],
    ["NO_PROXY", noProxy],
  ]);
  expect(findProxy(new URL(url), variables)?.href).toBe(expected);
});

test("A proxy that cannot be used is told of, and not passed by", () => {
  for (const proxy of ["://", "socks5://anna:secret@a:1"]) {
    const find = () => findProxy(new URL("https://quay.io"), new Map([["HTTPS_PROXY", proxy]]));
    expect(find).toThrow(/must begin with http/);
    expect(find).not.toThrow(/secret/);
  }
});

test("Of a variable in capitals and one without, the one that is not empty counts", () => {
  const variables = new Map([
    ["HTTPS_PROXY", ""],
    ["https_proxy", "http://small:1"],
  ]);
  expect(findProxy(new URL("https://quay.io"), variables)?.host).toBe("small:1");
});

test("A percent sign in a password may stand as it is", () => {
  const found = findProxy(new URL("https://quay.io"), new Map([["HTTPS_PROXY", "http://anna:50%off%20x@a:1"]]));
  expect(decodeURIComponent(found?.password ?? "")).toBe("50%off x");
});

test("The proxy that somebody has chosen counts before the variables, whose exceptions stay", () => {
  const variables = withProxy(
    new Map([
      ["https_proxy", "http://old:1"],
      ["no_proxy", ".svc"],
    ]),
    { url: "http://chosen:2", except: ["quay.io"] },
  );
  const proxyFor = (url: string) => findProxy(new URL(url), variables)?.host;
  expect(["https://ghcr.io", "http://ghcr.io", "https://quay.io", "https://a.svc"].map(proxyFor)).toEqual([
    "chosen:2",
    "chosen:2",
    undefined,
    undefined,
  ]);
  expect(withProxy(variables, undefined)).toBe(variables);
});
