import type { Cause } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { setEntry } from "../fieldSpec";
import { nameHash } from "../hash";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, rememberId, withNode } from "../resource";
import { setScalar } from "../setScalar";
import { eachResource, type Transformer } from "./transformer";

/** Puts a hash of its content behind the name of each generated object that wants it (upstream: `HashTransformer`). */
export function hashTransformer(schema: MergeSchema, cause: Cause): Transformer {
  return eachResource("HashTransformer", (resource) => hashed(resource, schema, cause));
}

function hashed(resource: Resource, schema: MergeSchema, cause: Cause): Resource {
  if (!resource.needsHash) return resource;
  const { node } = resource;
  const metadata = getValue(node, "metadata");
  if (metadata?.kind !== "mapping") return resource;
  const text = `${resource.id.name}-${nameHash(node)}`;
  const name = setScalar(getValue(metadata, "name"), { text }, cause);
  const renamed = setEntry(node, "metadata", setEntry(metadata, "name", name, cause), cause);
  return withNode(rememberId(resource), renamed, schema.isClusterScoped);
}
