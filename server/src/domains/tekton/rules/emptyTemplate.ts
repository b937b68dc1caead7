import type { Hit, Rule } from "../../../analysis/rule";
import { type Field, fieldAt } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { type CheckedTriggers, mayBeBrought, triggersObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { triggersSample } from "../samples";

/** A TriggerTemplate that makes nothing; what its objects lack, their schema says. */
export const emptyTemplate: Rule = {
  code: "tekton/empty-template",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const object of triggersObjectsOf(context)) {
      for (const spec of templatesIn(object)) {
        const list = getValue(spec.node, "resourcetemplates");
        if (list?.kind === "sequence" && list.items.length === 0) {
          const place = keyPlace(spec.node, "resourcetemplates");
          const message = "The template makes nothing.";
          yield { place, message, help: "Add an object to `resourcetemplates`." };
        }
      }
    }
  },
  docs: {
    summary: "The `resourcetemplates` of a TriggerTemplate are empty.",
    explanation: "The webhook of Tekton Triggers refuses it.",
    bad: triggersSample("TriggerTemplate", "  resourcetemplates: []\n"),
    good: triggersSample(
      "TriggerTemplate",
      "  resourcetemplates:\n  - apiVersion: tekton.dev/v1\n    kind: PipelineRun\n    metadata:\n      generateName: build-\n    spec:\n      pipelineRef:\n        name: build\n",
    ),
  },
};

/** The specs of TriggerTemplates: that of the object, and those within triggers. */
function templatesIn({ kind, spec, triggers }: CheckedTriggers): readonly Field[] {
  if (kind === "TriggerTemplate") return spec === undefined ? [] : [spec];
  return triggers.flatMap(({ template }) => (template && fieldAt(template, "spec")) ?? []);
}
