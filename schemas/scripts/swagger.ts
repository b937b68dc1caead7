import { mapParts, type Schema, SchemaSourceError, type Types } from "./schema";

/** The part of an OpenAPI 2 document that we read. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, SwaggerSchema>>;
}

interface SwaggerSchema extends Schema {
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
}

/**
 * The types of some kinds of an OpenAPI document and all that they refer to. Types of Kubernetes itself are those of the given
 * shard, which is newer; one that is missing there allows anything.
 * @param kinds what to take: `apps.openshift.io/v1/DeploymentConfig`
 * @throws SchemaSourceError when the document does not have a kind
 */
export function readSwagger(swagger: Swagger, kinds: readonly string[], kubernetes: Types, source: string): Types {
  const types: Types = new Map();
  const pending: string[] = [];
  const convert = (schema: SwaggerSchema): Schema => {
    const { $ref, required: _, "x-kubernetes-group-version-kind": __, ...own } = schema;
    if ($ref === undefined) return mapParts(own, convert);
    const target = $ref.slice("#/definitions/".length);
    const known = kubernetesName(target);
    if (known !== undefined) return kubernetes.has(known) ? { ...own, $ref: `kubernetes#${known}` } : own;
    pending.push(target);
    return { ...own, $ref: shortName(target) };
  };
  for (const wanted of kinds) {
    const found = Object.entries(swagger.definitions).find(([, definition]) =>
      definition["x-kubernetes-group-version-kind"]?.some(
        (one) => wanted === `${one.group}/${one.version}/${one.kind}`,
      ),
    );
    if (found === undefined) throw new SchemaSourceError(source, `the document has no ${wanted} any more`);
    const [apiVersion, kind] = [wanted.slice(0, wanted.lastIndexOf("/")), wanted.slice(wanted.lastIndexOf("/") + 1)];
    types.set(wanted, { schema: convert(found[1]), kind: { apiVersion, kind } });
  }
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const definition = swagger.definitions[name];
    if (definition !== undefined && !types.has(shortName(name)))
      types.set(shortName(name), { schema: convert(definition) });
  }
  return types;
}

/** `com.github.openshift.api.build.v1.BuildSource` is `build/v1/BuildSource`. */
function shortName(name: string): string {
  return name.split(".").slice(-3).join("/");
}

/** The name of a Kubernetes type in our bundle: `io.k8s.api.core.v1.PodSpec` is `v1/PodSpec`. */
function kubernetesName(name: string): string | undefined {
  if (!name.startsWith("io.k8s.")) return undefined;
  const path = name
    .replace(/^io\.k8s\.(apimachinery\.pkg|api)\.(core\.)?/, "")
    .split(".")
    .join("/");
  return path;
}
