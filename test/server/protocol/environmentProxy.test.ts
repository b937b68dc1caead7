import { describe, expect, test } from "vitest";
import { environmentProxy, parseProxy, proxyVariable } from "../../../server/src/protocol/environmentProxy";

const proxy = "http://proxy.example.com:3128";

test.each([
  ["https://api.example.com:6443", { HTTPS_PROXY: proxy }, proxy],
  ["https://api.example.com:6443", { https_proxy: " proxy.example.com:3128 " }, "proxy.example.com:3128"],
  ["https://api.example.com:6443", { HTTPS_PROXY: "", https_proxy: proxy }, proxy],
  ["https://api.example.com:6443", { HTTPS_PROXY: proxy, https_proxy: "http://other" }, proxy],
  ["https://api.example.com:6443", { HTTPS_PROXY: proxy, NO_PROXY: "", no_proxy: "example.com" }, undefined],
  ["https://api.example.com:6443", { HTTPS_PROXY: "socks5://10.0.0.1" }, "socks5://10.0.0.1"],
  ["https://api.example.com:6443", { HTTP_PROXY: proxy, ALL_PROXY: proxy }, undefined],
  ["http://api.example.com", { HTTP_PROXY: proxy }, proxy],
  ["https://api.example.com:6443", {}, undefined],
  ["https://api.example.com:6443", { HTTPS_PROXY: " " }, undefined],
  ["https://localhost:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://127.8.0.5:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://[::1]:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://[::ffff:127.0.0.1]", { HTTPS_PROXY: proxy }, undefined],
])("%s with %o goes through %s", (server, variables: Readonly<Record<string, string>>, expected) => {
  expect(environmentProxy(new URL(server), (name) => variables[name])).toBe(expected);
});

test("the variable that counts has a name", () => {
  expect(proxyVariable(new URL("https://a"))).toBe("HTTPS_PROXY");
  expect(proxyVariable(new URL("http://a"))).toBe("HTTP_PROXY");
});

// The answers are those of Go itself: golang.org/x/net/http/httpproxy, v0.49.0.
test.each([
  ["api.example.com:6443", "*", true],
  ["10.1.2.3", "none, *", true],
  ["example.com", "example.com", true],
  ["api.example.com", "other.com, example.com", true],
  ["api.example.com", ".example.com", true],
  ["example.com", ".example.com", false],
  ["api.example.com", "*.example.com", true],
  ["example.com", "*.example.com", false],
  ["example.com", "*example.com", false],
  ["badexample.com", "example.com", false],
  ["api.example.com:6443", "EXAMPLE.com:6443", true],
  ["api.example.com:6443", "example.com:443", false],
  ["api.example.com", "example.com:443", true],
  ["kubernetes.default.svc", ".svc", true],
  ["example.com.", "example.com", false],
  ["10.1.2.3", "10.0.0.0/8", true],
  ["10.131.2.3", "10.128.0.0/14", true],
  ["10.132.2.3", "10.128.0.0/14", false],
  ["10.1.2.3", "0.0.0.0/0", true],
  ["10.1.2.3", "::/0", false],
  ["10.1.2.3", "10.0.0.0/99, 10.0.0.0/8:443", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3", "10.1.2.3:443", true],
  ["10.1.2.3:6443", "10.1.2.3:443", false],
  ["10.1.2.3", "2.3, .3, 10.1.2", false],
  ["10.1.2.3", "::ffff:10.1.2.3", true],
  ["[::ffff:10.1.2.3]", "10.0.0.0/8", true],
  ["api.example.com", "10.0.0.0/8", false],
  ["[fd00::1]", "fd00::/8", true],
  ["[fd00:0:0:1::]", "fd00::/64", false],
  ["[fd00::1]", "fd00:0::0:1", true],
  ["[fd00::1]", "[fd00::1]:443", true],
  ["[fd00::1]", "[fd00::1]", false],
  ["[fd00::1]", "10.0.0.0/8", false],
  ["api.example.com", ",, ,/,:,[]:443,a/8,.", false],
])("%s is asked directly where NO_PROXY is %j: %s", (host, noProxy, isDirect) => {
  const found = environmentProxy(new URL(`https://${host}`), (name) => (name === "NO_PROXY" ? noProxy : proxy));
  expect(found === undefined).toBe(isDirect);
});

describe("the address of a proxy", () => {
  test.each([
    ["proxy.example.com:3128", "http://proxy.example.com:3128/", "", ""],
    ["https://proxy", "https://proxy/", "", ""],
    ["socks5://ada:let%20me%20out@proxy:1080", "socks5://ada:let%20me%20out@proxy:1080", "ada", "let me out"],
    ["http://ada:100%%21@proxy", "http://ada:100%25%21@proxy/", "ada", "100%!"],
    ["http://ada:50%off%20x@proxy", "http://ada:50%25off%20x@proxy/", "ada", "50%off x"],
    ["http://%ff:%C3%A4@proxy", "http://%25ff:%C3%A4@proxy/", "%ff", "ä"],
  ])("may be written as %s", (address, href, user, password) => {
    const parsed = parseProxy(address);
    expect(parsed?.href).toBe(href);
    expect([parsed?.username ?? "", parsed?.password ?? ""].map(decodeURIComponent)).toEqual([user, password]);
  });

  test.each(["://", "http://", "http://a b", "http://proxy:port"])("is not %s", (address) => {
    expect(parseProxy(address)).toBeUndefined();
  });
});
