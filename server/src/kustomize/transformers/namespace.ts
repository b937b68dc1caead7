import type { Cause } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { type NamespaceOptions, setNamespace } from "../filters/namespace";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, rememberId, withNode } from "../resource";
import { idText } from "../resourceId";
import type { Transformer } from "./transformer";

/** Moves all objects into a namespace (upstream: `NamespaceTransformer`). */
export function namespaceTransformer(
  options: Omit<NamespaceOptions, "isClusterScoped">,
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  const { isClusterScoped } = schema;
  const move = (resource: Resource): Resource => {
    if (resource.fromHelm) return resource;
    const node = setNamespace(resource.node, { ...options, isClusterScoped }, cause);
    return withNode(rememberId(resource), node, isClusterScoped);
  };
  const apply: Transformer["apply"] = (set, memo) => {
    if (options.namespace.text === "") return;
    const before = set.resources;
    const after = memo === undefined ? before.map(move) : memo.mapAll(before, move);
    demandDistinct(before, after, cause);
    set.replaceAll(after);
  };
  return { kind: "NamespaceTransformer", apply };
}

/**
 * Upstream moves one object after the other, and fails when one arrives where another is, moved or not.
 * @throws BuildFailure when two objects have become the same.
 */
function demandDistinct(before: readonly Resource[], after: readonly Resource[], cause: Cause): void {
  const positions = new Map<string, Set<number>>();
  const add = (key: string, i: number): Set<number> => {
    const known = positions.get(key) ?? new Set();
    positions.set(key, known.add(i));
    return known;
  };
  for (const [i, { key }] of before.entries()) add(key, i);
  for (const [i, resource] of after.entries()) {
    const old = before[i];
    if (old === undefined || resource.fromHelm) continue;
    positions.get(old.key)?.delete(i);
    const same = add(resource.key, i);
    if (same.size > 1)
      throw conflict(
        [...same].sort((a, b) => a - b).map((at) => after[at]),
        cause,
      );
  }
}

function conflict(found: readonly (Resource | undefined)[], cause: Cause): BuildFailure {
  const places = found.flatMap((resource) => resource?.node.origin.place ?? []);
  const id = found[0]?.id;
  return new BuildFailure({
    code: "kustomization/namespace-conflict",
    severity: "error",
    place: cause.place,
    message: `The namespace makes two objects the same: ${id === undefined ? "" : `the ${id.kind} ${id.name}`}.`,
    help: "Rename one of the two, or keep them in kustomizations of their own.",
    detail: "namespace transformation produces ID conflict",
    related: places.map((place) => ({
      place,
      message: id === undefined ? "One is here." : `One is here: ${idText(id)}`,
    })),
  });
}
