import { getIn, getValue, type Node, textOf } from "../yaml/node";
import { schemaFromNode } from "./nodeSchema";
import type { Schema } from "./schema";
import type { KnownKind, SchemaOrigin } from "./schemaSource";

/**
 * The kinds that a CustomResourceDefinition (v1 or v1beta1) makes, one for each version; none when the document is no such
 * definition. A schema is made when it is first asked for.
 */
export function customKinds(root: Node | undefined, from: SchemaOrigin): readonly KnownKind[] {
  if (textOf(getValue(root, "kind")) !== "CustomResourceDefinition") return [];
  if (!textOf(getValue(root, "apiVersion"))?.startsWith("apiextensions.k8s.io/")) return [];
  const spec = getValue(root, "spec");
  const group = textOf(getValue(spec, "group"));
  const kind = textOf(getIn(spec, ["names", "kind"]));
  if (group === undefined || kind === undefined) return [];
  const shared = getIn(spec, ["validation", "openAPIV3Schema"]);
  return versionsOf(spec).map(({ name, schema }): KnownKind => {
    let made: Schema | undefined;
    return {
      apiVersion: `${group}/${name}`,
      kind,
      get schema() {
        made ??= documentSchema(schema ?? shared);
        return made;
      },
      from,
      plural: textOf(getIn(spec, ["names", "plural"])),
      scope: textOf(getValue(spec, "scope")) === "Cluster" ? "Cluster" : "Namespaced",
      shortNames: texts(getIn(spec, ["names", "shortNames"])),
    };
  });
}

interface Version {
  readonly name: string;
  readonly schema?: Node | undefined;
}

function versionsOf(spec: Node | undefined): readonly Version[] {
  const list = getValue(spec, "versions");
  const single = textOf(getValue(spec, "version"));
  const items = list?.kind === "sequence" ? list.items : [];
  if (items.length === 0) return single === undefined ? [] : [{ name: single }];
  return items.flatMap((item): Version[] => {
    const name = textOf(getValue(item, "name"));
    if (name === undefined || textOf(getValue(item, "served")) === "false") return [];
    return [{ name, schema: getIn(item, ["schema", "openAPIV3Schema"]) }];
  });
}

/** A custom resource takes the metadata of all objects, whatever its schema says of it (upstream: structural schemas). */
function documentSchema(written: Node | undefined): Schema {
  const schema = written === undefined ? {} : schemaFromNode(written);
  if (schema.properties === undefined) return { ...schema, others: true };
  const fields = new Map(schema.properties);
  for (const name of ["apiVersion", "kind"]) fields.set(name, { type: "string" });
  fields.set("metadata", { type: "object" });
  const required = schema.required?.filter((name) => !["apiVersion", "kind", "metadata", "status"].includes(name));
  return { ...schema, properties: fields, required };
}

function texts(node: Node | undefined): readonly string[] {
  return node?.kind === "sequence" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}
