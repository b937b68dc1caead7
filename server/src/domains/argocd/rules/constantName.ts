import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationSetsOf, elementsOf } from "../applicationSets";
import { applicationSetSample, templateLines } from "../samples";

const sample = (name: string): string =>
  applicationSetSample(
    "generators:",
    "- list:",
    "    elements:",
    "    - stage: dev",
    "    - stage: prod",
    ...templateLines(name),
  );

/** Several Applications of one name. */
export const constantName: Rule = {
  code: "argocd/constant-name",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      const name = getIn(set.spec, ["template", "metadata", "name"]);
      const text = textOf(name);
      if (open || name === undefined || text === undefined || text.includes("{{")) continue;
      // A selector takes some of the elements away.
      const lists = set.generators.filter(({ item }) => item.entries.length === 1);
      const isNamedElsewhere = set.generators.some(
        ({ body }) => getIn(body, ["template", "metadata", "name"]) !== undefined,
      );
      const count = lists.reduce((sum, generator) => sum + elementsOf(generator).length, 0);
      if (count < 2 || isNamedElsewhere) continue;
      yield {
        place: name.origin.place,
        message: `All ${count} Applications get the name \`${text}\`.`,
        help: "Put a parameter into the name.",
      };
    }
  },
  docs: {
    summary: "The template of an ApplicationSet gives several Applications the same name.",
    explanation:
      "Argo CD refuses the ApplicationSet as a whole. Put a parameter that tells the elements apart into the name.",
    bad: sample("shop"),
    good: sample("'shop-{{stage}}'"),
  },
};
