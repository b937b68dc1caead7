import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { entryOf, firstLine, stepsIdleEverywhere } from "../idleSteps";
import { field } from "../kustomizationFiles";
import { missedTarget } from "../targets";

const sample = (name: string): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\nreplacements:\n- sourceValue: "3"\n  targets:\n  - select:\n      kind: Deployment\n      name: ${name}\n    fieldPaths:\n    - spec.replicas\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n`;

/** A target of a replacement that means no object: Kustomize builds without a word. */
export const replacementSelectsNothing: Rule = {
  code: "kustomization/replacement-selects-nothing",
  severity: "warning",
  scope: "workspace",
  *check(context) {
    for (const step of stepsIdleEverywhere(context)) {
      if (step.reason !== "selectsNothing" || !step.cause.path.includes("targets")) continue;
      const entry = entryOf(step, context.snapshot);
      const { reason, ...hit } =
        entry === undefined
          ? { reason: "", place: firstLine(step.cause.place), related: [] }
          : missedTarget(field(entry, "select"), step);
      yield {
        ...hit,
        message: `This target selects no object, so nothing is replaced.${reason}`,
        help: "Correct `select` and `reject`, or remove the target.",
      };
    }
  },
  docs: {
    summary: "A target of a replacement selects no object.",
    explanation:
      "Kustomize says nothing about it. `select` means objects by group, version, kind, name and namespace; what `reject` means is left out.",
    bad: sample("wbe"),
    good: sample("web"),
  },
  fix: useSuggestion,
};
