import { type Field, fieldAt, type NamedField, namedFieldsAt, scalarsAt } from "../../tekton/field";
import type { StepView, TaskView } from "../../tekton/task";
import { pipelinesWithin, type TektonObject, tasksOf, tasksWithin } from "../../tekton/tektonObject";

/** A list in which no name may stand twice. */
export interface NameList {
  /** The fields with the names, in order. */
  readonly fields: readonly NamedField[];
  /** One of them, for example `step`. */
  readonly what: string;
  /** Letters count as the same in both cases. */
  readonly ignoresCase?: true | undefined;
}

/** The lists of an object in which Tekton's webhook wants every name once. */
export function nameListsOf(object: TektonObject): readonly NameList[] {
  const { run, stepAction, spec } = object;
  const lists: NameList[] = [];
  for (const { task } of tasksWithin(object)) lists.push(...ofTask(task));
  for (const pipeline of pipelinesWithin(object)) {
    lists.push(
      { fields: pipeline.params, what: "parameter" },
      { fields: pipeline.workspaces, what: "workspace" },
      { fields: tasksOf(pipeline), what: "task" },
    );
    for (const { params, workspaces, matrix, taskRef } of tasksOf(pipeline)) {
      lists.push({ fields: params, what: "parameter" }, { fields: workspaces, what: "workspace" });
      lists.push({ fields: taskRef?.params ?? [], what: "parameter", ignoresCase: true });
      for (const part of matrix === undefined ? [] : [matrix, ...matrix.include]) {
        lists.push({ fields: part.params, what: "parameter" });
      }
    }
  }
  if (stepAction !== undefined) lists.push({ fields: stepAction.params, what: "parameter" });
  if (run !== undefined) {
    lists.push({ fields: run.params, what: "parameter", ignoresCase: true });
    const ignoresCase = object.kind === "TaskRun" ? { ignoresCase: true as const } : {};
    lists.push({ fields: run.workspaces, what: "workspace", ...ignoresCase });
    for (const { params } of [run.taskRef, run.pipelineRef].flatMap((each) => each ?? [])) {
      lists.push({ fields: params, what: "parameter", ignoresCase: true });
    }
  }
  if (object.kind === "CustomRun" && spec !== undefined) {
    lists.push({ fields: namedFieldsAt(spec, "params"), what: "parameter", ignoresCase: true });
    lists.push({ fields: namedFieldsAt(spec, "workspaces"), what: "workspace", ignoresCase: true });
  }
  return [...lists, ...(spec === undefined ? [] : ofRunSpec(spec))];
}

function ofTask({ params, workspaces, volumes, steps }: TaskView): readonly NameList[] {
  return [
    { fields: params, what: "parameter" },
    { fields: workspaces, what: "workspace" },
    { fields: volumes, what: "volume" },
    { fields: steps, what: "step" },
    ...steps.flatMap(ofStep),
  ];
}

function ofStep({ ref }: StepView): readonly NameList[] {
  return ref === undefined ? [] : [{ fields: ref.params, what: "parameter", ignoresCase: true }];
}

/** The names that a run gives to settings of single steps and sidecars. */
function ofRunSpec(spec: Field): readonly NameList[] {
  const parts = [spec, ...namedFieldsAt(spec, "taskRunSpecs")];
  const breakpoints = [fieldAt(spec, "debug")].flatMap((debug) => (debug && fieldAt(debug, "breakpoints")) ?? []);
  const stops = breakpoints.flatMap(({ node, path }) =>
    scalarsAt(node, "beforeSteps").map((nameNode) => ({ node, path, name: nameNode.text, nameNode })),
  );
  return [
    ...parts.flatMap((part): readonly NameList[] => [
      { fields: namedFieldsAt(part, "stepSpecs"), what: "step", ignoresCase: true },
      { fields: namedFieldsAt(part, "sidecarSpecs"), what: "sidecar", ignoresCase: true },
    ]),
    { fields: stops, what: "step" },
  ];
}
