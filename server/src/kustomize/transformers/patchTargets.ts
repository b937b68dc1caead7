import { getValue, type Mapping, type Node } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";
import { describeNearest, findNearestTarget, type TargetPart } from "../nearestTarget";
import type { Resource } from "../resource";
import { idText, type ResourceId } from "../resourceId";

/** A patch names no object of the build; `place` is where it is named or written. */
export function noTarget(id: ResourceId, patch: Mapping, among: readonly Resource[], place: Place): BuildFailure {
  const nearest = findNearestTarget(among, { ...id, isExact: true });
  const part = nearest && partNode(patch, nearest.part);
  const at = (part ?? nameNode(patch)).origin.place;
  const isInline = patch.origin.place.file === place.file;
  return new BuildFailure({
    code: "kustomization/patch-target-not-found",
    severity: "error",
    place: isInline ? at : place,
    message: `There is no ${id.kind} ${id.name} for this patch${id.namespace === "" ? "" : ` in the namespace ${id.namespace}`}.${nearest === undefined ? "" : ` ${describeNearest(nearest)}`}`,
    help: "Correct apiVersion, kind, name and namespace of the patch, list the file of the object, or add a `target` that selects it.",
    detail: notUnique("no matches", id),
    related: [
      ...(isInline ? [] : [{ place: at, message: "The patch says so here." }]),
      ...(nearest === undefined
        ? []
        : [{ place: nearest.resource.node.origin.place, message: "This may be the object that is meant." }]),
    ],
    data: {
      group: id.group,
      kind: id.kind,
      name: id.name,
      namespace: id.namespace,
      part: nearest?.part,
      suggestion: part && nearest?.has,
      inFile: !isInline,
    },
  });
}

/** A patch names several objects of the build. */
export function severalTargets(id: ResourceId, patch: Mapping, found: readonly Resource[], place: Place): BuildFailure {
  const isInline = patch.origin.place.file === place.file;
  return new BuildFailure({
    code: "kustomization/patch-target-ambiguous",
    severity: "error",
    place: isInline ? nameNode(patch).origin.place : place,
    message: `There are several objects called ${id.kind} ${id.name}, or that were called so.`,
    help: "Add a `target` that selects one of them.",
    detail: notUnique("multiple matches", id),
    related: [
      ...(isInline ? [] : [{ place: nameNode(patch).origin.place, message: "The patch says so here." }]),
      ...found.map((resource) => ({ place: resource.node.origin.place, message: `One is ${idText(resource.id)}.` })),
    ],
    data: { kind: id.kind, name: id.name, namespace: id.namespace },
  });
}

function notUnique(matches: string, id: ResourceId): string {
  return `${matches} for Id ${idText(id)}; failed to find unique target for patch ${idText(id)}`;
}

/** Where a patch says a part of whom it is for. */
function partNode(patch: Mapping, part: TargetPart): Node | undefined {
  if (part === "name" || part === "namespace") return getValue(getValue(patch, "metadata"), part);
  return getValue(patch, part === "kind" ? "kind" : "apiVersion");
}

function nameNode(patch: Mapping): Node {
  return partNode(patch, "name") ?? patch;
}
