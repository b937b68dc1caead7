import type { Cause } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { type NamespaceOptions, setNamespace } from "../filters/namespace";
import type { MergeSchema } from "../merge/mergeSchema";
import { rememberId, withNode } from "../resource";
import { idText } from "../resourceId";
import { ResourceSet } from "../resourceSet";
import type { Transformer } from "./transformer";

/** Moves all objects into a namespace (upstream: `NamespaceTransformer`). */
export function namespaceTransformer(
  options: Omit<NamespaceOptions, "isClusterScoped">,
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  return { kind: "NamespaceTransformer", apply: (set) => moveAll(set, options, schema, cause) };
}

function moveAll(
  set: ResourceSet,
  options: Omit<NamespaceOptions, "isClusterScoped">,
  schema: MergeSchema,
  cause: Cause,
): void {
  if (options.namespace.text === "") return;
  const { isClusterScoped } = schema;
  const moved = new ResourceSet(set.resources);
  set.resources.forEach((resource, position) => {
    if (resource.fromHelm) return;
    const node = setNamespace(resource.node, { ...options, isClusterScoped }, cause);
    const result = withNode(rememberId(resource), node, isClusterScoped);
    moved.replaceAt(position, result);
    const [first, second] = moved.withCurrentId(result.id);
    if (second !== undefined && first !== undefined) throw conflict(moved, [first, second], cause);
  });
  set.replaceAll(moved.resources);
}

function conflict(set: ResourceSet, positions: readonly number[], cause: Cause): BuildFailure {
  const places = positions.flatMap((position) => set.at(position)?.node.origin.place ?? []);
  const id = set.at(positions[0] ?? 0)?.id;
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
