import { objectsWithin } from "../../analysis/objectsWithin";
import type { DocumentContext } from "../../analysis/rule";
import type { KnownKind } from "../../schema/schemaSource";
import type { Schemas } from "../../schema/schemas";
import { validate } from "../../schema/validate";
import type { Violation } from "../../schema/violation";
import { getValue, type Mapping, textOf } from "../../yaml/node";
import { chartAround, holdsParts, isPlaceholder } from "./objects";

/** An object of a document, with what is known of its kind. */
export interface CheckedObject {
  readonly node: Mapping;
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for kinds that nobody knows. */
  readonly known: KnownKind | undefined;
  /** A patch: a part of an object. */
  readonly partial: boolean;
  /** Made by a template with parameters, so that texts may hold anything. */
  readonly inTemplate: boolean;
}

/** The objects that rules look at. Templates of charts and encrypted files are left alone. */
export function* objectsOf(context: DocumentContext): Iterable<CheckedObject> {
  const { snapshot, file, documents, isPatch } = context;
  const chart = chartAround(file.path);
  if (chart !== undefined && snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file") return;
  const byName = holdsParts(file.path);
  for (const document of documents) {
    const { root } = document;
    if (root === undefined || document.problems.length > 0) continue;
    const isTemplateObject = textOf(getValue(root, "kind")) === "Template";
    for (const node of objectsWithin(root)) {
      const apiVersion = textOf(getValue(node, "apiVersion"));
      const kind = textOf(getValue(node, "kind"));
      if (node.kind !== "mapping" || apiVersion === undefined || kind === undefined) continue;
      const known = snapshot.schemas.find(apiVersion, kind, file.path);
      const partial = isPatch(document) || byName || getValue(node, "$patch") !== undefined;
      yield { node, apiVersion, kind, known, partial, inTemplate: node !== root && isTemplateObject };
    }
  }
}

interface Remembered {
  readonly schemas: Schemas;
  readonly partial: boolean;
  readonly violations: readonly Violation[];
}

const violationsOf = new WeakMap<Mapping, Remembered>();

/** Keys that tools write beside those of the object: what encrypted it. */
const foreignKeys: ReadonlySet<string> = new Set(["sops"]);

/** What the schema of an object does not allow in it; found once for all rules. */
export function findViolations(object: CheckedObject, schemas: Schemas): readonly Violation[] {
  const { node, known, partial } = object;
  const remembered = violationsOf.get(node);
  if (remembered?.schemas === schemas && remembered.partial === partial) return remembered.violations;
  const schema = known?.schema;
  const options = { partial, isPlaceholder, foreignKeys };
  const violations = schema === undefined ? [] : [...validate(node, schema, options)];
  if (schema !== undefined && known?.from.source !== "bundle") violations.push(...metadataViolations(object, schemas));
  violationsOf.set(node, { schemas, partial, violations });
  return violations;
}

/** Definitions of custom resources leave the metadata open, since it is the same for all. */
function metadataViolations({ node, partial }: CheckedObject, schemas: Schemas): readonly Violation[] {
  const schema = schemas.find("v1", "ConfigMap")?.schema?.properties?.get("metadata");
  const metadata = getValue(node, "metadata");
  if (schema === undefined || metadata === undefined) return [];
  return validate(metadata, schema, { partial, isPlaceholder });
}
