import { isRefused, type ParamScope, paramFault } from "./paramScope";
import type { PipelineTask, PipelineView } from "./pipeline";
import { pipelineTaskFields, type SubstitutedField, substitutedTexts } from "./substitutedFields";
import { tasksOf } from "./tektonObject";
import { problemOf, unlessKnown, type VariableProblem, type VariableUse } from "./variableProblem";
import { findVariables } from "./variables";

/** What the variables of a pipeline's tasks may name beside the tasks. */
export interface PipelineScope {
  readonly params: ParamScope;
  readonly workspaces: ReadonlySet<string>;
}

/** The variables of a pipeline's tasks that name nothing, and those that Tekton does not replace where they stand. */
export function* pipelineVariableProblems(pipeline: PipelineView, scope: PipelineScope): Iterable<VariableProblem> {
  const names: TaskNames = {
    tasks: new Set(pipeline.tasks.map(nameOf)),
    finally: new Set(pipeline.finally.map(nameOf)),
    matrixed: new Set(pipeline.tasks.filter(isMatrixed).map(nameOf)),
  };
  for (const task of tasksOf(pipeline)) {
    for (const { scalar, field } of substitutedTexts(task, pipelineTaskFields)) {
      for (const variable of findVariables(scalar.text)) {
        const problem = problemIn({ scalar, field, variable }, task, names, scope);
        if (problem !== undefined) yield problem;
      }
    }
  }
  yield* resultProblems(pipeline, names);
}

const resultFields: readonly SubstitutedField[] = [
  { path: ["results", "*", "value", "**"], checked: true, holds: "value" },
];

/** The results of a pipeline name those of its tasks; of tasks in `finally` by that word. */
function* resultProblems(pipeline: PipelineView, names: TaskNames): Iterable<VariableProblem> {
  for (const { scalar, field } of substitutedTexts(pipeline, resultFields)) {
    for (const variable of findVariables(scalar.text)) {
      const [head, name, property] = variable.names;
      if (name === undefined || property !== "results" || (head !== "tasks" && head !== "finally")) continue;
      const unknown = unlessKnown(head === "tasks" ? "task" : "task in `finally`", name, names[head]);
      if (unknown !== undefined) yield problemOf({ scalar, field, variable }, unknown);
    }
  }
}

function isMatrixed({ matrix }: PipelineTask): boolean {
  return matrix !== undefined && matrix.params.length + matrix.include.length > 0;
}

interface TaskNames {
  readonly matrixed: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly finally: ReadonlySet<string>;
}

function problemIn(
  use: VariableUse,
  task: PipelineTask,
  names: TaskNames,
  scope: PipelineScope,
): VariableProblem | undefined {
  switch (use.variable.names[0]) {
    case "params": {
      if (isOfMatrix(use, task)) return undefined;
      const fault = paramFault(use, scope.params);
      return fault && problemOf(use, fault, isRefused(fault, use.field));
    }
    case "tasks":
      return tasksFault(use, task, names);
    case "workspaces":
      return workspaceFault(use, scope.workspaces);
    case "context":
      return contextFault(use);
    // Handed on to the Task, where they are replaced; `tt` and `uid` are replaced by a TriggerTemplate before.
    case "results":
    case "tt":
    case "uid":
      return undefined;
    case "finally":
      return problemOf(use, { kind: "notHere", where: "in the results of a pipeline" }, false);
    default:
      // Upstream refuses it since v1.14; before, it went on to the Task as it is.
      return use.field.checked ? problemOf(use, { kind: "noVariable" }, false) : undefined;
  }
}

/** The name that people see of one run of a matrix may name what that run gets. */
function isOfMatrix({ field, variable }: VariableUse, { matrix, params }: PipelineTask): boolean {
  if (field.path[0] !== "displayName" || matrix === undefined) return false;
  const names = [...params, ...matrix.params, ...matrix.include.flatMap((each) => each.params)].map(nameOf);
  return names.includes(variable.names[1] ?? "");
}

const taskProperties = ["results", "status", "reason", "matrix", "outputs", "inputs"];

function tasksFault(use: VariableUse, task: PipelineTask, names: TaskNames): VariableProblem | undefined {
  const [, name = "", property, ...more] = use.variable.names;
  const inFinally = task.section === "finally";
  const isStatus =
    property === undefined ? name === "status" : more.length === 0 && /^(?:status|reason)$/.test(property);
  if (isStatus && !inFinally) return problemOf(use, { kind: "notHere", where: "in the tasks of `finally`" });
  if (property === undefined) {
    if (name === "status") return undefined;
    return problemOf(use, { kind: "unknownProperty", of: "tasks", name, known: ["status", ...names.tasks] }, false);
  }
  if (inFinally && names.finally.has(name)) {
    return problemOf(use, { kind: "notHere", where: "for tasks that are not in `finally` themselves" });
  }
  const unknown = unlessKnown("task", name, names.tasks);
  // Upstream looks at the matrix for the order of tasks, and leaves it out in `finally`.
  if (unknown !== undefined) {
    const isArtifact = property === "outputs" || property === "inputs" || property === "matrix";
    return problemOf(use, unknown, use.field.checked && !isArtifact && !(inFinally && isInMatrix(use)));
  }
  if (property === "results" && names.matrixed.has(name) && use.variable.index !== "*") {
    const isChecked = use.field.path[0] === "params" && !inFinally;
    return problemOf(use, { kind: "matrixResult", name }, isChecked);
  }
  if (taskProperties.includes(property)) return undefined;
  return problemOf(use, { kind: "unknownProperty", of: `tasks.${name}`, name: property, known: taskProperties }, false);
}

function isInMatrix({ field }: VariableUse): boolean {
  return field.path[0] === "matrix";
}

/** Only whether a workspace is bound is known to a pipeline; its path is replaced in the Task that gets the text. */
function workspaceFault(use: VariableUse, workspaces: ReadonlySet<string>): VariableProblem | undefined {
  const [, name = "", property] = use.variable.names;
  if (property !== "bound") return undefined;
  const unknown = unlessKnown("workspace", name, workspaces);
  return unknown && problemOf(use, unknown, false);
}

const contexts: ReadonlyMap<string, readonly string[]> = new Map([
  ["pipelineRun", ["name", "namespace", "uid"]],
  ["pipeline", ["name"]],
  ["pipelineTask", ["retries"]],
  // These are replaced in the Task that gets the text.
  ["taskRun", ["name", "namespace", "uid"]],
  ["task", ["name", "retry-count"]],
]);

function contextFault(use: VariableUse): VariableProblem | undefined {
  const [, object = "", property = ""] = use.variable.names;
  const known = contexts.get(object);
  if (known?.includes(property)) return undefined;
  if (known !== undefined) {
    return problemOf(use, { kind: "unknownProperty", of: `context.${object}`, name: property, known }, false);
  }
  const fault = { kind: "unknownProperty", of: "context", name: object, known: [...contexts.keys()] } as const;
  return problemOf(use, fault, false);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
