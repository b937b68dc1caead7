import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { parentPath } from "../../../platform/path";
import { entryOf, firstLine, stepsIdleEverywhere } from "../idleSteps";
import { field } from "../kustomizationFiles";
import { missedTarget } from "../targets";

const workload =
  "resources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";
const sample = (name: string): string =>
  `#- kustomization.yaml\npatches:\n- target:\n    kind: Deployment\n    name: ${name}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 3\n${workload}`;

/** A patch with a `target` that means no object: Kustomize builds without a word. */
export const patchSelectsNothing: Rule = {
  code: "kustomization/patch-selects-nothing",
  severity: "warning",
  scope: "workspace",
  *check(context) {
    for (const step of stepsIdleEverywhere(context)) {
      if (step.reason !== "selectsNothing" || !/^patches|^Patch/.test(step.cause.transformer)) continue;
      const entry = entryOf(step, context.snapshot);
      const target = field(entry, "target");
      // A Component may be made for objects that those who include it today do not have.
      const isComponent = context.snapshot.graph.at(parentPath(step.cause.place.file.path))?.kind === "Component";
      const { reason, ...hit } =
        entry === undefined
          ? { reason: "", place: firstLine(step.cause.place), related: [] }
          : missedTarget(target, step);
      yield {
        ...hit,
        ...(isComponent && { severity: "information" as const }),
        message: `This target selects no object, so the patch does nothing.${reason}`,
        help: "Correct the target, or remove the patch.",
      };
    }
  },
  docs: {
    summary: "The `target` of a patch selects no object, so the patch does nothing.",
    explanation:
      "Kustomize says nothing about it. Group, version, kind, name and namespace of a target are regular expressions for the whole value, and a name may be the one before or after a prefix. A patch of a Component or base is reported when it does nothing in every overlay.",
    bad: sample("wbe"),
    good: sample("web"),
  },
  fix: useSuggestion,
};
