import type { Hit, Rule } from "../../../analysis/rule";
import { type Field, fieldsAt, isSet, scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { getValue } from "../../../yaml/node";
import { pipelineSpecsOf, taskSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { pipelineSample } from "../samples";

/** A condition that says too little or too much. */
export const incompleteWhen: Rule = {
  code: "tekton/incomplete-when",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const steps = [...taskSpecsOf(context)].flatMap(({ task }) => task.steps);
    const tasks = [...pipelineSpecsOf(context)].flatMap(({ pipeline }) => tasksOf(pipeline));
    for (const condition of [
      ...steps.flatMap((step) => fieldsAt(step, "when")),
      ...tasks.flatMap(({ when }) => when),
    ]) {
      const mistake = mistakeIn(condition);
      if (mistake === undefined) continue;
      const { field, ...words } = mistake;
      yield { place: keyPlace(condition.node, field), ...words };
    }
  },
  docs: {
    summary: "A `when` lacks its operator or values, or mixes them with `cel`.",
    explanation:
      "A condition has an `input`, an `operator` (`in` or `notin`) and at least one of `values`; or `cel` alone, in which variables of Tekton stand in quotes. Tekton's webhook refuses the rest.",
    bad: pipelineSample('    when:\n    - input: "$(params.branch)"\n      operator: in\n      values: []\n'),
    good: pipelineSample('    when:\n    - input: "$(params.branch)"\n      operator: in\n      values: [main]\n'),
  },
};

/** Upstream: `WhenExpression.validateWhenExpressionFields`. */
function mistakeIn({
  node,
}: Field): { readonly field: string; readonly message: string; readonly help: string } | undefined {
  if (getValue(node, "<<") !== undefined) return undefined;
  if (isSet(node, "cel")) {
    const other = ["input", "operator", "values"].find((field) => isSet(node, field));
    if (other !== undefined) {
      return { field: other, message: `\`${other}\` cannot stand beside \`cel\`.`, help: "Keep one of the two ways." };
    }
    const cel = scalarAt(node, "cel")?.text ?? "";
    if (!/\$\(/.test(cel.replace(/'[^']*'|"[^"]*"/g, ""))) return undefined;
    const help = "Write it in quotes, for example `'$(params.name)' == 'value'`.";
    return { field: "cel", message: "A variable of Tekton stands outside of quotes in `cel`.", help };
  }
  if (!isSet(node, "operator")) {
    return {
      field: "operator",
      message: "The condition has no `operator`.",
      help: "Add `operator: in` or `operator: notin`.",
    };
  }
  const values = getValue(node, "values");
  if (values?.kind === "sequence" ? values.items.length > 0 : values !== undefined && isSet(node, "values")) {
    return undefined;
  }
  return { field: "values", message: "The condition has no values.", help: "Add at least one to `values`." };
}
