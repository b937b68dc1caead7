import type { Hit, Rule } from "../../../analysis/rule";
import { didYouMean } from "../../../platform/didYouMean";
import { resolvers } from "../../../tekton/resolvers";
import { getValue } from "../../../yaml/node";
import { referencesOf, wholeObjectsOf } from "../objects";
import { pipelineSample } from "../samples";

/** A resolver that is not told what to fetch. */
export const missingResolverParam: Rule = {
  code: "tekton/missing-resolver-param",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { node, name, resolver, params } of referencesOf(object)) {
        const known = resolvers.get(resolver?.text ?? "");
        if (resolver === undefined || known === undefined || name !== undefined || getValue(node, "<<") !== undefined)
          continue;
        const given = params.map((param) => param.name);
        const all = [...known.required, ...known.optional];
        for (const wanted of known.required) {
          // One that is misspelt is told as that.
          const isMeant = given.some((each) => !all.includes(each) && didYouMean(each, all) === wanted);
          if (given.includes(wanted) || isMeant) continue;
          const message = `The resolver \`${resolver.text}\` needs the parameter \`${wanted}\`.`;
          yield { place: resolver.origin.place, message, help: "Add it to `params`." };
        }
      }
    }
  },
  docs: {
    summary: "A reference does not give its resolver a parameter that it needs.",
    explanation:
      "The run fails when it asks the resolver. `git` needs `pathInRepo`, `hub` `name` and `version`, `bundles` `bundle` and `name`, `cluster` `name`, `http` `url`; for the others a cluster can have defaults.",
    bad: pipelineSample("").replace(
      "name: git-clone",
      "resolver: hub\n      params:\n      - name: name\n        value: git-clone",
    ),
    good: pipelineSample("").replace(
      "name: git-clone",
      'resolver: hub\n      params:\n      - name: name\n        value: git-clone\n      - name: version\n        value: "0.9"',
    ),
  },
};
