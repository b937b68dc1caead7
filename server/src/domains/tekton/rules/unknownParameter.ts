import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { placeOfVariable } from "../../../tekton/variables";
import { severityOfLack } from "../objects";
import { sample } from "../samples";
import { variableProblemsOf } from "../variableProblems";

/** A `$(params.…)` that names no parameter. */
export const unknownParameter: Rule = {
  code: "tekton/unknown-parameter",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { scalar, variable, fault, refused } of variableProblemsOf(context, "unknownParameter")) {
      const { name, known } = fault;
      const suggestion = didYouMean(name, known);
      yield {
        place: placeOfVariable(scalar, variable, variable.names.indexOf(name, 1)),
        message: `There is no parameter \`${name}\` here.`,
        help: suggestion === undefined ? `Declare it in \`params\`.` : `Did you mean \`${suggestion}\`?`,
        severity: refused ? severityOfLack(context) : "warning",
        data: { suggestion },
      };
    }
  },
  docs: {
    summary: "A variable names a parameter that is not declared.",
    explanation:
      "Tekton refuses a Task or Pipeline that uses a parameter that it does not declare. In the fields that it does not look at before they run, the text stays as it is written. What a run gives can be named by everything that is embedded in that run.",
    bad: sample(
      "Task",
      "  params:\n  - name: image\n  steps:\n  - name: show\n    image: alpine:3.22\n    args:\n    - $(params.imge)\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: image\n  steps:\n  - name: show\n    image: alpine:3.22\n    args:\n    - $(params.image)\n",
    ),
  },
  fix: useSuggestion,
};
