import type { Rule } from "../../../analysis/rule";
import { getValue, type Node } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { entryOf, firstLine, stepsIdleEverywhere } from "../idleSteps";

const sample = (count: number): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      replicas: ${count}\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n`;

/** A patch that leaves its objects as they are. */
export const patchChangesNothing: Rule = {
  code: "kustomization/patch-changes-nothing",
  severity: "hint",
  scope: "workspace",
  *check(context) {
    for (const step of stepsIdleEverywhere(context)) {
      if (step.reason !== "changesNothing" || !/^patches|^Patch/.test(step.cause.transformer)) continue;
      const one = step.among.length === 1 ? step.among[0]?.id : undefined;
      const objects = one === undefined ? "All objects that it selects have" : `The ${one.kind} ${one.name} has`;
      yield {
        place: headOf(entryOf(step, context.snapshot)) ?? firstLine(step.cause.place),
        message: `This patch changes nothing: ${objects.charAt(0).toLowerCase()}${objects.slice(1)} these values already.`,
        help: "Remove the patch, unless it is there to pin the values.",
      };
    }
  },
  docs: {
    summary: "A patch changes nothing, because its objects have these values already.",
    explanation:
      "The base may have taken the change over, or a patch before it has made it. It is told when the patch changes nothing in any overlay.",
    bad: sample(1),
    good: sample(3),
  },
};

/** Where the patch is named, or the key in front of it. */
function headOf(entry: Node | undefined): Place | undefined {
  if (entry?.kind === "scalar") return firstLine(entry.origin.place);
  const path = getValue(entry, "path");
  if (path !== undefined) return path.origin.place;
  if (entry?.kind !== "mapping") return undefined;
  return entry.entries.find(({ key }) => key.text === "patch")?.key.origin.place;
}
