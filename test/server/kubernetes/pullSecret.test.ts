import { expect, test } from "vitest";
import { type PullSecretText, readPullSecret, readPullSecretData } from "../../../server/src/kubernetes/pullSecret";
import { readDocuments } from "../../../server/src/yaml/read";

function read(text: string): PullSecretText | undefined {
  const root = readDocuments({ path: "/a.yaml", text })[0]?.root;
  if (root?.kind !== "mapping") throw new Error("The sample is no object.");
  return readPullSecret(root);
}

const secret = "apiVersion: v1\nkind: Secret\n";
const json = "type: kubernetes.io/dockerconfigjson\n";
// The text `{}`.
const packed = "e30=";

test.each([
  [`${secret}${json}data: {.dockerconfigjson: ${packed}}`, { form: "config", text: "{}" }],
  [
    `${secret}${json}stringData: {.dockerconfigjson: '[]'}\ndata: {.dockerconfigjson: ${packed}}`,
    { form: "config", text: "[]" },
  ],
  [`${secret}type: kubernetes.io/dockercfg\ndata: {.dockercfg: ${packed}}`, { form: "dockercfg", text: "{}" }],
  [`${secret}type: kubernetes.io/dockercfg\ndata: {.dockerconfigjson: ${packed}}`, undefined],
  [`${secret}type: Opaque\ndata: {.dockerconfigjson: ${packed}}`, undefined],
  [`${secret}${json}data: {.dockerconfigjson: 'ENC[AES256_GCM]'}`, undefined],
  [`${secret}${json}data:`, undefined],
  [`apiVersion: v1\nkind: ConfigMap\n${json}data: {.dockerconfigjson: ${packed}}`, undefined],
  [`apiVersion: bitnami.com/v1alpha1\nkind: Secret\n${json}data: {.dockerconfigjson: ${packed}}`, undefined],
])("What %j holds is %j", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("What the API of a cluster gives is read alike", () => {
  const type = "kubernetes.io/dockerconfigjson";
  const of = (key: string, value: unknown) => readPullSecretData(type, new Map([[key, value]]));
  expect(of(".dockerconfigjson", packed)).toEqual({ form: "config", text: "{}" });
  expect([of(".dockercfg", packed), of(".dockerconfigjson", 7), readPullSecretData("Opaque", new Map())]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
