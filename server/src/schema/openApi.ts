import { getIn, getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { schemaFromNode } from "./nodeSchema";
import type { Schema } from "./schema";
import type { KnownKind, SchemaOrigin } from "./schemaSource";

/**
 * The kinds of an OpenAPI file (`definitions` of version 2, `components.schemas` of version 3), as a kustomization's
 * `openapi.path` names one and a cluster serves it, or of a JSON Schema for one kind, as catalogues of custom resources hold.
 */
export function openApiKinds(root: Node | undefined, from: SchemaOrigin): readonly KnownKind[] {
  const all = getValue(root, "definitions") ?? getIn(root, ["components", "schemas"]);
  const definitions: Mapping | undefined = all?.kind === "mapping" ? all : undefined;
  const made = new Map<string, Schema>();
  const schemaOf = (name: string): Schema | undefined => {
    const known = made.get(name);
    const node = known === undefined ? getValue(definitions, name) : undefined;
    if (node === undefined) return known;
    const schema = schemaFromNode(node, (reference) => schemaOf(reference.slice(reference.lastIndexOf("/") + 1)));
    made.set(name, schema);
    return schema;
  };
  const kinds = (definitions?.entries ?? []).flatMap(({ key, value }) =>
    groupVersionKinds(value).map(({ apiVersion, kind }): KnownKind => {
      return {
        apiVersion,
        kind,
        get schema() {
          return schemaOf(key.text);
        },
        from,
      };
    }),
  );
  if (root === undefined || definitions !== undefined) return kinds;
  return groupVersionKinds(root).map((known) => ({ ...known, schema: schemaFromNode(root), from }));
}

/** What a definition is the schema of: as upstream marks it, or as the only values of its two first fields say. */
function groupVersionKinds(definition: Node): readonly { readonly apiVersion: string; readonly kind: string }[] {
  const marked = getValue(definition, "x-kubernetes-group-version-kind");
  const found = (marked?.kind === "sequence" ? marked.items : []).flatMap((item) => {
    const group = textOf(getValue(item, "group")) ?? "";
    const version = textOf(getValue(item, "version"));
    const kind = textOf(getValue(item, "kind"));
    if (version === undefined || kind === undefined) return [];
    return [{ apiVersion: group === "" ? version : `${group}/${version}`, kind }];
  });
  if (found.length > 0) return found;
  const apiVersion = onlyValue(getIn(definition, ["properties", "apiVersion"]));
  const kind = onlyValue(getIn(definition, ["properties", "kind"]));
  return apiVersion === undefined || kind === undefined ? [] : [{ apiVersion, kind }];
}

function onlyValue(field: Node | undefined): string | undefined {
  const values = getValue(field, "enum");
  return (
    textOf(getValue(field, "const")) ??
    (values?.kind === "sequence" && values.items.length === 1 ? textOf(values.items[0]) : undefined)
  );
}
