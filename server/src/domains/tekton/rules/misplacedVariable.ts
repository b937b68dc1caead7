import type { Hit, Rule } from "../../../analysis/rule";
import { placeOfVariable } from "../../../tekton/variables";
import { pipelineSample } from "../samples";
import { variableProblemsOf } from "../variableProblems";

/** A variable that Tekton does not replace where it stands. */
export const misplacedVariable: Rule = {
  code: "tekton/misplaced-variable",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { scalar, variable, fault, refused } of variableProblemsOf(context, "notHere", "noVariable")) {
      const place = placeOfVariable(scalar, variable);
      if (fault.kind === "notHere") {
        const message = `Tekton does not replace \`$(${variable.text})\` here.`;
        const help = `It is known ${fault.where}.`;
        yield { place, message, help, severity: refused ? undefined : "warning" };
      } else {
        const message = `\`$(${variable.text})\` is no variable of a pipeline.`;
        const help =
          "No shell sees this text either, and Tekton 1.14 and later refuse it; write it in the script of the Task.";
        yield { place, message, help, severity: "warning" };
      }
    }
  },
  docs: {
    summary: "A variable stands where Tekton does not replace it.",
    explanation:
      "The status of tasks is known in `finally` only, the results of a task are known to its pipeline and to the specs that are embedded there, and the results of a step in `env`, `command` and `args`.",
    bad: pipelineSample("    params:\n    - name: state\n      value: $(tasks.fetch.status)\n"),
    good: pipelineSample("    params:\n    - name: commit\n      value: $(tasks.fetch.results.commit)\n"),
  },
};
