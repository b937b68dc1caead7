import type { CheckedObject } from "../../analysis/checkedObjects";
import { isPlaceholder } from "../../analysis/placeholders";
import type { Schemas } from "../../schema/schemas";
import { validate } from "../../schema/validate";
import type { Violation } from "../../schema/violation";
import { getValue, type Mapping } from "../../yaml/node";

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
