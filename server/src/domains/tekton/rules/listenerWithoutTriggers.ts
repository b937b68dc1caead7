import type { Hit, Rule } from "../../../analysis/rule";
import { fieldAt, isSet } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { mayBeBrought, triggersObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { triggersSample } from "../samples";

/** An EventListener that listens for nothing, or a group of it that selects no Triggers. */
export const listenerWithoutTriggers: Rule = {
  code: "tekton/listener-without-triggers",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const { kind, spec, node } of triggersObjectsOf(context)) {
      if (kind !== "EventListener" || spec === undefined || getValue(spec.node, "<<") !== undefined) continue;
      const names = fieldAt(spec, "namespaceSelector")?.node;
      const selects = ["labelSelector", "triggerGroups", "triggers"].some((key) => isSet(spec.node, key));
      if (!selects && !isSet(names, "matchNames")) {
        const help = "Add `triggers`, `triggerGroups`, or a selector for Triggers.";
        yield { place: keyPlace(node, "spec"), message: "The EventListener has no triggers.", help };
      }
      const groups = getValue(spec.node, "triggerGroups");
      for (const group of groups?.kind === "sequence" ? groups.items : []) {
        const selector = getValue(group, "triggerSelector");
        if (group.kind !== "mapping" || selector?.kind !== "mapping") continue;
        const matchNames = getValue(selector, "namespaceSelector");
        if (isSet(selector, "labelSelector") || isSet(matchNames, "matchNames")) continue;
        const help = "Add a `labelSelector`, or a `namespaceSelector` with `matchNames`.";
        const message = "The selector of the group selects nothing.";
        yield { place: keyPlace(group, "triggerSelector"), message, help };
      }
    }
  },
  docs: {
    summary: "An EventListener has no triggers, or a group of triggers selects none.",
    explanation: "The webhook of Tekton Triggers refuses it.",
    bad: triggersSample("EventListener", "  serviceAccountName: pipeline\n"),
    good: triggersSample(
      "EventListener",
      "  serviceAccountName: pipeline\n  triggers:\n  - template:\n      ref: build\n",
    ),
  },
};
