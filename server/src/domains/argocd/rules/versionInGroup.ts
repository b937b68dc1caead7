import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { getValue, textOf } from "../../../yaml/node";
import { itemsOf } from "../applications";
import { kindLists } from "../kindLists";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const sample = (group: string): string =>
  applicationSample(
    ...sourceLines,
    ...destinationLines,
    "ignoreDifferences:",
    `- group: ${group}`,
    "  kind: Deployment",
    "  jsonPointers:",
    "  - /spec/replicas",
  );

/** A version where Argo CD compares with an API group alone. */
export const versionInGroup: Rule = {
  code: "argocd/version-in-group",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const item of kindLists(context).flatMap(itemsOf)) {
      const group = getValue(item, "group");
      const text = textOf(group) ?? "";
      const version = /^(?:([a-z0-9.-]+)\/)?(v\d+(?:(?:alpha|beta)\d+)?)$/.exec(text);
      if (group?.kind !== "scalar" || version === null) continue;
      const suggestion = version[1] ?? '""';
      yield {
        place: group.origin.place,
        message: `\`${text}\` has a version, so it matches no API group.`,
        help: `Write \`${suggestion}\`.`,
        data: group.style === "plain" ? { suggestion } : undefined,
      };
    }
  },
  docs: {
    summary: "A `group` holds a version.",
    explanation:
      "`ignoreDifferences` and the lists of kinds of an AppProject name API groups, which are `apps`, not `apps/v1`, and empty for those without a group. Nothing matches a group with a version.",
    bad: sample("apps/v1"),
    good: sample("apps"),
  },
  fix: useSuggestion,
};
