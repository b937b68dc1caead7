import { expect, test } from "vitest";
import { parseProxySetting } from "../../../server/src/lsp/editorConfiguration";

const url = "http://anna:secret@proxy.example.com:3128";

test.each([
  [{ proxy: ` ${url} ` }, { url, except: [] }],
  [
    { proxy: url, noProxy: ["quay.io", 7], proxySupport: "override" },
    { url, except: ["quay.io"] },
  ],
  [
    { proxy: url, noProxy: "quay.io" },
    { url, except: [] },
  ],
  [{ proxy: url, proxySupport: "off" }, undefined],
  [{ proxy: "" }, undefined],
  [{ proxy: 3128 }, undefined],
  [{}, undefined],
  [null, undefined],
  ["http", undefined],
])("The proxy of VS Code's settings %j is %j", (value, expected) => {
  expect(parseProxySetting(value)).toEqual(expected);
});
