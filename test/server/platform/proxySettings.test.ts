import { expect, test } from "vitest";
import { findProxy, withProxy } from "../../../server/src/platform/node/proxySettings";

test.each([
  ["https://quay.io/v2/", "http://proxy:3128/"],
  ["http://quay.io/v2/", "http://plain/"],
  ["https://cdn.quay.example/", undefined],
  ["https://localhost:5000/", undefined],
])("The proxy for %s is %s", (url, expected) => {
  const variables = new Map([
    ["HTTPS_PROXY", "proxy:3128"],
    ["http_proxy", "http://plain:80"],
    ["NO_PROXY", ".quay.example"],
  ]);
  expect(findProxy(new URL(url), variables)?.href).toBe(expected);
});

test("A proxy that cannot be used is told of, and not passed by", () => {
  for (const proxy of ["://", "socks4://anna:secret@a:1"]) {
    const find = () => findProxy(new URL("https://quay.io"), new Map([["HTTPS_PROXY", proxy]]));
    expect(find).toThrow(/must begin with http/);
    expect(find).not.toThrow(/secret/);
  }
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
