import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { templateParamUses, templatesOf } from "../../../tekton/templateParams";
import { placeOfVariable } from "../../../tekton/variables";
import { severityOfLack } from "../objects";
import { triggersSample } from "../samples";

/** A parameter that the objects of a template use, and that the template does not declare. */
export const undeclaredTemplateParam: Rule = {
  code: "tekton/undeclared-template-param",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, partial } of objectsOf(context)) {
      if (partial) continue;
      for (const template of templatesOf(node)) {
        const names = new Set(template.params.map(({ name }) => name));
        for (const { name, scalar, variable } of templateParamUses(template)) {
          if (names.has(name)) continue;
          // Of a name with points, only all of the variable can be pointed at.
          const isOneName = variable.names.length === 3;
          const suggestion = didYouMean(name, names);
          const meant = suggestion === undefined ? "" : `Did you mean \`${suggestion}\`? `;
          yield {
            place: placeOfVariable(scalar, variable, isOneName ? 2 : undefined),
            message: `The template declares no parameter \`${name}\`.`,
            help: `${meant}Every parameter stands under \`params\` of the template.`,
            severity: severityOfLack(context),
            data: isOneName ? { suggestion } : undefined,
          };
        }
      }
    }
  },
  docs: {
    summary: "A TriggerTemplate uses a parameter that it does not declare.",
    explanation: "The webhook of Tekton Triggers refuses it.",
    bad: template("comit"),
    good: template("commit"),
  },
  fix: useSuggestion,
};

function template(name: string): string {
  return triggersSample(
    "TriggerTemplate",
    `  params:\n  - name: commit\n  resourcetemplates:\n  - apiVersion: tekton.dev/v1\n    kind: PipelineRun\n    metadata:\n      generateName: build-\n    spec:\n      pipelineRef:\n        name: build\n      params:\n      - name: revision\n        value: $(tt.params.${name})\n`,
  );
}
