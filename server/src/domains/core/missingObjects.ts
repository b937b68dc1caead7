import type { FoundReference } from "../../analysis/nameReference";
import { isPlaceholder } from "../../analysis/placeholders";
import { renderedObjects } from "../../analysis/renderedObjects";
import type { BuildContext, Hit } from "../../analysis/rule";
import { findNearName } from "../../kubernetes/nearName";
import type { Resource } from "../../kustomize/resource";
import { hasMakers, hintsAt, holdsPods, isCustom, isWhole, referencesOf, sourceName } from "./builtObjects";

/** Which references to look at, and what to say of one that leads nowhere. */
export interface MissingObject {
  /** Whether the rule is about this reference. */
  readonly isMeant: (reference: FoundReference) => boolean;
  /** What happens without the object, one sentence. */
  readonly effect: string;
  /** Names that every cluster has. */
  readonly given?: ReadonlySet<string> | undefined;
  /** Only names that nearly are those of an object in the same build are reported: such objects often come from elsewhere. */
  readonly onlyNear?: boolean | undefined;
}

/**
 * References of a whole build that lead to nothing in it. A name that nearly is that of an object beside it is a warning. Any other name
 * may be that of an object that the cluster has, so it is an information, and nothing at all where anything hints at who makes it.
 */
export function* missingObjects(context: BuildContext, options: MissingObject): Iterable<Hit> {
  if (!isWhole(context)) return;
  const objects = renderedObjects(context.result);
  for (const resource of objects.all) {
    for (const reference of referencesOf(resource.node)) {
      const { kind, group, name, namespace } = reference.object;
      if (!options.isMeant(reference) || reference.optional === true || isPlaceholder(name)) continue;
      if (options.given?.has(name) === true || objects.find(group, kind, name, namespace).length > 0) continue;
      const beside = objects
        .ofKind(group, kind)
        .filter(({ id }) => !namespace || !id.namespace || id.namespace === namespace);
      // A name that Kustomize did not follow is told by the rule about that.
      if (beside.some((each) => wasCalled(each, name)) || isMade(objects.all, resource, name)) continue;
      const hit = describe(context, reference, beside, options);
      if (hit !== undefined) yield hit;
    }
  }
}

function wasCalled(resource: Resource, name: string): boolean {
  return resource.previousIds.some((former) => former.name === name);
}

/** Whether anything in the build hints at who makes an object of that name. */
function isMade(all: readonly Resource[], from: Resource, name: string): boolean {
  return all.some((other) => (other !== from || !isCustom(other.node)) && hintsAt(other.node, name));
}

function describe(
  { snapshot, result }: BuildContext,
  { object, place }: FoundReference,
  beside: readonly Resource[],
  { effect, onlyNear }: MissingObject,
): Hit | undefined {
  const { group, kind, name } = object;
  const near = findNearName(name, beside.map(sourceName));
  if (near !== undefined) {
    const message = `There is no ${kind} \`${name}\` in this build. ${effect}`;
    return { place, message, help: `Did you mean \`${near}\`?`, severity: "warning", data: { suggestion: near } };
  }
  const isElsewhere = snapshot.symbols.definitionsOf({ object: { group, kind, name } }).length > 0;
  if (onlyNear === true || isElsewhere || hasMakers(result) || !holdsPods(result)) return undefined;
  return {
    place,
    message: `There is no ${kind} \`${name}\` in this build, nor anywhere else in the workspace. ${effect}`,
    help: "Add it, or correct the name. If something else makes it in the cluster, all is well.",
    severity: "information",
  };
}
