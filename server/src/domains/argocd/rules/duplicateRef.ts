import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

const source = (ref: string): readonly string[] => [`- ref: ${ref}`, `  repoURL: https://example.com/${ref}.git`];

/** Two sources with one `ref`. */
export const duplicateRef: Rule = {
  code: "argocd/duplicate-ref",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const seen = new Set<string>();
      for (const { ref, isOneOfSeveral } of application.sources) {
        if (!isOneOfSeveral || ref === undefined || ref.text.includes("{{")) continue;
        if (seen.has(ref.text)) {
          const message = `Another source has the \`ref\` \`${ref.text}\`, too.`;
          yield { place: ref.origin.place, message, help: "Give each source that others refer to a name of its own." };
        }
        seen.add(ref.text);
      }
    }
  },
  docs: {
    summary: "Two items of `sources` have the same `ref`.",
    explanation: "`$ref` in a value file would mean two repositories. Argo CD refuses to render the Application.",
    bad: applicationSample(...destinationLines, "sources:", ...source("values"), ...source("values")),
    good: applicationSample(...destinationLines, "sources:", ...source("values"), ...source("more")),
  },
};
