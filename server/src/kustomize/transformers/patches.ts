import type { Cause, Mapping, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { type Field, flagField, mappingField, textField } from "../fields";
import { type IdleStep, isSameValue } from "../idleStep";
import { duplicateProblem, type Layer, noteSchemaUse } from "../layer";
import type { JsonPatchOperation } from "../merge/jsonPatch";
import { idOf, type Resource, rememberId } from "../resource";
import { headOf } from "../resourceFile";
import { ResourceSet } from "../resourceSet";
import { type CompiledSelector, compileSelector, type Selector, selects } from "../selector";
import type { StepMemo } from "../stepMemo";
import { applyOperations, applyStrategicMerge, type PatchAllowances, patchForTarget } from "./applyPatch";
import { readOperations } from "./patchOperations";
import { noTarget, severalTargets } from "./patchTargets";
import { inlinePatch, type PatchText, patchFile } from "./patchText";
import type { Transformer } from "./transformer";

/**
 * The step for one entry of `patches` (upstream: `PatchTransformer`): a strategic-merge patch for the objects it names or
 * for those of a target, or JSON patch operations for those of a target.
 *
 * @throws BuildFailure when the entry is incomplete or its content is no patch.
 */
export function patchTransformer(layer: Layer, entry: Field<Mapping>, cause: Cause): Transformer {
  const patch = readPatch(layer, entry, cause);
  const target = mappingField(entry.node, "target");
  const selector =
    target === undefined ? undefined : compileSelector(selectorFrom(target), targetCause(target, entry, cause));
  const options = mappingField(entry.node, "options");
  const allowances: PatchAllowances = {
    allowNameChange: flagField(options, "allowNameChange"),
    allowKindChange: flagField(options, "allowKindChange"),
  };
  const fixed = { layer, cause, place: patch.text.place, allowances };
  const apply = (set: ResourceSet, memo?: StepMemo): void => {
    const isOnly = patch.kind === "objects" && patch.objects.length === 1;
    const context: PatchContext = { ...fixed, isOnly, memo };
    if (patch.kind === "operations") applyJson(set, context, patch.operations, selector, patch.text);
    else if (selector === undefined) applyToAllNamed(set, context, patch.objects);
    else applyToSelected(set, context, patch.objects, selector, patch.text);
  };
  return { kind: "PatchTransformer", apply };
}

/** What the patches of one entry have in common. */
export interface PatchContext {
  readonly layer: Layer;
  readonly cause: Cause;
  /** Where the patch is named or written. */
  readonly place: Cause["place"];
  readonly allowances: PatchAllowances;
  /** The entry holds one patch only, so that it is idle when the patch is. */
  readonly isOnly: boolean;
  readonly memo?: StepMemo | undefined;
}

/** Reads the target of a patch or the selector of a replacement. */
export function selectorFrom(target: Mapping): Selector {
  return {
    group: textField(target, "group"),
    version: textField(target, "version"),
    kind: textField(target, "kind"),
    name: textField(target, "name"),
    namespace: textField(target, "namespace"),
    labelSelector: textField(target, "labelSelector"),
    annotationSelector: textField(target, "annotationSelector"),
  };
}

function targetCause(target: Mapping, entry: Field<Mapping>, cause: Cause): Cause {
  return { ...cause, place: target.origin.place, path: `${entry.path}/target` };
}

type Patch =
  | { readonly kind: "objects"; readonly objects: readonly Mapping[]; readonly text: PatchText }
  | { readonly kind: "operations"; readonly operations: readonly JsonPatchOperation[]; readonly text: PatchText };

function readPatch(layer: Layer, entry: Field<Mapping>, cause: Cause): Patch {
  const text = patchTextOf(layer, entry);
  const { objects, problems } = text.read;
  const [broken] = problems;
  if (broken === undefined) return { kind: "objects", objects, text };
  const isList = text.documents[0]?.root?.kind === "sequence";
  try {
    return { kind: "operations", operations: readOperations(text, { ...cause, place: text.place }), text };
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    const problem = isList ? error.problem : broken;
    const detail = `unable to parse SM or JSON patch from ${text.source}`;
    throw new BuildFailure({
      ...problem,
      detail,
      related: [{ place: text.place, message: "The patch is named here." }],
    });
  }
}

function patchTextOf(layer: Layer, entry: Field<Mapping>): PatchText {
  const patch = scalarIn(entry.node, "patch");
  const path = scalarIn(entry.node, "path");
  const isInline = patch !== undefined && patch.text.trim() !== "";
  const isFile = path !== undefined && path.text !== "";
  if (isInline && isFile) {
    throw entryFailure(entry, "patch-twice", {
      message: "A patch has either a `path` or a `patch`, not both.",
      help: "Remove one of the two.",
      detail: "patch and path can't be set at the same time",
    });
  }
  if (isInline) return inlinePatch(layer, patch, true);
  if (isFile) return patchFile(layer, path);
  throw entryFailure(entry, "patch-empty", {
    message: "This patch has neither a `path` nor a `patch`.",
    help: "Name a file under `path`, or write the patch under `patch`.",
    detail: "must specify one of patch and path in",
  });
}

function scalarIn(mapping: Mapping, name: string): Scalar | undefined {
  const value = getValue(mapping, name);
  return value?.kind === "scalar" ? value : undefined;
}

function applyToAllNamed(set: ResourceSet, context: PatchContext, patches: readonly Mapping[]): void {
  // One patch fails or is done; only several need a copy, and a copy has to find its objects anew.
  const changed = patches.length === 1 ? set : new ResourceSet(set.resources);
  for (const patch of patches) applyToNamed(changed, context, patch);
  if (changed !== set) set.replaceAll(changed.resources);
}

/**
 * Merges a patch into the one object that it names, by any id the object has had.
 * @throws BuildFailure when there is none or several.
 */
export function applyToNamed(set: ResourceSet, context: PatchContext, patch: Mapping, forTarget = false): void {
  const { schema } = context.layer.run;
  const id = idOf(patch, schema.isClusterScoped);
  const found = set.withAnyId(id);
  const [position] = found;
  const resource = position === undefined ? undefined : set.at(position);
  if (position === undefined || resource === undefined || found.length > 1) {
    if (found.length === 0) throw noTarget(id, patch, set.resources, context.place);
    throw severalTargets(
      id,
      patch,
      found.flatMap((at) => set.at(at) ?? []),
      context.place,
    );
  }
  noteSchemaUse(context.layer, { isRead: true });
  const merge = (): Resource | undefined => {
    const used = forTarget ? patchForTarget(patch, resource, context.cause) : patch;
    return applyStrategicMerge(resource, used, context.allowances, schema, context.cause);
  };
  const result = context.memo === undefined ? merge() : context.memo.patchOne(patch, resource, merge);
  if (result === undefined) set.removeAt(position);
  else {
    if (context.isOnly && isSameValue(resource.node, result.node)) noticeIdle(context, "changesNothing", [resource]);
    set.replaceAt(position, result);
  }
}

function applyToSelected(
  set: ResourceSet,
  context: PatchContext,
  patches: readonly Mapping[],
  selector: CompiledSelector,
  text: PatchText,
): void {
  const [patch, second] = patches;
  if (patch === undefined) return;
  if (second !== undefined) throw severalWithTarget(second, text);
  const { schema } = context.layer.run;
  const selected: Resource[] = [];
  let isIdle = true;
  const results = set.resources.flatMap((resource): Resource[] => {
    if (!selects(selector, resource)) return [resource];
    selected.push(resource);
    noteSchemaUse(context.layer, { isRead: true });
    const used = patchForTarget(patch, resource, context.cause);
    const result = applyStrategicMerge(resource, used, context.allowances, schema, context.cause);
    isIdle &&= result !== undefined && isSameValue(resource.node, result.node);
    return result === undefined ? [] : [result];
  });
  if (selected.length === 0) noticeIdle(context, "selectsNothing", set.resources);
  else if (isIdle) noticeIdle(context, "changesNothing", selected);
  demandDistinct(results, context);
  set.replaceAll(results);
}

/** @throws BuildFailure when a patch has given two objects the same id. */
function demandDistinct(resources: readonly Resource[], context: PatchContext): void {
  const { allowNameChange, allowKindChange } = context.allowances;
  if (!allowNameChange && !allowKindChange) return;
  const seen = new ResourceSet();
  for (const resource of resources) {
    const [known] = seen.sameAs(resource);
    if (known !== undefined) throw new BuildFailure(duplicateProblem(resource, seen.at(known), context.place));
    seen.append(resource);
  }
}

function applyJson(
  set: ResourceSet,
  context: PatchContext,
  operations: readonly JsonPatchOperation[],
  selector: CompiledSelector | undefined,
  text: PatchText,
): void {
  if (selector === undefined) {
    throw new BuildFailure({
      code: "kustomization/patch-without-target",
      severity: "error",
      place: context.place,
      message: "JSON patch operations need a `target`: they do not say which object they mean.",
      help: "Add a `target` with kind and name.",
      detail: `must specify a target for JSON patch ${text.source}`,
    });
  }
  const { schema } = context.layer.run;
  const selected: Resource[] = [];
  let isIdle = operations.some(({ op }) => op !== "test");
  const results = set.resources.map((resource) => {
    if (!selects(selector, resource)) return resource;
    selected.push(resource);
    const result = applyOperations(rememberId(resource), operations, schema, context.cause);
    isIdle &&= isSameValue(resource.node, result.node);
    return result;
  });
  if (selected.length === 0) noticeIdle(context, "selectsNothing", set.resources);
  else if (isIdle) noticeIdle(context, "changesNothing", selected);
  set.replaceAll(results);
}

/** Notes that a patch did nothing. */
export function noticeIdle(
  { layer, cause }: Pick<PatchContext, "layer" | "cause">,
  reason: IdleStep["reason"],
  among: readonly Resource[],
): void {
  layer.notice({ reason, cause, among });
}

function severalWithTarget(second: Mapping, text: PatchText): BuildFailure {
  return new BuildFailure({
    code: "kustomization/patches-with-target",
    severity: "error",
    place: text.place,
    message: "A patch with a `target` may hold one document only.",
    help: "Give each patch an entry of its own, or remove the `target`.",
    detail: `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${text.source}`,
    related: [{ place: headOf(second), message: "This is the second document." }],
  });
}

/** What is wrong with an entry as a whole. */
export function entryFailure(
  entry: Field,
  code: string,
  words: { readonly message: string; readonly help: string; readonly detail: string },
): BuildFailure {
  return new BuildFailure({ code: `kustomization/${code}`, severity: "error", place: headOf(entry.node), ...words });
}
