import { expect, test } from "vitest";
import { environmentProxy } from "../../../client/src/platform/environmentProxy";

const proxy = "http://proxy.example.com:3128";

test.each([
  ["https://api.example.com:6443", { HTTPS_PROXY: proxy }, proxy],
  ["https://api.example.com:6443", { https_proxy: "proxy.example.com:3128" }, proxy],
  ["https://api.example.com:6443", { HTTPS_PROXY: "socks5://10.0.0.1" }, "socks5://10.0.0.1"],
  ["https://api.example.com:6443", { HTTP_PROXY: proxy }, undefined],
  ["http://api.example.com", { HTTP_PROXY: proxy }, proxy],
  ["https://api.example.com:6443", {}, undefined],
  ["https://api.example.com:6443", { HTTPS_PROXY: "" }, undefined],
  ["https://localhost:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://127.0.0.5:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://[::1]:6443", { HTTPS_PROXY: proxy }, undefined],
])("%s with %o goes through %s", (server, variables, expected) => {
  expect(environmentProxy(new URL(server), variables)).toBe(expected);
});

test.each([
  ["api.example.com", "*", true],
  ["api.example.com", "other.com, example.com", true],
  ["api.example.com", ".example.com", true],
  ["example.com", ".example.com", false],
  ["api.example.com", "*.example.com", true],
  ["badexample.com", "example.com", false],
  ["api.example.com", "EXAMPLE.com:6443", true],
  ["api.example.com", "example.com:443", false],
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3", "10.1.2.3:443", false],
  ["10.1.2.3", "10.0.0.0/99", false],
  ["[fd00::1]", "fd00::/8", true],
  ["[fd00::1]", "fd00::1", true],
  ["[fd00::1]", "10.0.0.0/8", false],
  ["api.example.com", ",, ,", false],
])("%s is asked directly where NO_PROXY is %j: %s", (host, noProxy, isDirect) => {
  const found = environmentProxy(new URL(`https://${host}:6443`), { HTTPS_PROXY: proxy, NO_PROXY: noProxy });
  expect(found === undefined).toBe(isDirect);
});
