import { getValue, type Mapping, type Node, textOf } from "../../yaml/node";
import { builtinSchema, type MergeSchema, type TypeSchema } from "./mergeSchema";

/**
 * The schema of an OpenAPI (Swagger 2) document, which a kustomization names under `openapi.path`. It takes the place of the
 * built-in one for merging; built-in kinds keep their scope, and `Kustomization` itself stays known (upstream `kyaml/openapi`).
 *
 * @param beside where the built-in schema stands: its kinds are known too then, and the document may refer to its definitions.
 */
export function schemaOfOpenApi(root: Mapping, beside: Beside): MergeSchema {
  const definitions: Definitions = { own: definitionsOf(root), beside };
  const types = new Map<string, TypeSchema>();
  for (const node of definitions.own.values()) {
    for (const kind of kindsOf(node)) types.set(kind, typeOf(node, definitions));
  }
  const namespaced = scopesOf(root);
  const builtin = builtinSchema();
  return {
    typeOfKind: (apiVersion, kind) => {
      const own = types.get(`${apiVersion} ${kind}`);
      if (beside === "absent" && kind !== "Kustomization") return own;
      const other = builtin.typeOfKind(apiVersion, kind);
      return beside === "before" ? (other ?? own) : (own ?? other);
    },
    typeOfDefinition: () => undefined,
    isClusterScoped: (apiVersion, kind) =>
      builtin.isClusterScoped(apiVersion, kind) || namespaced.get(`${apiVersion} ${kind}`) === false,
  };
}

/** The built-in schema is not in use, or gives what a document does not say, or what it says counts before the document. */
export type Beside = "absent" | "behind" | "before";

interface Definitions {
  readonly own: ReadonlyMap<string, Node>;
  readonly beside: Beside;
}

function definitionsOf(root: Mapping): ReadonlyMap<string, Node> {
  const definitions = getValue(root, "definitions");
  if (definitions?.kind !== "mapping") return new Map();
  return new Map(definitions.entries.map(({ key, value }) => [key.text, value]));
}

/** `apps/v1 Deployment` for each kind that a definition, or the reader of a path, is marked with. */
function kindsOf(node: Node | undefined): readonly string[] {
  const marks = getValue(node, "x-kubernetes-group-version-kind");
  return (marks?.kind === "sequence" ? marks.items : [marks]).flatMap((mark) => {
    const [group, version, kind] = ["group", "version", "kind"].map((key) => textOf(getValue(mark, key)) ?? "");
    if (!version || !kind) return [];
    return [`${group ? `${group}/` : ""}${version} ${kind}`];
  });
}

/** Whether a kind has a path below a namespace. */
function scopesOf(root: Mapping): ReadonlyMap<string, boolean> {
  const scopes = new Map<string, boolean>();
  const paths = getValue(root, "paths");
  if (paths?.kind !== "mapping") return scopes;
  for (const { key, value } of paths.entries) {
    const inNamespace = key.text.includes("namespaces/{namespace}");
    for (const kind of kindsOf(getValue(value, "get"))) scopes.set(kind, inNamespace || scopes.get(kind) === true);
  }
  return scopes;
}

function typeOf(node: Node, definitions: Definitions): TypeSchema {
  const made = new Map<string, TypeSchema | undefined>();
  const derived = (name: string, find: () => Node | undefined): TypeSchema | undefined => {
    if (!made.has(name)) made.set(name, resolved(find(), definitions));
    return made.get(name);
  };
  return {
    mergeKeys: mergeKeysOf(node),
    // A field of this name cannot clash: the name of a field has no line break.
    elements: () => derived("\nelements", () => (isArray(node) ? getValue(node, "items") : undefined)),
    field: (name) =>
      derived(name, () => getValue(getValue(node, "properties"), name) ?? getValue(node, "additionalProperties")),
  };
}

/** The type that a node describes, or that the definition it refers to describes; references that lead nowhere give none. */
function resolved(node: Node | undefined, definitions: Definitions): TypeSchema | undefined {
  let current = node;
  for (let steps = 0; steps <= definitions.own.size; steps++) {
    if (current?.kind !== "mapping") return undefined;
    const reference = textOf(getValue(current, "$ref"));
    if (reference === undefined) return typeOf(current, definitions);
    const name = reference.replace(/^#\/definitions\//, "").replace(/~[01]/g, (code) => (code === "~1" ? "/" : "~"));
    current = definitions.own.get(name);
    const other = definitions.beside === "absent" ? undefined : builtinSchema().typeOfDefinition(name);
    if (other !== undefined && (definitions.beside === "before" || current === undefined)) return other;
  }
  return undefined;
}

function isArray(node: Node): boolean {
  const type = getValue(node, "type");
  const only = type?.kind === "sequence" && type.items.length === 1 ? type.items[0] : type;
  return textOf(only) === "array";
}

function mergeKeysOf(node: Node): readonly string[] | undefined {
  const strategy = textOf(getValue(node, "x-kubernetes-patch-strategy"));
  if (strategy === undefined || !strategy.split(",").includes("merge")) return undefined;
  const keys = getValue(node, "x-kubernetes-list-map-keys");
  if (keys?.kind === "sequence") return keys.items.map((key) => textOf(key) ?? "");
  const key = textOf(getValue(node, "x-kubernetes-patch-merge-key"));
  return key === undefined ? [] : [key];
}
