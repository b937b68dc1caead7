import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Generator } from "../../../argocd/applicationSet";
import { hasParameter, parametersOf } from "../../../argocd/parameters";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue } from "../../../yaml/node";
import { applicationSetsOf } from "../applicationSets";
import { itemsOf } from "../applications";
import { applicationSetSample, templateLines } from "../samples";

const sample = (key: string): string =>
  applicationSetSample(
    "generators:",
    "- merge:",
    `    mergeKeys: [${key}]`,
    "    generators:",
    "    - clusters: {}",
    "    - list:",
    "        elements:",
    "        - server: https://dev.example.com",
    "          stage: dev",
    ...templateLines("'shop-{{name}}'"),
  );

/** A key by which parameters are merged that none of them has. */
export const unknownMergeKey: Rule = {
  code: "argocd/unknown-merge-key",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      for (const generator of set.generators.flatMap(mergesIn)) {
        const [base] = generator.children;
        if (base === undefined) continue;
        const parameters = parametersOf([base], set.goTemplate);
        for (const key of itemsOf(getValue(generator.body, "mergeKeys"))) {
          if (key.kind !== "scalar" || key.text.includes("{{")) continue;
          // In templates of Go, a key with a dot is no way into a map.
          const isNested = set.goTemplate && key.text.includes(".") && !parameters.open;
          if (hasParameter(parameters, key.text) && !isNested) continue;
          const suggestion = isNested ? undefined : didYouMean(key.text, parameters.names);
          yield {
            place: key.origin.place,
            message: isNested
              ? `With templates of Go, \`${key.text}\` is no parameter by which anything can be merged.`
              : `The first generator gives no parameter \`${key.text}\`.`,
            help:
              suggestion === undefined
                ? "Merge by a parameter that all the generators give."
                : `Did you mean \`${suggestion}\`?`,
            data: { suggestion },
          };
        }
      }
    }
  },
  docs: {
    summary: "A key of a `merge` generator is no parameter of its first generator.",
    explanation:
      "All of its sets of parameters have the same nothing for a key then, and Argo CD refuses sets that cannot be told apart.",
    bad: sample("sevrer"),
    good: sample("server"),
  },
  fix: useSuggestion,
};

function mergesIn(generator: Generator): readonly Generator[] {
  const inner = generator.children.flatMap(mergesIn);
  return generator.key.text === "merge" ? [generator, ...inner] : inner;
}
