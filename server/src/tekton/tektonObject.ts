import { getValue, type Mapping, textOf } from "../yaml/node";
import type { Field } from "./field";
import { type PipelineTask, type PipelineView, viewPipeline } from "./pipeline";
import { type RunView, viewRun } from "./run";
import { type StepActionView, type TaskView, viewStepAction, viewTask } from "./task";

/** An object of `tekton.dev`, read by its kind. At most one of the views is there. */
export interface TektonObject {
  readonly node: Mapping;
  /** For example `v1` or `v1beta1`. */
  readonly version: string;
  readonly kind: string;
  readonly spec?: Field | undefined;
  /** Of a Task or ClusterTask. */
  readonly task?: TaskView | undefined;
  readonly pipeline?: PipelineView | undefined;
  /** Of a TaskRun or PipelineRun. */
  readonly run?: RunView | undefined;
  readonly stepAction?: StepActionView | undefined;
}

const viewed = new WeakMap<Mapping, TektonObject | undefined>();

/** Reads an object of Tekton Pipelines, as written or as rendered; `undefined` for any other. Read once for each node. */
export function viewTekton(node: Mapping): TektonObject | undefined {
  if (viewed.has(node)) return viewed.get(node);
  const object = view(node);
  viewed.set(node, object);
  return object;
}

function view(node: Mapping): TektonObject | undefined {
  const [group, version = ""] = (textOf(getValue(node, "apiVersion")) ?? "").split("/");
  const kind = textOf(getValue(node, "kind"));
  if (group !== "tekton.dev" || kind === undefined) return undefined;
  const value = getValue(node, "spec");
  const spec: Field | undefined = value?.kind === "mapping" ? { node: value, path: ["spec"] } : undefined;
  const object = { node, version, kind, spec };
  if (spec === undefined) return object;
  if (kind === "Task" || kind === "ClusterTask") return { ...object, task: viewTask(spec) };
  if (kind === "Pipeline") return { ...object, pipeline: viewPipeline(spec) };
  if (kind === "TaskRun" || kind === "PipelineRun") return { ...object, run: viewRun(spec) };
  if (kind === "StepAction") return { ...object, stepAction: viewStepAction(spec) };
  return object;
}

/** Where the spec of a Task stands, which decides what its variables may name. */
export interface TaskWithin {
  readonly task: TaskView;
  /** The task of the pipeline that holds it. */
  readonly pipelineTask?: PipelineTask | undefined;
  /** The pipeline that holds it. */
  readonly pipeline?: PipelineView | undefined;
}

/** The specs of Tasks in an object: its own, and those that are embedded in its pipelines. Specs of custom tasks are none. */
export function tasksWithin({ task, pipeline, run }: TektonObject): readonly TaskWithin[] {
  const own = task ?? run?.taskSpec;
  return [
    ...(own === undefined ? [] : [{ task: own }]),
    ...pipelinesIn(pipeline ?? run?.pipelineSpec).flatMap((each) =>
      tasksOf(each).flatMap((pipelineTask) => {
        const { taskSpec, isCustom } = pipelineTask;
        return taskSpec === undefined || isCustom ? [] : [{ task: taskSpec, pipelineTask, pipeline: each }];
      }),
    ),
  ];
}

/** The specs of Pipelines in an object: its own, and those that are embedded in it. */
export function pipelinesWithin({ pipeline, run }: TektonObject): readonly PipelineView[] {
  return pipelinesIn(pipeline ?? run?.pipelineSpec);
}

/** All tasks of a pipeline, those of `finally` last. */
export function tasksOf(pipeline: PipelineView): readonly PipelineTask[] {
  return [...pipeline.tasks, ...pipeline.finally];
}

function pipelinesIn(pipeline: PipelineView | undefined): readonly PipelineView[] {
  if (pipeline === undefined) return [];
  return [pipeline, ...tasksOf(pipeline).flatMap(({ pipelineSpec }) => pipelinesIn(pipelineSpec))];
}
