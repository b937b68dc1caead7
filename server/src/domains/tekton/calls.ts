import { deployedObjects } from "../../analysis/deployedObjects";
import { mentionerNameOf } from "../../analysis/nameReference";
import type { WorkspaceContext } from "../../analysis/rule";
import { type ParamValue, paramValuesOf } from "../../tekton/param";
import type { PipelineTask, PipelineView } from "../../tekton/pipeline";
import type { RunView } from "../../tekton/run";
import type { TaskView } from "../../tekton/task";
import { tasksOf, viewTekton } from "../../tekton/tektonObject";
import { templatedNodes } from "../../tekton/triggerTemplate";
import type { Mapping } from "../../yaml/node";
import type { Call } from "./call";
import { type Callee, type Caller, calleesOf, calleesOfTask, embedded } from "./callees";
import { isPipelinesAsCode } from "./pipelinesAsCode";
import { headPlace } from "./places";
import { triggerCalls } from "./triggerCalls";
import { unnamedRuns } from "./unnamedRuns";

const known = new WeakMap<WorkspaceContext, readonly Call[]>();

/** Every call in what the workspace deploys; those that call something unknown are left out. Found once for all rules. */
export function findCalls(context: WorkspaceContext): readonly Call[] {
  let calls = known.get(context);
  if (calls === undefined) {
    calls = [...collect(context), ...triggerCalls(context)];
    known.set(context, calls);
  }
  return calls;
}

/** An object of Tekton that is deployed, or that a TriggerTemplate makes. */
export interface DeployedTekton {
  readonly node: Mapping;
  readonly caller: Caller;
}

const callers = ["Task", "Pipeline", "TaskRun", "PipelineRun"];

/** The objects that call others. */
export function* deployedTekton(context: WorkspaceContext): Iterable<DeployedTekton> {
  for (const kind of callers) {
    for (const { node, root } of deployedObjects(context, "tekton.dev", kind)) {
      const object = mentionerNameOf(node);
      if (object !== undefined) yield { node, caller: { context, object, root } };
    }
  }
  for (const { node, root } of deployedObjects(context, "triggers.tekton.dev", "TriggerTemplate")) {
    const object = mentionerNameOf(node);
    if (object === undefined) continue;
    for (const templated of templatedNodes(node)) yield { node: templated, caller: { context, object, root } };
  }
  for (const node of unnamedRuns(context.snapshot)) {
    const object = mentionerNameOf(node);
    if (object !== undefined) yield { node, caller: { context, object } };
  }
}

function* collect(context: WorkspaceContext): Iterable<Call> {
  for (const { node, caller } of deployedTekton(context)) {
    const object = viewTekton(node);
    if (object?.run !== undefined) yield* callsOfRun(object.run, object.kind, caller);
    if (object?.pipeline !== undefined) yield* callsOfPipeline(object.pipeline, caller);
    if (object?.task !== undefined) yield* callsOfSteps(object.task, caller);
  }
}

function* callsOfRun(run: RunView, kind: string, caller: Caller): Iterable<Call> {
  const inherited = new Set([...run.params, ...run.workspaces].map(({ name }) => name));
  const reference = run.pipelineRef ?? run.taskRef;
  const spec = run.taskSpec ?? run.pipelineSpec;
  const called = run.pipelineRef === undefined ? "Task" : "Pipeline";
  const callees =
    spec === undefined
      ? calleesOf(reference, called, caller)
      : [embedded(run.taskSpec === undefined ? "its `pipelineSpec`" : "its `taskSpec`", spec)];
  yield* toCall(callees, {
    what: `The ${kind}`,
    place: (reference?.name ?? reference?.resolver)?.origin.place ?? headPlace(run),
    depth: reference?.name === undefined ? undefined : 2,
    // Upstream looks only for the workspaces that a Pipeline asks for.
    takesMoreWorkspaces: called === "Pipeline",
    params: run.params,
    matrix: [],
    workspaces: run.workspaces,
    inherited: new Set(),
    takesMore: spec !== undefined || isPipelinesAsCode(run.node.origin.place.file.path),
    root: caller.root,
  });
  if (run.taskSpec !== undefined) yield* callsOfSteps(run.taskSpec, caller);
  if (run.pipelineSpec !== undefined) yield* callsOfPipeline(run.pipelineSpec, caller, inherited);
}

function* callsOfPipeline(
  pipeline: PipelineView,
  caller: Caller,
  outer: ReadonlySet<string> = new Set(),
): Iterable<Call> {
  const own = new Set([...outer, ...pipeline.params.map(nameOf), ...pipeline.workspaces.map(nameOf)]);
  const inlines = isPipelinesAsCode(pipeline.node.origin.place.file.path);
  for (const task of tasksOf(pipeline)) {
    const isEmbedded = inlines || task.taskSpec !== undefined || task.pipelineSpec !== undefined;
    yield* toCall(calleesOfTask(task, caller), {
      what: task.name === "" ? "The task" : `The task \`${task.name}\``,
      place: headPlace(task),
      depth: 1,
      params: task.params,
      matrix: matrixOf(task),
      workspaces: task.workspaces,
      inherited: isEmbedded ? own : new Set(),
      takesMore: isEmbedded,
      outer: pipeline.params,
      root: caller.root,
    });
    if (task.taskSpec !== undefined && !task.isCustom) yield* callsOfSteps(task.taskSpec, caller);
  }
}

function* callsOfSteps(task: TaskView, caller: Caller): Iterable<Call> {
  for (const step of task.steps) {
    yield* toCall(calleesOf(step.ref, "StepAction", caller), {
      what: step.name === "" ? "The step" : `The step \`${step.name}\``,
      place: headPlace(step),
      depth: 1,
      params: paramValuesOf(step),
      matrix: [],
      inherited: new Set(),
      root: caller.root,
    });
  }
}

function* toCall([first, ...more]: readonly Callee[], call: Omit<Call, "callees">): Iterable<Call> {
  if (first !== undefined) yield { ...call, callees: [first, ...more] };
}

function matrixOf({ matrix }: PipelineTask): readonly ParamValue[] {
  return matrix === undefined ? [] : [matrix, ...matrix.include].flatMap(({ params }) => params);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
