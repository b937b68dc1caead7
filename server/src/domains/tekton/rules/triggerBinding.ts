import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { getValue, type Mapping } from "../../../yaml/node";
import { triggersObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { triggersSample } from "../samples";

/** A binding of a trigger that is neither a reference nor a value. */
export const triggerBinding: Rule = {
  code: "tekton/trigger-binding",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { version, triggers } of triggersObjectsOf(context)) {
      for (const { node } of triggers.flatMap(({ bindings }) => bindings)) {
        // The first versions had a `spec` here.
        if (getValue(node, "<<") !== undefined || (version === "v1alpha1" && isSet(node, "spec"))) continue;
        const hit = mistakeIn(node);
        if (hit !== undefined) yield hit;
      }
    }
  },
  docs: {
    summary: "A binding of a trigger has neither `ref` nor `name` and `value`, or both.",
    explanation:
      "A binding refers to a TriggerBinding by `ref`, or gives one parameter by `name` and `value`. The webhook of Tekton Triggers refuses the rest.",
    bad: triggersSample(
      "EventListener",
      "  triggers:\n  - bindings:\n    - name: push\n    template:\n      ref: build\n",
    ),
    good: triggersSample(
      "EventListener",
      "  triggers:\n  - bindings:\n    - ref: push\n    template:\n      ref: build\n",
    ),
  },
};

/** Upstream: `triggerSpecBindingArray.validate`. */
function mistakeIn(node: Mapping): Hit | undefined {
  const hasRef = isSet(node, "ref");
  if (hasRef && isSet(node, "name")) {
    const message = "`ref` and `name` exclude each other.";
    return { place: keyPlace(node, "name"), message, help: "Keep one of the two." };
  }
  if (hasRef) return undefined;
  if (!isSet(node, "name")) {
    const place = keyPlace(node, "ref");
    return { place, message: "The binding names nothing.", help: "Add `ref`, or `name` and `value`." };
  }
  const value = getValue(node, "value");
  if (value !== undefined && !(value.kind === "scalar" && value.tag === "null")) return undefined;
  const message = "The binding has a name and no value.";
  return { place: keyPlace(node, "name"), message, help: "Add `value`, or write `ref` to name a TriggerBinding." };
}
