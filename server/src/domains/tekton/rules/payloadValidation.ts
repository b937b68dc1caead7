import type { Hit, Rule } from "../../../analysis/rule";
import { getIn } from "../../../yaml/node";
import { triggersObjectsOf } from "../objects";
import { triggersSample } from "../samples";

const annotation = "tekton.dev/payload-validation";

/** An annotation that is neither on nor off. */
export const payloadValidation: Rule = {
  code: "tekton/payload-validation",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, node } of triggersObjectsOf(context)) {
      const value = getIn(node, ["metadata", "annotations", annotation]);
      if (kind !== "EventListener" || value?.kind !== "scalar" || /^(?:true|false)$/.test(value.text)) continue;
      const message = `\`${value.text}\` is no value of \`${annotation}\`.`;
      yield { place: value.origin.place, message, help: 'Write `"true"` or `"false"`.' };
    }
  },
  docs: {
    summary: "The annotation `tekton.dev/payload-validation` has another value than `true` and `false`.",
    explanation: "The webhook of Tekton Triggers refuses the EventListener.",
    bad: withAnnotation("disabled"),
    good: withAnnotation("false"),
  },
};

function withAnnotation(value: string): string {
  const plain = triggersSample("EventListener", "  triggers:\n  - template:\n      ref: build\n");
  return plain.replace("spec:", `  annotations:\n    ${annotation}: "${value}"\nspec:`);
}
