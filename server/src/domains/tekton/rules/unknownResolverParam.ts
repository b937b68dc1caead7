import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { resolvers } from "../../../tekton/resolvers";
import { referencesOf, wholeObjectsOf } from "../objects";
import { pipelineSample } from "../samples";

/** Words that a resolver does not know: its own name, a parameter, or the value of one. */
export const unknownResolverParam: Rule = {
  code: "tekton/unknown-resolver-param",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { resolver, params } of referencesOf(object)) {
        if (resolver === undefined || isPlaceholder(resolver.text)) continue;
        const known = resolvers.get(resolver.text);
        if (known === undefined) {
          const suggestion = didYouMean(resolver.text, resolvers.keys());
          if (suggestion === undefined) continue;
          const message = `\`${resolver.text}\` is none of the resolvers that come with Tekton.`;
          yield {
            place: resolver.origin.place,
            message,
            help: `Did you mean \`${suggestion}\`?`,
            data: { suggestion },
          };
          continue;
        }
        const names = [...known.required, ...known.optional];
        for (const { name, nameNode, value } of params) {
          const allowed = known.values?.get(name);
          if (nameNode !== undefined && !names.includes(name) && !isPlaceholder(name)) {
            const suggestion = didYouMean(name, names);
            yield {
              place: nameNode.origin.place,
              message: `The resolver \`${resolver.text}\` does not know the parameter \`${name}\`.`,
              help: suggestion === undefined ? "Remove it." : `Did you mean \`${suggestion}\`?`,
              severity: suggestion === undefined ? "information" : undefined,
              data: { suggestion },
            };
          } else if (value?.kind === "scalar" && allowed !== undefined && !allowed.includes(value.text)) {
            if (value.text === "" || isPlaceholder(value.text)) continue;
            const suggestion = didYouMean(value.text, allowed);
            yield {
              place: value.origin.place,
              message: `\`${value.text}\` is no value of the parameter \`${name}\`.`,
              help: `Write one of ${allowed.map((each) => `\`${each}\``).join(", ")}.`,
              data: { suggestion },
            };
          }
        }
      }
    }
  },
  docs: {
    summary: "A reference gives its resolver a parameter or value that it does not know, or misspells the resolver.",
    explanation:
      "Resolvers ignore parameters that they do not know, and fail on values that they do not know. Other resolvers than those that come with Tekton can be anything and are left alone.",
    bad: pipelineSample("").replace(
      "name: git-clone",
      "resolver: git\n      params:\n      - name: pathInRepos\n        value: git-clone.yaml",
    ),
    good: pipelineSample("").replace(
      "name: git-clone",
      "resolver: git\n      params:\n      - name: pathInRepo\n        value: git-clone.yaml",
    ),
  },
  fix: useSuggestion,
};
