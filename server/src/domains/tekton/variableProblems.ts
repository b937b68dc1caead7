import { objectsOf } from "../../analysis/checkedObjects";
import type { DocumentContext } from "../../analysis/rule";
import type { ParamSpec, ParamValue } from "../../tekton/param";
import { paramScope } from "../../tekton/paramScope";
import type { PipelineView } from "../../tekton/pipeline";
import { pipelineVariableProblems } from "../../tekton/pipelineScope";
import { stepActionVariableProblems } from "../../tekton/stepActionScope";
import { type TaskScope, taskVariableProblems } from "../../tekton/taskScope";
import { type TaskWithin, type TektonObject, tasksOf, tasksWithin, viewTekton } from "../../tekton/tektonObject";
import { templatedNodes } from "../../tekton/triggerTemplate";
import type { VariableFault, VariableProblem } from "../../tekton/variableProblem";
import type { Mapping } from "../../yaml/node";
import { isPipelinesAsCode } from "./pipelinesAsCode";

/** The variables in the documents that name nothing, or not where they stand, of some kinds of faults. */
export function* variableProblemsOf<K extends VariableFault["kind"]>(
  context: DocumentContext,
  ...kinds: readonly K[]
): Iterable<VariableProblem & { readonly fault: Extract<VariableFault, { readonly kind: K }> }> {
  for (const { node, partial } of objectsOf(context)) {
    if (partial) continue;
    const inlined = isPipelinesAsCode(context.file.path);
    for (const problem of problemsIn(node)) {
      if (isOf(problem, kinds) && !(inlined && mayBeGiven(problem))) yield problem;
    }
    for (const each of templatedNodes(node)) {
      for (const problem of problemsIn(each)) if (isOf(problem, kinds)) yield problem;
    }
  }
}

/** A workspace of the run, which goes on to everything that is embedded in it. */
function mayBeGiven({ fault }: VariableProblem): boolean {
  return fault.kind === "unknownName" && fault.what === "workspace";
}

function isOf<K extends VariableFault["kind"]>(
  problem: VariableProblem,
  kinds: readonly K[],
): problem is VariableProblem & { readonly fault: Extract<VariableFault, { readonly kind: K }> } {
  return kinds.some((kind) => kind === problem.fault.kind);
}

const known = new WeakMap<Mapping, readonly VariableProblem[]>();

/** The faulty variables of one object; found once for each. */
export function problemsIn(node: Mapping): readonly VariableProblem[] {
  let problems = known.get(node);
  if (problems === undefined) {
    const object = viewTekton(node);
    problems = object === undefined ? [] : [...findProblems(object)];
    known.set(node, problems);
  }
  return problems;
}

function* findProblems(object: TektonObject): Iterable<VariableProblem> {
  if (object.stepAction !== undefined) yield* stepActionVariableProblems(object.stepAction);
  for (const within of tasksWithin(object)) {
    const scope = scopeOf(within, object);
    if (scope !== undefined) yield* taskVariableProblems(within.task, scope);
  }
  const pipeline = outerPipeline(object);
  if (pipeline === undefined) return;
  yield* pipelineVariableProblems(pipeline, {
    params: paramScope([pipeline.params, siblings(pipeline, object)], givenTo(pipeline, object)),
    workspaces: namesOf(pipeline.workspaces, object.run?.workspaces ?? []),
  });
}

/** What a Task's spec sees; `undefined` in a pipeline within a pipeline, which sees what nobody here knows. */
function scopeOf({ task, pipeline, pipelineTask }: TaskWithin, object: TektonObject): TaskScope | undefined {
  const run = object.run;
  const bound = run?.workspaces ?? [];
  if (pipeline === undefined) {
    return { params: paramScope([task.params], [run?.params ?? []]), workspaces: namesOf(task.workspaces, bound) };
  }
  if (pipeline !== outerPipeline(object)) return undefined;
  return {
    params: paramScope([task.params, pipeline.params, siblings(pipeline, object)], givenTo(pipeline, object)),
    workspaces: namesOf(task.workspaces, pipeline.workspaces, pipelineTask?.workspaces ?? [], bound),
    handedOver: namesOf(pipelineTask?.params ?? []),
    pipelineTasks: new Set(pipeline.tasks.map(({ name }) => name)),
  };
}

function outerPipeline({ pipeline, run }: TektonObject): PipelineView | undefined {
  return pipeline ?? run?.pipelineSpec;
}

/**
 * Upstream `validateInlineParameters`: in a run, the parameters of the run and of all its tasks count together, since what a run gives
 * goes on to what is embedded in it.
 */
function givenTo(pipeline: PipelineView, { run }: TektonObject): readonly (readonly ParamValue[])[] {
  return run === undefined ? [] : [run.params, ...tasksOf(pipeline).map(({ params }) => params)];
}

function siblings(pipeline: PipelineView, { run }: TektonObject): readonly ParamSpec[] {
  return run === undefined ? [] : tasksOf(pipeline).flatMap(({ taskSpec }) => taskSpec?.params ?? []);
}

function namesOf(...lists: readonly (readonly { readonly name: string }[])[]): ReadonlySet<string> {
  return new Set(lists.flat().map(({ name }) => name));
}
