import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const sample = (...lines: readonly string[]): string =>
  applicationSample(...sourceLines, ...destinationLines, "syncPolicy:", "  automated:", ...lines);

/** Options of an automated sync that is switched off. */
export const automatedOff: Rule = {
  code: "argocd/automated-off",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const automated = getIn(application.syncPolicy, ["automated"]);
      const enabled = entryOf(automated, "enabled");
      if (enabled === undefined || textOf(enabled.value) !== "false") continue;
      const idle = ["prune", "selfHeal", "allowEmpty"].filter((name) => textOf(getIn(automated, [name])) === "true");
      if (idle.length === 0) continue;
      const names = idle.map((name) => `\`${name}\``).join(" and ");
      yield {
        place: enabled.key.origin.place,
        message: `Nothing is synced automatically, so ${names} wait${idle.length === 1 ? "s" : ""} until it is.`,
        help: "Remove `enabled: false` when the pause is over.",
      };
    }
  },
  docs: {
    summary: "An automated sync has options, and is switched off.",
    explanation: "With `enabled: false` the Application waits for somebody who syncs it by hand. Good for a pause.",
    bad: sample("    enabled: false", "    prune: true"),
    good: sample("    prune: true"),
  },
};
