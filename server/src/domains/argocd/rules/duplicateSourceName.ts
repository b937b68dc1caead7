import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

const source = (name: string, path: string): readonly string[] => [
  `- name: ${name}`,
  "  repoURL: https://example.com/shop.git",
  `  path: ${path}`,
];

/** Two sources with one name. */
export const duplicateSourceName: Rule = {
  code: "argocd/duplicate-source-name",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const seen = new Set<string>();
      for (const { name } of application.sources) {
        if (name === undefined || name.text.includes("{{")) continue;
        if (seen.has(name.text)) {
          const message = `Another source is called \`${name.text}\`, too.`;
          yield { place: name.origin.place, message, help: "Give each source a name of its own." };
        }
        seen.add(name.text);
      }
    }
  },
  docs: {
    summary: "Two items of `sources` have the same name.",
    explanation:
      "Commands that name a source cannot tell which is meant, and Argo CD's API refuses such an Application.",
    bad: applicationSample(...destinationLines, "sources:", ...source("a", "x"), ...source("a", "y")),
    good: applicationSample(...destinationLines, "sources:", ...source("a", "x"), ...source("b", "y")),
  },
};
