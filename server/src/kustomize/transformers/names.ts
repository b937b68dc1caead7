import type { Cause } from "../../yaml/node";
import type { FieldSpec } from "../fieldSpec";
import { affixName, keepsItsName } from "../filters/prefixSuffix";
import type { MergeSchema } from "../merge/mergeSchema";
import { originalId, type Resource, rememberId, withNode } from "../resource";
import { isSelectedBy } from "../resourceId";
import { eachResource, type Transformer } from "./transformer";

/** Puts a prefix before all names (upstream: `PrefixTransformer`). */
export function prefixTransformer(
  prefix: string,
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  const affix: Affix = { text: prefix, isPrefix: true, specs, cause };
  return eachResource("PrefixTransformer", (resource) => affixed(resource, affix, schema));
}

/** Puts a suffix behind all names (upstream: `SuffixTransformer`). */
export function suffixTransformer(
  suffix: string,
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  const affix: Affix = { text: suffix, isPrefix: false, specs, cause };
  return eachResource("SuffixTransformer", (resource) => affixed(resource, affix, schema));
}

interface Affix {
  readonly text: string;
  readonly isPrefix: boolean;
  readonly specs: readonly FieldSpec[];
  readonly cause: Cause;
}

function affixed(resource: Resource, { text, isPrefix, specs, cause }: Affix, schema: MergeSchema): Resource {
  const original = originalId(resource);
  if (text === "" || keepsItsName(original)) return resource;
  const affixes = isPrefix ? { prefix: text } : { suffix: text };
  return specs.reduce((current, spec) => {
    if (!isSelectedBy(original, spec)) return current;
    const noted = spec.path === "metadata/name" ? note(rememberId(current), text, isPrefix) : current;
    return withNode(noted, affixName(noted.node, affixes, spec, cause), schema.isClusterScoped);
  }, resource);
}

/** References are matched by the layers that renamed both sides, so each resource knows its prefixes and suffixes. */
function note(resource: Resource, text: string, isPrefix: boolean): Resource {
  return isPrefix
    ? { ...resource, prefixes: [...resource.prefixes, text] }
    : { ...resource, suffixes: [...resource.suffixes, text] };
}
