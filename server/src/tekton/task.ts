import type { Scalar } from "../yaml/node";
import { type Field, fieldAt, type NamedField, namedFieldsAt, scalarAt } from "./field";
import { type ParamSpec, paramSpecsOf } from "./param";
import { type Reference, referenceAt } from "./reference";

/** The spec of a Task, wherever it stands: in a Task, a run or a pipeline. v1 and v1beta1 are alike in all of this. */
export interface TaskView extends Field {
  readonly params: readonly ParamSpec[];
  readonly workspaces: readonly NamedField[];
  readonly results: readonly NamedField[];
  readonly steps: readonly StepView[];
  readonly sidecars: readonly StepView[];
  readonly volumes: readonly NamedField[];
  readonly stepTemplate?: Field | undefined;
}

/** A step, or a sidecar. */
export interface StepView extends NamedField {
  readonly image?: Scalar | undefined;
  readonly script?: Scalar | undefined;
  /** The StepAction it runs. */
  readonly ref?: Reference | undefined;
  readonly results: readonly NamedField[];
  readonly workspaces: readonly NamedField[];
  readonly volumeMounts: readonly NamedField[];
}

/** Reads the spec of a Task. */
export function viewTask(spec: Field): TaskView {
  return {
    ...spec,
    params: paramSpecsOf(spec),
    workspaces: namedFieldsAt(spec, "workspaces"),
    results: namedFieldsAt(spec, "results"),
    steps: namedFieldsAt(spec, "steps").map(viewStep),
    sidecars: namedFieldsAt(spec, "sidecars").map(viewStep),
    volumes: namedFieldsAt(spec, "volumes"),
    stepTemplate: fieldAt(spec, "stepTemplate"),
  };
}

/** The spec of a StepAction: one step with parameters and results of its own. */
export interface StepActionView extends StepView {
  readonly params: readonly ParamSpec[];
}

/** Reads the spec of a StepAction. */
export function viewStepAction(spec: Field): StepActionView {
  return { ...viewStep({ ...spec, name: "" }), params: paramSpecsOf(spec) };
}

function viewStep(step: NamedField): StepView {
  return {
    ...step,
    image: scalarAt(step.node, "image"),
    script: scalarAt(step.node, "script"),
    ref: referenceAt(step, "ref"),
    results: namedFieldsAt(step, "results"),
    workspaces: namedFieldsAt(step, "workspaces"),
    volumeMounts: namedFieldsAt(step, "volumeMounts"),
  };
}
