import { type CheckedObject, objectsOf } from "../../analysis/checkedObjects";
import type { Severity } from "../../analysis/finding";
import type { DocumentContext } from "../../analysis/rule";
import type { ParamSpec } from "../../tekton/param";
import type { PipelineView } from "../../tekton/pipeline";
import type { Reference } from "../../tekton/reference";
import {
  pipelinesWithin,
  type TaskWithin,
  type TektonObject,
  tasksOf,
  tasksWithin,
  viewTekton,
} from "../../tekton/tektonObject";
import { type TriggersObject, viewTriggers } from "../../tekton/trigger";
import { templatedNodes } from "../../tekton/triggerTemplate";

/** An object of Tekton Pipelines that rules look at. */
export interface CheckedTekton extends TektonObject {
  /** A patch, or something else that is not all of the object: nothing is demanded of it. */
  readonly partial: boolean;
  readonly checked: CheckedObject;
}

const objectsIn = new WeakMap<DocumentContext, readonly CheckedTekton[]>();

/** The objects of Tekton Pipelines among the documents, those that TriggerTemplates make, too; found once for all rules. */
export function tektonObjectsOf(context: DocumentContext): readonly CheckedTekton[] {
  let objects = objectsIn.get(context);
  if (objects === undefined) {
    objects = [...findObjects(context)];
    objectsIn.set(context, objects);
  }
  return objects;
}

function* findObjects(context: DocumentContext): Iterable<CheckedTekton> {
  for (const checked of objectsOf(context)) {
    for (const node of [checked.node, ...templatedNodes(checked.node)]) {
      const object = viewTekton(node);
      if (object !== undefined) yield { ...object, partial: checked.partial, checked };
    }
  }
}

/** The objects that are written as a whole: no patches. */
export function* wholeObjectsOf(context: DocumentContext): Iterable<CheckedTekton> {
  for (const object of tektonObjectsOf(context)) if (!object.partial) yield object;
}

/** The specs of Tasks in the documents, wherever they stand; those of patches are left out. */
export function* taskSpecsOf(context: DocumentContext): Iterable<TaskWithin & { readonly object: CheckedTekton }> {
  for (const object of wholeObjectsOf(context)) for (const each of tasksWithin(object)) yield { ...each, object };
}

/** The specs of Pipelines in the documents, wherever they stand; those of patches are left out. */
export function* pipelineSpecsOf(
  context: DocumentContext,
): Iterable<{ readonly pipeline: PipelineView; readonly object: CheckedTekton }> {
  for (const object of wholeObjectsOf(context)) {
    for (const pipeline of pipelinesWithin(object)) yield { pipeline, object };
  }
}

/** Whether patches change the objects of the file, so that they may bring what an object has left empty. */
export function mayBeBrought({ deployed }: DocumentContext): boolean {
  return deployed === "changed";
}

/** The severity of a name that an object does not have: a patch may bring it. `undefined` means that of the rule. */
export function severityOfLack({ deployed }: DocumentContext): Severity | undefined {
  return deployed === "changed" ? "warning" : undefined;
}

/** The parameters that an object declares, in all specs within it. */
export function declaredParams(object: CheckedTekton): readonly ParamSpec[] {
  return [
    ...tasksWithin(object).flatMap(({ task }) => task.params),
    ...pipelinesWithin(object).flatMap(({ params }) => params),
    ...(object.stepAction?.params ?? []),
  ];
}

/** The references to Tasks, Pipelines and StepActions in an object. Those of custom tasks, which have rules of their own, are left out. */
export function referencesOf(object: TektonObject): readonly Reference[] {
  const tasks = pipelinesWithin(object).flatMap(tasksOf);
  const steps = tasksWithin(object).flatMap(({ task }) => task.steps);
  const found: readonly (Reference | undefined)[] = [
    object.run?.taskRef,
    object.run?.pipelineRef,
    ...tasks.flatMap(({ taskRef, pipelineRef, isCustom }) => (isCustom ? [] : [taskRef, pipelineRef])),
    ...steps.map(({ ref }) => ref),
  ];
  return found.flatMap((reference) =>
    reference === undefined || reference.kind?.text === "ClusterTask" ? [] : [reference],
  );
}

/** An object of Tekton Triggers that rules look at. */
export interface CheckedTriggers extends TriggersObject {
  readonly checked: CheckedObject;
}

/** The objects of Tekton Triggers that are written as a whole: no patches. */
export function* triggersObjectsOf(context: DocumentContext): Iterable<CheckedTriggers> {
  for (const checked of objectsOf(context)) {
    const object = checked.partial ? undefined : viewTriggers(checked.node);
    if (object !== undefined) yield { ...object, checked };
  }
}
