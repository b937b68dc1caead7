import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { applicationSetsOf } from "../applicationSets";
import { entryOf, itemsOf } from "../applications";
import { applicationSetSample, templateLines } from "../samples";

const steps = [
  "  rollingSync:",
  "    steps:",
  "    - matchExpressions:",
  "      - key: stage",
  "        operator: In",
  "        values: [dev]",
];
const sample = (...lines: readonly string[]): string =>
  applicationSetSample("generators:", "- clusters: {}", "strategy:", ...lines, ...templateLines("'{{name}}'"));

/** A strategy of an ApplicationSet that does nothing. */
export const ineffectiveStrategy: Rule = {
  code: "argocd/ineffective-strategy",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      const strategy = getValue(set.spec, "strategy");
      const type = entryOf(strategy, "type");
      if (open || strategy?.kind !== "mapping") continue;
      const isRolling = textOf(type?.value) === "RollingSync";
      const rolling = entryOf(strategy, "rollingSync");
      const hasSteps = itemsOf(getIn(strategy, ["rollingSync", "steps"])).length > 0;
      const order = entryOf(strategy, "deletionOrder");
      if (rolling !== undefined && !isRolling) {
        const message = "`rollingSync` is ignored without `type: RollingSync`.";
        yield { place: rolling.key.origin.place, message, help: "Add `type: RollingSync`, or remove the steps." };
      } else if (isRolling && !hasSteps && type !== undefined) {
        const message = "`RollingSync` does nothing without steps.";
        yield { place: type.value.origin.place, message, help: "Add `rollingSync.steps`." };
      } else if (order !== undefined && textOf(order.value)?.toLowerCase() === "reverse" && !(isRolling && hasSteps)) {
        const message = "The order of deletion is ignored without `type: RollingSync` and its steps.";
        yield { place: order.key.origin.place, message, help: "Add the steps, or remove `deletionOrder`." };
      }
    }
  },
  docs: {
    summary: "The `strategy` of an ApplicationSet has parts that do nothing.",
    explanation: "Steps, and the reverse order of deletion, count only with `type: RollingSync` and at least one step.",
    bad: sample(...steps),
    good: sample("  type: RollingSync", ...steps),
  },
};
