import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import type { VariableFault } from "../../../tekton/variableProblem";
import { placeOfVariable, type Variable } from "../../../tekton/variables";
import { severityOfLack } from "../objects";
import { sample } from "../samples";
import { variableProblemsOf } from "../variableProblems";

/** A variable that names no workspace, result, step, task, or no property of them. */
export const unknownVariable: Rule = {
  code: "tekton/unknown-variable",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const problems = variableProblemsOf(context, "unknownName", "unknownProperty", "needsBrackets");
    for (const { scalar, variable, fault, refused } of problems) {
      const { message, help, suggestion } = words(fault, variable);
      const { names } = variable;
      const at = fault.kind === "unknownProperty" ? names.lastIndexOf(fault.name) : names.indexOf(fault.name, 1);
      yield {
        place: placeOfVariable(scalar, variable, at),
        message,
        help,
        severity: refused ? severityOfLack(context) : "warning",
        data: { suggestion },
      };
    }
  },
  docs: {
    summary:
      "A variable names a workspace, result, step or task that is not there, or a property that it does not have.",
    explanation:
      'Tekton refuses some of them; the others stay in the text as they are written, so that a shell takes them for a command. A name with a point in it must stand in brackets: `$(params["a.b"])`.',
    bad: sample(
      "Task",
      "  workspaces:\n  - name: source\n  steps:\n  - name: show\n    image: alpine:3.22\n    workingDir: $(workspaces.sources.path)\n",
    ),
    good: sample(
      "Task",
      "  workspaces:\n  - name: source\n  steps:\n  - name: show\n    image: alpine:3.22\n    workingDir: $(workspaces.source.path)\n",
    ),
  },
  fix: useSuggestion,
};

type Fault = Extract<VariableFault, { kind: "unknownName" | "unknownProperty" | "needsBrackets" }>;

function words(
  fault: Fault,
  variable: Variable,
): { readonly message: string; readonly help: string; readonly suggestion: string | undefined } {
  if (fault.kind === "needsBrackets") {
    const [head = ""] = variable.names;
    const rest = variable.text.slice(head.length + 1 + fault.name.length);
    const suggestion = `$(${head}["${fault.name}"]${rest})`;
    const message = `\`${fault.name}\` has a point in it, so what stands behind the point is taken for a key.`;
    return { message, help: `Write \`${suggestion}\`.`, suggestion };
  }
  const suggestion = didYouMean(fault.name, fault.known);
  if (fault.kind === "unknownName") {
    const help = suggestion === undefined ? `Declare it, or name another.` : `Did you mean \`${suggestion}\`?`;
    return { message: `There is no ${fault.what} \`${fault.name}\` here.`, help, suggestion };
  }
  const known = fault.known.map((each) => `\`${each}\``).join(", ");
  const help = suggestion === undefined ? `It has ${known || "none"}.` : `Did you mean \`${suggestion}\`?`;
  if (fault.name === "")
    return { message: `\`${variable.text}\` is no variable of its own.`, help, suggestion: undefined };
  return { message: `\`${fault.of}\` has no \`${fault.name}\`.`, help, suggestion };
}
