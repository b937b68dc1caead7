import { deployedObjects } from "../../analysis/deployedObjects";
import { objectNameOf } from "../../analysis/nameReference";
import type { WorkspaceContext } from "../../analysis/rule";
import { type Field, fieldAt, fieldsAt, namedFieldsAt, scalarAt } from "../../tekton/field";
import { type ParamValue, paramValuesOf } from "../../tekton/param";
import { getValue } from "../../yaml/node";
import type { Call } from "./call";
import type { Caller } from "./callees";
import { toCallee } from "./callees";
import { findEntries } from "./catalog";

/** The triggers of EventListeners, and those that are objects of their own: their bindings give a template its parameters. */
export function* triggerCalls(context: WorkspaceContext): Iterable<Call> {
  for (const kind of ["EventListener", "Trigger"]) {
    for (const { node, root } of deployedObjects(context, "triggers.tekton.dev", kind)) {
      const object = objectNameOf(node);
      const spec = fieldAt({ node, path: [] }, "spec");
      if (object === undefined || spec === undefined) continue;
      const triggers = kind === "Trigger" ? [spec] : fieldsAt(spec, "triggers");
      for (const trigger of triggers) yield* callOf(trigger, { context, object, root });
    }
  }
}

function* callOf(trigger: Field, caller: Caller): Iterable<Call> {
  const template = fieldAt(trigger, "template");
  const ref = scalarAt(template?.node, "ref");
  if (ref === undefined || ref.text.includes("$(")) return;
  const params = boundParams(trigger, caller);
  if (params === undefined) return;
  const { namespace } = caller.object;
  const wanted = { group: "triggers.tekton.dev", kind: "TriggerTemplate", name: ref.text, namespace };
  const [first, ...more] = findEntries(caller.context, wanted, caller.root).flatMap(({ node }) => toCallee(node));
  if (first === undefined) return;
  yield {
    what: "The trigger",
    place: ref.origin.place,
    params,
    matrix: [],
    callees: [first, ...more],
    inherited: new Set(),
    takesMore: true,
    root: caller.root,
  };
}

/** What all bindings of a trigger give; `undefined` when one of them is not known. */
function boundParams(trigger: Field, caller: Caller): readonly ParamValue[] | undefined {
  const params: ParamValue[] = [];
  for (const binding of namedFieldsAt(trigger, "bindings")) {
    const ref = scalarAt(binding.node, "ref");
    if (ref === undefined) {
      params.push({ ...binding, value: getValue(binding.node, "value") });
      continue;
    }
    const kind = scalarAt(binding.node, "kind")?.text || "TriggerBinding";
    const namespace = kind === "TriggerBinding" ? caller.object.namespace : undefined;
    const wanted = { group: "triggers.tekton.dev", kind, name: ref.text, namespace };
    const entries = findEntries(caller.context, wanted, caller.root);
    if (entries.length === 0) return undefined;
    for (const { node } of entries) {
      const spec = fieldAt({ node, path: [] }, "spec");
      if (spec !== undefined) params.push(...paramValuesOf(spec));
    }
  }
  return params;
}
