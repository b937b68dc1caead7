import { expect, test } from "vitest";
import { findParts } from "../../../../server/src/domains/core/parts";
import { readDocuments } from "../../../../server/src/yaml/read";

/** What a document calls parts, and what it mentions, as `type name`. */
function partsIn(text: string): { readonly defined: readonly string[]; readonly mentioned: readonly string[] } {
  const { definitions, mentions } = readDocuments({ path: "/a.yaml", text })
    .map(findParts)
    .reduce((a, b) => ({
      definitions: [...a.definitions, ...b.definitions],
      mentions: [...a.mentions, ...b.mentions],
    }));
  return {
    defined: definitions.map(({ part, object }) => `${object.kind} ${object.name}: ${part?.type} ${part?.name}`),
    mentioned: mentions.map(({ part, object }) => `${object.kind} ${object.name}: ${part?.type} ${part?.name}`),
  };
}

test("keys of ConfigMaps and Secrets, and who takes them", () => {
  expect(
    partsIn(`
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
binaryData: {logo.png: AAAA}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    env:
    - name: A
      valueFrom: {configMapKeyRef: {name: settings, key: colour}}
  volumes:
  - name: v
    secret: {secretName: token, items: [{key: a, path: b}]}
`),
  ).toEqual({
    defined: [
      "ConfigMap settings: key colour",
      "ConfigMap settings: key logo.png",
      "Pod web: container web",
      "Pod web: volume v",
    ],
    mentioned: ["ConfigMap settings: key colour", "Secret token: key a"],
  });
});

test("ports and volumes, and who uses them", () => {
  expect(
    partsIn(`
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  volumeClaimTemplates:
  - metadata: {name: data}
  template:
    spec:
      containers:
      - name: db
        ports: [{name: sql, containerPort: 5432}]
        livenessProbe: {tcpSocket: {port: sql}}
        volumeMounts: [{name: data, mountPath: /a}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend: {service: {name: web, port: {name: http}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports: [{name: http, port: 80}]
`),
  ).toEqual({
    defined: [
      "StatefulSet db: container db",
      "StatefulSet db: port sql",
      "StatefulSet db: volume data",
      "Service web: port http",
    ],
    mentioned: ["StatefulSet db: volume data", "StatefulSet db: port sql", "Service web: port http"],
  });
});

test("a half-typed document mentions nothing", () => {
  expect(partsIn("apiVersion: v1\nkind: Pod\nmetadata:\n  name: [\n")).toEqual({ defined: [], mentioned: [] });
  expect(partsIn("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - env:\n")).toEqual({
    defined: [],
    mentioned: [],
  });
});
