import type { Scalar } from "../yaml/node";
import { type Field, fieldAt, fieldsAt, type NamedField, namedFieldsAt, scalarAt, scalarsAt } from "./field";
import { type ParamSpec, type ParamValue, paramSpecsOf, paramValuesOf } from "./param";
import { type Reference, referenceAt } from "./reference";
import { type TaskView, viewTask } from "./task";

/** The spec of a Pipeline, wherever it stands: in a Pipeline, a run or a pipeline. v1 and v1beta1 are alike in all of this. */
export interface PipelineView extends Field {
  readonly params: readonly ParamSpec[];
  readonly workspaces: readonly NamedField[];
  readonly results: readonly NamedField[];
  readonly tasks: readonly PipelineTask[];
  readonly finally: readonly PipelineTask[];
}

/** A task of a pipeline: which Task it runs, and with what. */
export interface PipelineTask extends NamedField {
  readonly section: "tasks" | "finally";
  readonly taskRef?: Reference | undefined;
  readonly taskSpec?: TaskView | undefined;
  readonly pipelineRef?: Reference | undefined;
  readonly pipelineSpec?: PipelineView | undefined;
  /** What it runs is no Task, but an object of another API. */
  readonly isCustom: boolean;
  readonly params: readonly ParamValue[];
  readonly matrix?: MatrixView | undefined;
  readonly workspaces: readonly WorkspaceUse[];
  readonly when: readonly Field[];
  readonly runAfter: readonly Scalar[];
}

/** Runs a task once for each combination of values. */
export interface MatrixView extends Field {
  readonly params: readonly ParamValue[];
  readonly include: readonly (NamedField & { readonly params: readonly ParamValue[] })[];
}

/** A workspace that a task gets from its pipeline. */
export interface WorkspaceUse extends NamedField {
  /** The workspace of the pipeline: the field `workspace`, or the name when that is left out. */
  readonly workspace: Scalar | undefined;
}

/** Reads the spec of a Pipeline. */
export function viewPipeline(spec: Field): PipelineView {
  return {
    ...spec,
    params: paramSpecsOf(spec),
    workspaces: namedFieldsAt(spec, "workspaces"),
    results: namedFieldsAt(spec, "results"),
    tasks: namedFieldsAt(spec, "tasks").map((task) => viewPipelineTask(task, "tasks")),
    finally: namedFieldsAt(spec, "finally").map((task) => viewPipelineTask(task, "finally")),
  };
}

function viewPipelineTask(task: NamedField, section: PipelineTask["section"]): PipelineTask {
  const taskRef = referenceAt(task, "taskRef");
  const taskSpec = fieldAt(task, "taskSpec");
  const pipelineSpec = fieldAt(task, "pipelineSpec");
  return {
    ...task,
    section,
    taskRef,
    taskSpec: taskSpec && viewTask(taskSpec),
    pipelineRef: referenceAt(task, "pipelineRef"),
    pipelineSpec: pipelineSpec && viewPipeline(pipelineSpec),
    isCustom: isCustom(taskRef?.node) || isCustom(taskSpec?.node),
    params: paramValuesOf(task),
    matrix: viewMatrix(fieldAt(task, "matrix")),
    workspaces: namedFieldsAt(task, "workspaces").map((each) => ({
      ...each,
      workspace: scalarAt(each.node, "workspace") ?? each.nameNode,
    })),
    when: fieldsAt(task, "when"),
    runAfter: scalarsAt(task.node, "runAfter"),
  };
}

/** Upstream: `PipelineTask.Validate`. A ClusterTask is called by its kind alone; it is no custom task, only gone. */
function isCustom(node: Field["node"] | undefined): boolean {
  const kind = scalarAt(node, "kind")?.text ?? "";
  const apiVersion = scalarAt(node, "apiVersion")?.text ?? "";
  if (apiVersion.startsWith("tekton.dev/") && (kind === "" || kind === "Task")) return false;
  return kind !== "ClusterTask" && (apiVersion !== "" || (kind !== "" && kind !== "Task"));
}

function viewMatrix(matrix: Field | undefined): MatrixView | undefined {
  if (matrix === undefined) return undefined;
  const include = namedFieldsAt(matrix, "include").map((each) => ({ ...each, params: paramValuesOf(each) }));
  return { ...matrix, params: paramValuesOf(matrix), include };
}
