import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { fieldAt, namedFieldsAt, scalarAt } from "../../../tekton/field";
import { triggersObjectsOf } from "../objects";
import { triggersSample } from "../samples";

/** What the interceptors that come with Triggers want to be told (upstream: `*Interceptor` in `pkg/apis/triggers/v1beta1`). */
const known: ReadonlyMap<string, readonly string[]> = new Map([
  ["github", ["secretRef", "eventTypes", "addChangedFiles", "githubOwners"]],
  ["gitlab", ["secretRef", "eventTypes"]],
  ["bitbucket", ["secretRef", "eventTypes"]],
  ["cel", ["filter", "overlays"]],
  ["slack", ["requestedFields"]],
]);

/** A parameter that an interceptor does not look at, and a name that is almost that of an interceptor. */
export const unknownInterceptorParam: Rule = {
  code: "tekton/unknown-interceptor-param",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { interceptors } of triggersObjectsOf(context)) {
      for (const interceptor of interceptors) {
        const ref = fieldAt(interceptor, "ref")?.node;
        const names = known.get(scalarAt(ref, "name")?.text ?? "");
        if (names === undefined || (scalarAt(ref, "kind")?.text || "ClusterInterceptor") !== "ClusterInterceptor")
          continue;
        for (const { name, nameNode } of namedFieldsAt(interceptor, "params")) {
          if (nameNode === undefined || name === "" || names.includes(name)) continue;
          const suggestion = didYouMean(name, names);
          const list = names.map((each) => `\`${each}\``).join(", ");
          yield {
            place: nameNode.origin.place,
            message: `The interceptor does not know the parameter \`${name}\`.`,
            help: suggestion === undefined ? `It knows ${list}.` : `Did you mean \`${suggestion}\`?`,
            data: { suggestion },
          };
        }
      }
    }
  },
  docs: {
    summary: "An interceptor that comes with Tekton Triggers is given a parameter that it does not know.",
    explanation:
      "It is ignored, so that a misspelt `filter` lets every event through. Interceptors of your own may know other parameters and are left alone.",
    bad: interceptor("filters"),
    good: interceptor("filter"),
  },
  fix: useSuggestion,
};

function interceptor(name: string): string {
  return triggersSample(
    "EventListener",
    `  triggers:\n  - interceptors:\n    - ref:\n        name: cel\n      params:\n      - name: ${name}\n        value: body.ref == "refs/heads/main"\n    template:\n      ref: build\n`,
  );
}
