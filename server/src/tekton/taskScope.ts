import type { Field } from "./field";
import { isRefused, type ParamScope, paramFault } from "./paramScope";
import { type SubstitutedField, sidecarFields, stepFields, substitutedTexts, taskFields } from "./substitutedFields";
import type { StepView, TaskView } from "./task";
import { problemOf, unlessKnown, type VariableFault, type VariableProblem, type VariableUse } from "./variableProblem";
import { findVariables } from "./variables";

/** What the variables of a Task's spec may name beside its own things; more where it stands inside of a pipeline or run. */
export interface TaskScope {
  readonly params: ParamScope;
  /** The names of workspaces. */
  readonly workspaces: ReadonlySet<string>;
  /** Parameters that the task of a pipeline hands over: what is not checked before it runs may name them, declared or not. */
  readonly handedOver?: ReadonlySet<string> | undefined;
  /** The tasks whose results may be named: those of the pipeline around it; absent where there is none. */
  readonly pipelineTasks?: ReadonlySet<string> | undefined;
}

/** The variables of a Task's spec that name nothing, and those that Tekton does not replace where they stand. */
export function* taskVariableProblems(task: TaskView, scope: TaskScope): Iterable<VariableProblem> {
  for (const step of task.steps) yield* check(step, stepFields, task, scope, step);
  for (const sidecar of task.sidecars) yield* check(sidecar, sidecarFields, task, scope);
  if (task.stepTemplate !== undefined) yield* check(task.stepTemplate, sidecarFields, task, scope);
  yield* check(task, taskFields, task, scope);
}

function* check(
  within: Field,
  fields: readonly SubstitutedField[],
  task: TaskView,
  scope: TaskScope,
  step?: StepView,
): Iterable<VariableProblem> {
  for (const { scalar, field } of substitutedTexts(within, fields)) {
    for (const variable of findVariables(scalar.text)) {
      const problem = problemIn({ scalar, field, variable }, task, scope, step);
      if (problem !== undefined) yield problem;
    }
  }
}

function problemIn(use: VariableUse, task: TaskView, scope: TaskScope, step?: StepView): VariableProblem | undefined {
  const isScript = step !== undefined && use.scalar === step.script;
  switch (use.variable.names[0]) {
    case "params": {
      const fault = paramFault(use, scope.params);
      if (fault?.kind === "unknownParameter" && !use.field.checked && scope.handedOver?.has(fault.name))
        return undefined;
      return fault && problemOf(use, fault, isRefused(fault, use.field));
    }
    case "workspaces":
      return orNone(use, workspaceFault(use, scope.workspaces), false);
    case "results":
      return orNone(use, resultFault(use, "result", task.results.map(nameOf)), isScript);
    case "step":
      return stepResultFault(use, step, isScript);
    case "steps":
      return stepsFault(use, task, step);
    case "context":
      return contextFault(use, scope);
    case "tasks":
      return tasksFault(use, scope, step !== undefined);
    default:
      return undefined;
  }
}

function orNone(use: VariableUse, fault: VariableFault | undefined, refused: boolean): VariableProblem | undefined {
  return fault && problemOf(use, fault, refused);
}

const workspaceProperties = ["path", "bound", "claim", "volume"];

function workspaceFault({ variable }: VariableUse, workspaces: ReadonlySet<string>): VariableFault | undefined {
  const [, name, property, ...more] = variable.names;
  if (name === undefined || more.length > 0) return undefined;
  const unknown = unlessKnown("workspace", name, workspaces);
  if (unknown !== undefined) return unknown;
  if (property !== undefined && workspaceProperties.includes(property)) return undefined;
  return { kind: "unknownProperty", of: `workspaces.${name}`, name: property ?? "", known: workspaceProperties };
}

/** Of `results.NAME.path`, behind the first `skipped` names. */
function resultFault(
  { variable }: VariableUse,
  what: string,
  known: readonly string[],
  skipped = 1,
): VariableFault | undefined {
  const names = variable.names.slice(skipped);
  const name = names[0];
  if (name === undefined) return undefined;
  const property = names.at(-1);
  const dotted = names.slice(0, -1).join(".");
  if (names.length > 2 && property === "path" && known.includes(dotted)) return { kind: "needsBrackets", name: dotted };
  const unknown = unlessKnown(what, name, known);
  if (unknown !== undefined) return names.length > 2 ? { ...unknown, name: dotted } : unknown;
  if (property === "path") return undefined;
  const of = variable.names.slice(0, skipped + 1).join(".");
  return { kind: "unknownProperty", of, name: names.length > 1 ? (property ?? "") : "", known: ["path"] };
}

function stepResultFault(use: VariableUse, step: StepView | undefined, isScript: boolean): VariableProblem | undefined {
  if (step === undefined || step.ref !== undefined || use.variable.names[1] !== "results") return undefined;
  return orNone(use, resultFault(use, "result of this step", step.results.map(nameOf), 2), isScript);
}

/** `steps.step-NAME.exitCode.path`, `steps.NAME.results.RESULT`; artifacts are left alone. */
function stepsFault(use: VariableUse, { steps }: TaskView, step: StepView | undefined): VariableProblem | undefined {
  const [, name, property, result] = use.variable.names;
  if (name === undefined) return undefined;
  if (property === "exitCode") {
    const known = steps.map((each, i) => `step-${each.name || `unnamed-${i}`}`);
    return orNone(use, unlessKnown("step", name, known), false);
  }
  if (property !== "results" || result === undefined) return undefined;
  const unknown = unlessKnown("step", name, steps.map(nameOf).filter(Boolean));
  if (unknown !== undefined) return problemOf(use, unknown, false);
  if (step !== undefined && use.field.takesStepResults !== true) {
    const where = "in `env`, `command` and `args` of a step";
    return problemOf(use, { kind: "notHere", where }, use.field.checked);
  }
  const source = steps.find((each) => each.name === name);
  if (source === undefined || source.ref !== undefined) return undefined;
  return orNone(use, unlessKnown(`result of the step \`${name}\``, result, source.results.map(nameOf)), false);
}

const taskContext: ReadonlyMap<string, readonly string[]> = new Map([
  ["taskRun", ["name", "namespace", "uid"]],
  ["task", ["name", "retry-count"]],
]);

function contextFault(use: VariableUse, { pipelineTasks }: TaskScope): VariableProblem | undefined {
  const [, object = "", property = ""] = use.variable.names;
  const known = taskContext.get(object);
  if (known !== undefined) {
    if (known.includes(property)) return undefined;
    return problemOf(use, { kind: "unknownProperty", of: `context.${object}`, name: property, known });
  }
  if (pipelineTasks !== undefined) return undefined;
  if (["pipelineRun", "pipeline", "pipelineTask"].includes(object)) {
    return problemOf(use, { kind: "notHere", where: "in a pipeline; hand it on as a parameter" }, false);
  }
  const fault = { kind: "unknownProperty", of: "context", name: object, known: [...taskContext.keys()] } as const;
  return problemOf(use, fault, false);
}

function tasksFault(use: VariableUse, { pipelineTasks }: TaskScope, inStep: boolean): VariableProblem | undefined {
  const [, name, property] = use.variable.names;
  if (name === undefined || property !== "results") return undefined;
  if (pipelineTasks === undefined) {
    return problemOf(use, { kind: "notHere", where: "in a pipeline; hand it on as a parameter" }, false);
  }
  return orNone(use, unlessKnown("task", name, pipelineTasks), inStep);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
