import { type CheckedObject, objectsOf } from "../../analysis/checkedObjects";
import type { DocumentContext } from "../../analysis/rule";
import { type TektonObject, viewTekton } from "../../tekton/tektonObject";

/** An object of Tekton Pipelines that rules look at. */
export interface CheckedTekton extends TektonObject {
  /** A patch, or something else that is not all of the object: nothing is demanded of it. */
  readonly partial: boolean;
  readonly checked: CheckedObject;
}

/** The objects of Tekton Pipelines among the documents. */
export function* tektonObjectsOf(context: DocumentContext): Iterable<CheckedTekton> {
  for (const checked of objectsOf(context)) {
    const object = viewTekton(checked.node);
    if (object !== undefined) yield { ...object, partial: checked.partial, checked };
  }
}
