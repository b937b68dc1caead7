import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { RE2JS } from "re2js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSchemas } from "../../../schemas/scripts/buildSchemas";
import { type Bundle, type BundleIndex, makeBundle } from "../../../schemas/scripts/bundle";
import type { Schema } from "../../../schemas/scripts/schema";
import { splitReference } from "../../../schemas/scripts/shards";

/** More than the build may take, for machines that do other things as well. */
const buildTime = 120_000;

const project = fileURLToPath(new URL("../../../", import.meta.url));

describe("the bundle", () => {
  let bundle: Bundle;
  beforeAll(() => {
    bundle = makeBundle({ project });
  }, buildTime);

  /** The schema at a path of fields below a kind; `[]` stands for the items of a list, `*` for the values of a map. */
  const at = (apiVersion: string, kind: string, ...path: string[]): Schema => {
    let place = resolve(bundle, bundle.index.kinds[apiVersion]?.[kind]?.schema ?? "", "");
    for (const step of path) {
      const { properties, items, additionalProperties } = place.schema;
      const values = typeof additionalProperties === "object" ? additionalProperties : undefined;
      const part = step === "[]" ? items : step === "*" ? values : properties?.[step];
      if (part === undefined) throw new Error(`${kind} has no ${path.join(".")}: nothing at ${step}`);
      place = part.$ref === undefined ? { ...place, schema: part } : resolve(bundle, part.$ref, place.shard, part);
    }
    return place.schema;
  };
  const pod = ["spec", "template", "spec"];

  it("has every built-in kind in every version", () => {
    const builtIn = kindsOf(bundle.index).filter(({ schema }) => schema?.startsWith("kubernetes"));
    expect(builtIn.length).toBeGreaterThanOrEqual(146);
    expect(kindsOf(bundle.index).filter(({ schema }) => schema !== undefined).length).toBeGreaterThanOrEqual(430);
  });

  it("knows what is required", () => {
    expect(at("apps/v1", "Deployment", "spec").required).toEqual(["selector", "template"]);
    expect(at("apps/v1", "Deployment", ...pod).required).toEqual(["containers"]);
    expect(at("argoproj.io/v1alpha1", "Application", "spec").required).toEqual(["destination", "project"]);
    expect(at("tekton.dev/v1", "Task", "spec").required).toEqual(["steps"]);
    expect(at("route.openshift.io/v1", "Route", "spec").required).toEqual(["to"]);
  });

  it("knows values, patterns, bounds and formats", () => {
    const container = [...pod, "containers", "[]"];
    expect(at("apps/v1", "Deployment", ...container, "imagePullPolicy").enum).toEqual([
      "Always",
      "IfNotPresent",
      "Never",
    ]);
    expect(at("apps/v1", "Deployment", ...container, "ports", "[]", "protocol").enum).toEqual(["SCTP", "TCP", "UDP"]);
    expect(at("apps/v1", "Deployment", ...container, "ports", "[]", "containerPort")).toMatchObject({
      type: "integer",
      format: "int32",
      minimum: 1,
      maximum: 65535,
    });
    expect(at("gateway.networking.k8s.io/v1", "HTTPRoute", "spec", "hostnames", "[]")).toMatchObject({
      minLength: 1,
      maxLength: 253,
      pattern: expect.stringContaining("[a-z0-9]"),
    });
    expect(at("v1", "Event", "eventTime")).toMatchObject({ type: "string", format: "date-time" });
  });

  it("knows integers that may be strings, and quantities", () => {
    expect(at("apps/v1", "Deployment", "spec", "strategy", "rollingUpdate", "maxSurge")).toMatchObject({
      type: ["string", "integer"],
      format: "int-or-string",
    });
    expect(at("apps/v1", "Deployment", ...pod, "containers", "[]", "resources", "limits", "*")).toMatchObject({
      type: ["number", "string"],
      format: "quantity",
    });
  });

  it("knows how strategic merges tell items apart", () => {
    expect(at("apps/v1", "Deployment", ...pod, "containers")).toMatchObject({
      mergeKey: "name",
      mergeStrategy: "merge",
    });
    expect(at("v1", "Service", "spec", "ports")).toMatchObject({ mergeKey: "port", listKeys: ["port", "protocol"] });
    expect(at("tekton.dev/v1", "Task", "spec", "steps", "[]", "env").mergeKey).toBeUndefined();
  });

  it("has fields in the order in which people write them", () => {
    const container = at("apps/v1", "Deployment", ...pod, "containers", "[]");
    expect(Object.keys(container.properties ?? {}).slice(0, 3)).toEqual(["name", "image", "imagePullPolicy"]);
    const gateway = at("networking.istio.io/v1", "Gateway");
    expect(Object.keys(gateway.properties ?? {})).toEqual(["apiVersion", "kind", "metadata", "spec", "status"]);
  });

  it("lets documents within documents be without apiVersion and kind", () => {
    expect(at("apps/v1", "StatefulSet", "spec", "volumeClaimTemplates", "[]").required ?? []).not.toContain("kind");
  });

  it("knows scope, plural and short names", () => {
    const { kinds } = bundle.index;
    expect(kinds["v1"]?.["Namespace"]).toMatchObject({ scope: "Cluster", plural: "namespaces", shortNames: ["ns"] });
    expect(kinds["apps/v1"]?.["Deployment"]).not.toHaveProperty("scope");
    expect(kinds["networking.k8s.io/v1"]?.["NetworkPolicy"]?.plural).toBe("networkpolicies");
    expect(kinds["networking.k8s.io/v1"]?.["Ingress"]?.plural).toBe("ingresses");
    expect(kinds["gateway.networking.k8s.io/v1"]?.["Gateway"]?.plural).toBe("gateways");
    expect(kinds["v1"]?.["Endpoints"]?.plural).toBe("endpoints");
  });

  it("knows when versions end, also those that have no schema", () => {
    const { kinds } = bundle.index;
    expect(kinds["extensions/v1beta1"]?.["Ingress"]?.lifecycle).toMatchObject({ removed: "1.22", convert: "ingress" });
    expect(kinds["policy/v1beta1"]?.["PodDisruptionBudget"]?.lifecycle).toMatchObject({
      removed: "1.25",
      use: "policy/v1",
    });
    expect(kinds["tekton.dev/v1beta1"]?.["ClusterTask"]).toMatchObject({
      scope: "Cluster",
      lifecycle: { removed: "1.0" },
    });
    expect(kinds["apps/v1"]?.["Deployment"]).not.toHaveProperty("lifecycle");
  });

  it("marks deprecated fields with the field beside them that takes their place", () => {
    expect(at("v1", "Pod", "spec", "serviceAccount").deprecated).toBe("serviceAccountName");
    expect(at("v1", "Pod", "spec", "volumes", "[]", "gitRepo").deprecated).toBe("GitRepo is deprecated.");
    expect(at("v1", "Pod", "status", "phase")).not.toHaveProperty("deprecated");
  });

  it("describes former versions that no package has any more like what took their place", () => {
    expect(at("resource.k8s.io/v1beta2", "ResourceClaim", "apiVersion").enum).toEqual(["resource.k8s.io/v1beta2"]);
    expect(at("resource.k8s.io/v1beta2", "ResourceClaim", "spec")).toEqual(
      at("resource.k8s.io/v1", "ResourceClaim", "spec"),
    );
    expect(bundle.index.kinds["resource.k8s.io/v1beta1"]?.["ResourceClaim"]).not.toHaveProperty("schema");
  });

  it("knows documents without a kind", () => {
    const { shard, schema } = resolve(bundle, bundle.index.documents["TransformerConfiguration"] ?? "", "");
    expect(shard).toBe("kustomize");
    expect(Object.keys(schema.properties ?? {})).toContain("nameReference");
  });

  it("names a replacement that it knows for each version that is gone", () => {
    const lost = kindsOf(bundle.index).filter(
      ({ kind, lifecycle }) => lifecycle?.use && bundle.index.kinds[lifecycle.use]?.[kind] === undefined,
    );
    expect(lost).toEqual([]);
  });

  it("has every definition that a reference names, and describes only what there is", () => {
    const wrong: string[] = [];
    for (const [shard, { definitions, descriptions }] of bundle.shards) {
      for (const [name, definition] of Object.entries(definitions)) {
        for (const reference of referencesIn(definition)) {
          const target = splitReference(reference, shard);
          if (bundle.shards.get(target.shard)?.definitions[target.name] === undefined)
            wrong.push(`${name}: ${reference}`);
        }
      }
      for (const [name, texts] of Object.entries(descriptions)) {
        const fields = definitions[name]?.properties ?? {};
        wrong.push(...Object.keys(texts).filter((field) => field !== "" && fields[field] === undefined));
      }
    }
    expect(wrong).toEqual([]);
  });

  it("has patterns that Go understands, as the API server must", () => {
    const patterns = new Set<string>();
    for (const { definitions } of bundle.shards.values()) {
      JSON.stringify(definitions, (key, value) => {
        if (key === "pattern" && typeof value === "string") patterns.add(value);
        return value;
      });
    }
    expect(patterns.size).toBeGreaterThan(50);
    expect([...patterns].filter((pattern) => !compiles(pattern))).toEqual([]);
  });

  it("describes almost every field, and all of the kinds people write by hand", () => {
    const bare = (shard: string): string[] => {
      const { definitions = {}, descriptions = {} } = bundle.shards.get(shard) ?? {};
      return Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
        Object.entries(properties)
          .filter(([field, { $ref = "" }]) => (descriptions[name]?.[field] ?? descriptions[$ref]?.[""]) === undefined)
          .map(([field]) => `${name}.${field}`),
      );
    };
    for (const shard of ["kustomize", "tekton", "triggers", "argo-cd", "openshift", "olm"])
      expect(bare(shard)).toEqual([]);
    expect(bare("kubernetes").filter((field) => !/CustomResource|JSONSchemaProps/.test(field)).length).toBeLessThan(20);
  });

  it("gives each type that several shards use one definition", () => {
    const owners = [...bundle.shards].filter(([, { definitions }]) => definitions["apis/meta/v1/ObjectMeta"]);
    expect(owners.map(([shard]) => shard)).toEqual(["kubernetes"]);
  });

  it("has a notice for each package", () => {
    expect(bundle.notices).toMatch(/kubernetes-models 5\.1\.0 \(MIT\); descriptions from Kubernetes \(Apache-2\.0\)/);
    expect(bundle.notices).toMatch(/openshift-rest-client [\d.]+ \(Apache-2\.0\)/);
  });

  it("is not made when an overlay names a field that upstream does not have", () => {
    const overlay = JSON.stringify({
      changes: { "argoproj.io/v1alpha1/ApplicationSpec": { properties: { gone: {} } } },
    });
    const read = (file: string): string | undefined => (file === "argocd.json" ? overlay : undefined);
    expect(() => makeBundle({ project, read })).toThrow(
      "argocd.json: upstream has no field argoproj.io/v1alpha1/ApplicationSpec.gone any more",
    );
  });
});

describe("the bundle on disk", () => {
  const out = mkdtempSync(join(tmpdir(), "schemas-"));
  const folder = join(out, "schemas");
  afterAll(() => rmSync(out, { recursive: true }));
  beforeAll(async () => {
    const cache = join(project, "node_modules/.cache/gitops-author/schemas");
    const { built, kinds, bytes, milliseconds } = await buildSchemas({ project, out, cache });
    console.log(`schemas: ${kinds} kinds, ${bytes} bytes, ${built ? "built" : "from the cache"} in ${milliseconds} ms`);
  }, buildTime);

  it("takes at most 600 kB of the VSIX, which deflates what is not compressed", () => {
    const sizes = readdirSync(folder).map((file) => {
      const content = readFileSync(join(folder, file));
      return file.endsWith(".br") ? content.length : deflateRawSync(content).length;
    });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${total} bytes in the VSIX`);
    expect(total).toBeLessThan(600_000);
  });
});

function compiles(pattern: string): boolean {
  try {
    return RE2JS.compile(pattern) !== undefined;
  } catch {
    return false;
  }
}

function kindsOf({ kinds }: BundleIndex) {
  return Object.entries(kinds).flatMap(([apiVersion, versions]) =>
    Object.entries(versions).map(([kind, entry]) => ({ apiVersion, kind, ...entry })),
  );
}

/** The definition that a reference of a shard leads to, with what stands beside the reference. */
function resolve(
  bundle: Bundle,
  reference: string,
  from: string,
  beside: Schema = {},
): { shard: string; schema: Schema } {
  const { shard, name } = splitReference(reference, from);
  const definition = bundle.shards.get(shard)?.definitions[name];
  if (definition === undefined) throw new Error(`no ${shard}#${name}`);
  const { $ref: _, ...own } = beside;
  if (definition.$ref !== undefined) return resolve(bundle, definition.$ref, shard, { ...definition, ...own });
  return { shard, schema: { ...definition, ...own } };
}

function referencesIn({ $ref, properties = {}, items, additionalProperties }: Schema): string[] {
  const parts = [...Object.values(properties), items, additionalProperties].filter((part) => typeof part === "object");
  return [...($ref === undefined ? [] : [$ref]), ...parts.flatMap(referencesIn)];
}
