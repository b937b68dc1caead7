import type { Hit, Rule } from "../../../analysis/rule";
import { fieldAt, isSet } from "../../../tekton/field";
import type { TriggerView } from "../../../tekton/trigger";
import { getValue, type Mapping } from "../../../yaml/node";
import { severityOfLack, triggersObjectsOf } from "../objects";
import { headPlace, keyPlace } from "../places";
import { triggersSample } from "../samples";

/** A trigger that makes nothing, or says in two ways what it makes. */
export const triggerTarget: Rule = {
  code: "tekton/trigger-target",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, version, triggers } of triggersObjectsOf(context)) {
      for (const trigger of triggers) {
        if (getValue(trigger.node, "<<") !== undefined) continue;
        for (const hit of mistakesIn(trigger, kind, version)) yield { ...hit, severity: severityOfLack(context) };
      }
    }
  },
  docs: {
    summary: "A trigger has no template, or more than one way to it.",
    explanation:
      "It has a `template`, with either `ref` or `spec`; in an EventListener it may have a `triggerRef` instead, and nothing beside it. The webhook of Tekton Triggers refuses the rest.",
    bad: triggersSample("EventListener", "  triggers:\n  - bindings:\n    - ref: push\n"),
    good: triggersSample(
      "EventListener",
      "  triggers:\n  - bindings:\n    - ref: push\n    template:\n      ref: build\n",
    ),
  },
};

/** Upstream: `EventListenerTrigger.validate`, `TriggerSpecTemplate.validate`. */
function* mistakesIn(trigger: TriggerView, kind: string, version: string): Iterable<Hit> {
  const { node, template, triggerRef } = trigger;
  if (kind === "EventListener" && triggerRef !== undefined && triggerRef.text !== "") {
    const beside = ["template", "bindings", "interceptors"].find((key) => isThere(node, key));
    if (beside === undefined) return;
    const message = `\`${beside}\` cannot stand beside \`triggerRef\`: the Trigger says it.`;
    yield { place: keyPlace(node, beside), message, help: "Keep one of the two." };
  } else if (template === undefined) {
    // That a Trigger lacks it, its schema says.
    if (kind !== "EventListener" || isThere(node, "template")) return;
    const message = "The trigger does not say what it makes.";
    yield { place: headPlace(trigger), message, help: "Add `template`, or `triggerRef`." };
  } else {
    const hasSpec = fieldAt(template, "spec") !== undefined;
    const hasRef = isThere(template.node, "ref");
    if (hasSpec && hasRef) {
      const message = "`ref` and `spec` exclude each other.";
      yield { place: keyPlace(template.node, "spec"), message, help: "Keep one of the two." };
    } else if (!hasSpec && !isSet(template.node, "ref")) {
      // So it was called once.
      if (version === "v1alpha1" && isSet(template.node, "name")) return;
      const message = "The template is neither named nor written.";
      yield { place: keyPlace(node, "template"), message, help: "Add `ref`, or `spec`." };
    }
  }
}

function isThere(node: Mapping, key: string): boolean {
  const value = getValue(node, key);
  return value !== undefined && !(value.kind === "scalar" && value.tag === "null");
}
