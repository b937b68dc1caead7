import { describe, expect, test } from "vitest";
import { parseImageReference } from "../../../server/src/kubernetes/imageReference";
import { findNearName } from "../../../server/src/kubernetes/nearName";
import { parseQuantity } from "../../../server/src/kubernetes/quantity";
import { decodeBase64, isSecretValue } from "../../../server/src/kubernetes/secretText";

test.each([
  ["nginx", { name: "nginx", tag: undefined, digest: undefined }],
  ["registry:5000/app", { name: "registry:5000/app", tag: undefined, digest: undefined }],
  ["registry:5000/app:1", { name: "registry:5000/app", tag: "1", digest: undefined }],
  ["q.io/app:1@sha256:9f", { name: "q.io/app", tag: "1", digest: "sha256:9f" }],
  ["app@sha256:9f", { name: "app", tag: undefined, digest: "sha256:9f" }],
  ["app:", { name: "app", tag: undefined, digest: undefined }],
])("the image %s", (text, expected) => expect(parseImageReference(text)).toEqual(expected));

test.each([
  ["500m", 0.5],
  ["0.5", 0.5],
  ["1Gi", 1073741824],
  ["1024Mi", 1073741824],
  ["1e3", 1000],
  ["1E", 1e18],
  [".5k", 500],
  ["", undefined],
  ["1GB", undefined],
  ["lots", undefined],
])("the quantity %s", (text, expected) => expect(parseQuantity(text)).toBe(expected));

describe("a name that was meant", () => {
  test.each([
    ["web-setings", ["web-settings", "other"], "web-settings"],
    ["webSettings", ["web-settings"], "web-settings"],
    ["person-servcie", ["person-service"], "person-service"],
    ["db-1", ["db-2"], undefined],
    ["app-dev", ["app-prod"], undefined],
    ["tls-a", ["tls-b"], undefined],
    ["web", ["web-config"], undefined],
    ["web-data1", ["web-data2"], undefined],
    ["web-settins", ["web-setting", "web-settings"], undefined],
  ])("%s among %j", (name, known, expected) => expect(findNearName(name, known)).toBe(expected));
});

describe("what should stay secret", () => {
  test.each([
    ["password", "s3cr3t"],
    ["DB_PASSWORD", "hunter2"],
    ["token", "abc.def.ghi"],
    ["anything", "x9a8b7c6d5e4f3a2b1c0"],
    ["config.yaml", "user: a\npassword: hunter2\n"],
    ["note", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"],
    [".dockerconfigjson", '{"auths":{"quay.io":{"auth":"YTpi"}}}'],
  ])("%s: %s", (key, value) => expect(isSecretValue(key, value)).toBe(true));
  test.each([
    ["username", "admin"],
    ["url", "https://x9a8b7c6d5e4f3a2b1c0"],
    ["password", ""],
    ["password", "changeme"],
    ["password", "Y2hhbmdlbWU="],
    ["password", "<path:secret/data/a#b>"],
    ["password", "vault:secret/data/a#b"],
    ["password", "$" + "{PASSWORD}"],
    ["password", "ENC[AES256_GCM,data:x]"],
    ["tls.crt", "-----BEGIN CERTIFICATE-----\nMII\n"],
    ["config.yaml", "user: a\npasswordFile: /etc/a\n"],
    ["enabled", "true"],
    ["database-name", "people"],
  ])("not %s: %s", (key, value) => expect(isSecretValue(key, value)).toBe(false));
  test("base64 hides nothing, and what is none is left alone", () => {
    expect(decodeBase64("aHVudGVyMg==")).toBe("hunter2");
    expect(decodeBase64("hunter2!")).toBeUndefined();
  });
});
