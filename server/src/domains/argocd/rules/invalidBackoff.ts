import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { isRetryDuration, withoutDays } from "../../../argocd/duration";
import { getIn } from "../../../yaml/node";
import { applicationsOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const sample = (duration: string): string =>
  applicationSample(
    ...sourceLines,
    ...destinationLines,
    "syncPolicy:",
    "  retry:",
    "    backoff:",
    `      duration: ${duration}`,
  );

/** A pause between retries that Argo CD cannot read. */
export const invalidBackoff: Rule = {
  code: "argocd/invalid-backoff",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const field of ["duration", "maxDuration"]) {
        const value = getIn(application.syncPolicy, ["retry", "backoff", field]);
        if (value?.kind !== "scalar" || value.tag !== "str" || value.text === "") continue;
        if (isPlaceholder(value.text) || isRetryDuration(value.text)) continue;
        const suggestion = withoutDays(value.text);
        yield {
          place: value.origin.place,
          message: `\`${value.text}\` is no duration, so a sync that fails is not tried again.`,
          help: `Write something like \`${suggestion ?? "30s"}\`; units are \`s\`, \`m\` and \`h\`.`,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "A duration in `syncPolicy.retry.backoff` is none that Argo CD reads.",
    explanation:
      "Argo CD reads it when a sync has failed, and then gives up in place of trying again. A number alone counts seconds; units are `s`, `m`, `h`, there are no days.",
    bad: sample("1 minute"),
    good: sample("1m"),
  },
  fix: useSuggestion,
};
