import { expect, test } from "vitest";
import { findProxy } from "../../../server/src/platform/node/proxySettings";

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

test("A proxy that is no address is none", () => {
  for (const proxy of ["", "://", "socks5://a:1"]) {
    expect(findProxy(new URL("https://quay.io"), new Map([["HTTPS_PROXY", proxy]]))).toBeUndefined();
  }
});
