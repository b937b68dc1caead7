import type { AddFile } from "./patches";
import type { Random } from "./random";
import type { Fields, Value } from "./yamlText";

/*
 * What a kustomization says about kinds: `crds` and `openapi`. Both are written as JSON, as the tools that make them do.
 */

/** A file of Go types with marks on the fields that the random objects have. */
export function crds(addFile: AddFile, random: Random): Fields[string] {
  const type = (properties: Fields): Fields => ({ Schema: { properties }, Dependencies: [] });
  const root = (spec: string): Fields =>
    type({
      apiVersion: { type: "string" },
      kind: random.chance(0.95) ? { type: "string" } : undefined,
      metadata: { $ref: "k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta" },
      spec: { $ref: spec },
      data: random.chance(0.2) ? marks(random) : undefined,
    });
  const package_ = "example.com/pkg";
  const definitions: Fields = {
    [`${package_}/v1.Thing`]: root(`${package_}/v1.Spec`),
    [`${package_}/v1beta1.Other`]: random.chance(0.5) ? root(`${package_}/v1.Spec`) : undefined,
    [`${package_}/v1.Spec`]: type({
      text: marks(random),
      image: marks(random),
      list: random.chance(0.3) ? marks(random) : undefined,
      nested: { ...reference(random), $ref: random.chance(0.7) ? `${package_}/v1.Nested` : undefined },
    }),
    [`${package_}/v1.Nested`]: type({ name: marks(random), items: random.chance(0.2) ? marks(random) : undefined }),
  };
  return [addFile("json", `${JSON.stringify(random.chance(0.97) ? definitions : [definitions])}\n`)];
}

function marks(random: Random): Fields {
  return {
    type: "string",
    "x-kubernetes-annotation": random.chance(0.15) ? "" : undefined,
    "x-kubernetes-label-selector": random.chance(0.15) ? "" : undefined,
    "x-kubernetes-identity": random.chance(0.1) ? "" : undefined,
    ...(random.chance(0.2) ? reference(random) : {}),
  };
}

function reference(random: Random): Fields {
  if (random.chance(0.3)) return {};
  return {
    "x-kubernetes-object-ref-api-version": random.pick(["v1", "apps/v1", "example.com/v1"]),
    "x-kubernetes-object-ref-kind": random.pick(["ConfigMap", "Secret", "Deployment", "Thing"]),
    "x-kubernetes-object-ref-name-key": random.pick(["name", undefined, "items"]),
  };
}

/** A schema file for kinds of our own and for some that Kubernetes has, or the version of the built-in one. */
export function openapi(addFile: AddFile, random: Random): Fields {
  if (random.chance(0.25)) return { version: random.chance(0.9) ? "v1.21.2" : "v1.20.4" };
  const path = addFile("json", `${JSON.stringify({ definitions: definitions(random), paths: paths(random) })}\n`);
  return { path, version: random.chance(0.03) ? "v1.21.2" : undefined };
}

function definitions(random: Random): Fields {
  const spec: Fields = {
    type: "object",
    properties: {
      list: listOf("string", random),
      items: listOf("object", random),
      nested: { type: "object", properties: { items: listOf("object", random) } },
    },
  };
  return {
    "com.example.v1.Thing": {
      properties: { spec: random.chance(0.6) ? spec : { $ref: "#/definitions/com.example.v1.Spec" } },
      "x-kubernetes-group-version-kind": [{ group: "example.com", version: "v1", kind: "Thing" }],
    },
    "com.example.v1.Spec": spec,
    "io.k8s.api.apps.v1.Deployment": random.chance(0.4) ? workload(random) : undefined,
    "io.k8s.api.core.v1.ConfigMap": random.chance(0.2)
      ? {
          properties: { data: { type: "object", additionalProperties: { type: "string" } } },
          "x-kubernetes-group-version-kind": [{ group: "", version: "v1", kind: "ConfigMap" }],
        }
      : undefined,
  };
}

function workload(random: Random): Fields {
  const container: Fields = { type: "object", properties: { env: listOf("object", random) } };
  const pod: Fields = {
    properties: { containers: { ...listOf("object", random), items: container }, volumes: listOf("object", random) },
  };
  return {
    properties: { spec: { properties: { template: { properties: { spec: pod } } } } },
    "x-kubernetes-group-version-kind": [{ group: "apps", version: "v1", kind: "Deployment" }],
  };
}

function listOf(type: string, random: Random): Fields {
  const merges = random.chance(0.7);
  return {
    type: "array",
    items: { type },
    "x-kubernetes-patch-strategy": merges ? random.pick(["merge", "merge,retainKeys", "replace"]) : undefined,
    "x-kubernetes-patch-merge-key": type === "object" && random.chance(0.8) ? "name" : undefined,
    "x-kubernetes-list-map-keys": type === "object" && random.chance(0.15) ? ["name", "value"] : undefined,
  };
}

function paths(random: Random): Value {
  const get = (kind: string): Fields => ({
    get: { "x-kubernetes-group-version-kind": { group: "example.com", version: "v1", kind } },
  });
  return {
    "/apis/example.com/v1/things": random.chance(0.3) ? get("Thing") : undefined,
    "/apis/example.com/v1/namespaces/{namespace}/things": random.chance(0.2) ? get("Thing") : undefined,
  };
}
