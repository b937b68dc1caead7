import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationSetsOf } from "../applicationSets";
import { entryOf, itemsOf } from "../applications";
import { applicationSetSample, templateLines } from "../samples";

const strategy = [
  "strategy:",
  "  type: RollingSync",
  "  rollingSync:",
  "    steps:",
  "    - matchExpressions:",
  "      - key: stage",
  "        operator: In",
  "        values: [dev]",
];
const sample = (...policy: readonly string[]): string =>
  applicationSetSample("generators:", "- clusters: {}", ...strategy, ...templateLines("'{{name}}'"), ...policy);

/** Applications that would sync by themselves, and are synced in steps. */
export const automatedWithRollingSync: Rule = {
  code: "argocd/automated-with-rolling-sync",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      const strategy = getIn(set.spec, ["strategy"]);
      const hasSteps = itemsOf(getIn(strategy, ["rollingSync", "steps"])).length > 0;
      if (textOf(getIn(strategy, ["type"])) !== "RollingSync" || !hasSteps) continue;
      const policy = getIn(set.spec, ["template", "spec", "syncPolicy"]);
      const automated = entryOf(policy, "automated");
      if (automated?.value.kind !== "mapping") continue;
      if (textOf(getIn(automated.value, ["enabled"])) === "false") continue;
      yield {
        place: automated.key.origin.place,
        message: "With `RollingSync`, Argo CD switches the automated sync of the Applications off.",
        help: "Remove `automated`, or the steps.",
      };
    }
  },
  docs: {
    summary: "The template of an ApplicationSet with `RollingSync` has `automated`.",
    explanation: "The ApplicationSet syncs its Applications itself, step by step; they do not do it by themselves.",
    bad: sample("    syncPolicy:", "      automated: {}"),
    good: sample(),
  },
};
