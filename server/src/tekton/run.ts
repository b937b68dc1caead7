import type { Scalar } from "../yaml/node";
import { type Field, fieldAt, type NamedField, namedFieldsAt, scalarAt } from "./field";
import { type ParamValue, paramValuesOf } from "./param";
import { type PipelineView, viewPipeline } from "./pipeline";
import { type Reference, referenceAt } from "./reference";
import { type TaskView, viewTask } from "./task";

/** The spec of a TaskRun or PipelineRun. */
export interface RunView extends Field {
  readonly taskRef?: Reference | undefined;
  readonly taskSpec?: TaskView | undefined;
  readonly pipelineRef?: Reference | undefined;
  readonly pipelineSpec?: PipelineView | undefined;
  readonly params: readonly ParamValue[];
  /** The volumes that it binds to workspaces. */
  readonly workspaces: readonly NamedField[];
  /** Under its name of v1 (`taskRunTemplate.serviceAccountName` of a PipelineRun) or of v1beta1. */
  readonly serviceAccountName?: Scalar | undefined;
}

/** Reads the spec of a TaskRun or PipelineRun. */
export function viewRun(spec: Field): RunView {
  const taskSpec = fieldAt(spec, "taskSpec");
  const pipelineSpec = fieldAt(spec, "pipelineSpec");
  const template = fieldAt(spec, "taskRunTemplate")?.node;
  return {
    ...spec,
    taskRef: referenceAt(spec, "taskRef"),
    taskSpec: taskSpec && viewTask(taskSpec),
    pipelineRef: referenceAt(spec, "pipelineRef"),
    pipelineSpec: pipelineSpec && viewPipeline(pipelineSpec),
    params: paramValuesOf(spec),
    workspaces: namedFieldsAt(spec, "workspaces"),
    serviceAccountName: scalarAt(template, "serviceAccountName") ?? scalarAt(spec.node, "serviceAccountName"),
  };
}
