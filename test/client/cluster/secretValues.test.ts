import { expect, test } from "vitest";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";
import { hideSecretValues, maskSecrets } from "../../../client/src/cluster/secretValues";

const secret = (fields: object): KubeObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "s" },
  ...fields,
});
const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("a value that is another is marked, however it is written", () => {
  const live = secret({ data: { same: base64("one"), other: base64("two"), gone: base64("x") } });
  const files = secret({ data: { same: ` ${base64("one")}\n` }, stringData: { other: "three", added: "y" } });
  const [shownLive, shownFiles] = maskSecrets([live, files]);
  expect(shownLive).toMatchObject({ data: { same: "++++++++", other: "++++++++", gone: "++++++++" } });
  expect(shownFiles).toMatchObject({ data: { same: "++++++++", other: "++++++++ (changed)", added: "++++++++" } });
  expect(shownFiles).not.toHaveProperty("stringData");
  expect(maskSecrets([live, secret({ stringData: { same: "one" } })])[1]).toMatchObject({ data: { same: "++++++++" } });
});

test("only Secrets are masked, and one that the cluster lacks is masked too", () => {
  const map: KubeObject = { ...secret({ data: { key: "value" } }), kind: "ConfigMap" };
  expect(maskSecrets([map, map])).toEqual([map, map]);
  expect(JSON.stringify(maskSecrets([undefined, secret({ stringData: { key: "value" } })]))).not.toContain("value");
});

test("what kubectl apply left behind keeps its keys only; what is no object goes", () => {
  const annotation = "kubectl.kubernetes.io/last-applied-configuration";
  const shown = (text: string): unknown =>
    maskSecrets([secret({ metadata: { name: "s", annotations: { [annotation]: text, kept: "1" } } })])[0]?.metadata
      .annotations;
  expect(shown(JSON.stringify(secret({ stringData: { key: "value" } })))).toEqual({
    kept: "1",
    [annotation]: JSON.stringify({ ...secret({}), data: { key: "++++++++" } }),
  });
  expect(shown("value")).toEqual({ kept: "1" });
  expect(shown('{"kind": "ConfigMap", "metadata": {}, "data": {"a": "value"}}')).toEqual({ kept: "1" });
});

test("a message of the API server loses the values in every form in which it may quote them", () => {
  const object = secret({ data: { a: base64("open sesame\n"), b: 12345 }, stringData: { c: 'say "friend"' } });
  const forms = [
    "open sesame",
    base64("open sesame\n"),
    "12345",
    'say "friend"',
    'say \\"friend\\"',
    base64('say "friend"'),
  ];
  const hidden = hideSecretValues(`refused: ${forms.join(" | ")}`, object);
  for (const form of forms) expect(hidden).not.toContain(form);
  expect(hidden).toMatch(/^refused: /);
  expect(hideSecretValues("refused: 12345", { ...object, kind: "ConfigMap" })).toBe("refused: 12345");
});
