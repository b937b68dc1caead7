import { getValue, type Mapping, type Scalar, textOf } from "../yaml/node";
import { type Field, fieldAt, fieldsAt, type NamedField, namedFieldsAt, scalarAt } from "./field";

/** An object of Tekton Triggers. */
export interface TriggersObject {
  readonly node: Mapping;
  /** For example `v1beta1`. */
  readonly version: string;
  readonly kind: string;
  readonly spec?: Field | undefined;
  /** Those of an EventListener, or the one that a Trigger is. */
  readonly triggers: readonly TriggerView[];
  /** All interceptors, those of groups, too. */
  readonly interceptors: readonly Field[];
}

/** What happens on an event: which values are taken from it, and what is made with them. */
export interface TriggerView extends NamedField {
  readonly template?: Field | undefined;
  /** Of an EventListener: the name of a Trigger that says all the rest. */
  readonly triggerRef?: Scalar | undefined;
  readonly bindings: readonly Field[];
}

/** Reads an object of Tekton Triggers; `undefined` for any other. */
export function viewTriggers(node: Mapping): TriggersObject | undefined {
  const [group, version = ""] = (textOf(getValue(node, "apiVersion")) ?? "").split("/");
  const kind = textOf(getValue(node, "kind"));
  if (group !== "triggers.tekton.dev" || kind === undefined) return undefined;
  const value = getValue(node, "spec");
  const spec: Field | undefined = value?.kind === "mapping" ? { node: value, path: ["spec"] } : undefined;
  const own = spec === undefined ? [] : triggersIn(spec, kind);
  const groups = spec === undefined ? [] : fieldsAt(spec, "triggerGroups");
  const interceptors = [...own, ...groups].flatMap((each) => fieldsAt(each, "interceptors"));
  return { node, version, kind, spec, triggers: own.map(viewTrigger), interceptors };
}

function triggersIn(spec: Field, kind: string): readonly NamedField[] {
  if (kind === "EventListener") return namedFieldsAt(spec, "triggers");
  return kind === "Trigger" ? [{ ...spec, name: "" }] : [];
}

function viewTrigger(trigger: NamedField): TriggerView {
  return {
    ...trigger,
    template: fieldAt(trigger, "template"),
    triggerRef: scalarAt(trigger.node, "triggerRef"),
    bindings: fieldsAt(trigger, "bindings"),
  };
}
