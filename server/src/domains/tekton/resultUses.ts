import type { WorkspaceContext } from "../../analysis/rule";
import type { Field } from "../../tekton/field";
import type { PipelineView } from "../../tekton/pipeline";
import {
  pipelineTaskFields,
  type SubstitutedField,
  stepFields,
  substitutedTexts,
} from "../../tekton/substitutedFields";
import { tasksOf, viewTekton } from "../../tekton/tektonObject";
import { findVariables, type Variable } from "../../tekton/variables";
import type { Scalar } from "../../yaml/node";
import { type Callee, calleesOfTask } from "./callees";
import { deployedTekton } from "./calls";

/** A `$(tasks.TASK.results.RESULT…)`, and all that the task may run. */
export interface ResultUse {
  readonly scalar: Scalar;
  readonly variable: Variable;
  readonly callees: readonly [Callee, ...Callee[]];
  readonly root?: string | undefined;
}

/** Every result of a task that anything in a pipeline names; those of tasks that are not known here are left out. */
export function* resultUses(context: WorkspaceContext): Iterable<ResultUse> {
  for (const { node, caller } of deployedTekton(context)) {
    const object = viewTekton(node);
    const pipeline = object?.pipeline ?? object?.run?.pipelineSpec;
    if (pipeline === undefined) continue;
    const callees = new Map(tasksOf(pipeline).map((task) => [task.name, calleesOfTask(task, caller)]));
    for (const scalar of textsOf(pipeline)) {
      for (const variable of findVariables(scalar.text)) {
        const [head, task = "", property, result] = variable.names;
        if ((head !== "tasks" && head !== "finally") || property !== "results" || result === undefined) continue;
        const [first, ...more] = callees.get(task) ?? [];
        if (first !== undefined) yield { scalar, variable, callees: [first, ...more], root: caller.root };
      }
    }
  }
}

const resultFields: readonly SubstitutedField[] = [
  { path: ["results", "*", "value", "**"], checked: true, holds: "value" },
];

function* textsOf(pipeline: PipelineView): Iterable<Scalar> {
  const within: (readonly [Field, readonly SubstitutedField[]])[] = [[pipeline, resultFields]];
  for (const task of tasksOf(pipeline)) {
    within.push([task, pipelineTaskFields]);
    for (const step of task.taskSpec?.steps ?? []) within.push([step, stepFields]);
  }
  for (const [field, fields] of within) for (const { scalar } of substitutedTexts(field, fields)) yield scalar;
}
