import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { formerParamUses, templateParamUses, templatesOf } from "../../../tekton/templateParams";
import { headPlace } from "../places";
import { triggersSample } from "../samples";

/** A parameter of a template that goes nowhere. */
export const unusedTemplateParam: Rule = {
  code: "tekton/unused-template-param",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, partial } of objectsOf(context)) {
      if (partial) continue;
      for (const template of templatesOf(node)) {
        if (template.items.length === 0) continue;
        const used = new Set([...templateParamUses(template)].map(({ name }) => name));
        const former = formerParamUses(template);
        for (const param of template.params) {
          if (param.name === "" || used.has(param.name)) continue;
          const isFormer = former.has(param.name);
          yield {
            place: headPlace(param),
            message: isFormer
              ? `The objects of the template write \`$(params.${param.name})\`, which is no parameter of the template.`
              : `No object of the template uses the parameter \`${param.name}\`.`,
            help: isFormer ? `Write \`$(tt.params.${param.name})\`.` : "Remove it, or use it.",
            severity: isFormer ? "warning" : undefined,
          };
        }
      }
    }
  },
  docs: {
    summary: "A TriggerTemplate declares a parameter that none of its objects uses.",
    explanation:
      "Parameters of the template are written `$(tt.params.name)`. Where the objects write `$(params.name)` instead, and have no parameter of that name, it is a warning: so the first version of Triggers wrote it.",
    bad: template("$(params.commit)"),
    good: template("$(tt.params.commit)"),
  },
};

function template(value: string): string {
  return triggersSample(
    "TriggerTemplate",
    `  params:\n  - name: commit\n  resourcetemplates:\n  - apiVersion: tekton.dev/v1\n    kind: PipelineRun\n    metadata:\n      generateName: build-\n    spec:\n      pipelineRef:\n        name: build\n      params:\n      - name: revision\n        value: ${value}\n`,
  );
}
