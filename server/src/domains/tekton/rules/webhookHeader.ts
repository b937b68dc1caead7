import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { fieldAt, namedFieldsAt } from "../../../tekton/field";
import { triggersObjectsOf } from "../objects";
import { triggersSample } from "../samples";

/** A header that is not written as HTTP headers are. */
export const webhookHeader: Rule = {
  code: "tekton/webhook-header",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { interceptors } of triggersObjectsOf(context)) {
      const webhooks = interceptors.flatMap((each) => fieldAt(each, "webhook") ?? []);
      for (const { name, nameNode } of webhooks.flatMap((webhook) => namedFieldsAt(webhook, "header"))) {
        if (nameNode === undefined || name === "" || !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) continue;
        const suggestion = canonicalHeader(name);
        if (suggestion === name) continue;
        const message = `The header \`${name}\` is not written in its usual case.`;
        yield { place: nameNode.origin.place, message, help: `Write \`${suggestion}\`.`, data: { suggestion } };
      }
    }
  },
  docs: {
    summary: "The name of a header does not begin each of its words with a capital.",
    explanation: "The webhook of Tekton Triggers takes only the form that Go gives to names of headers.",
    bad: header("x-team"),
    good: header("X-Team"),
  },
  fix: useSuggestion,
};

/** Go's `http.CanonicalHeaderKey`. */
function canonicalHeader(name: string): string {
  return name
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join("-");
}

function header(name: string): string {
  return triggersSample(
    "EventListener",
    `  triggers:\n  - interceptors:\n    - webhook:\n        objectRef:\n          kind: Service\n          apiVersion: v1\n          name: check\n        header:\n        - name: ${name}\n          value: platform\n    template:\n      ref: build\n`,
  );
}
