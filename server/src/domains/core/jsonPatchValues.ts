import { isPlaceholder } from "../../analysis/placeholders";
import type { BuildContext } from "../../analysis/rule";
import { isKustomizationName } from "../../kubernetes/kustomizationFileNames";
import { readEmbedded } from "../../kustomize/embedded";
import { baseName } from "../../platform/path";
import type { Schema } from "../../schema/schema";
import { validate } from "../../schema/validate";
import type { Violation } from "../../schema/violation";
import type { Snapshot } from "../../workspace/snapshot";
import { getValue, type Mapping, type Sequence, textOf } from "../../yaml/node";
import { fromPointerStep } from "../../yaml/pointerStep";
import type { Place } from "../../yaml/source";

/**
 * What JSON patches bring into objects against their schemas, at its place in the patch. A patch of this kind does not say what it
 * changes, so the rendered objects are looked at.
 */
export function* patchedViolations({ snapshot, result }: BuildContext): Iterable<Violation> {
  const patches = findJsonPatches(result.filesRead.keys(), snapshot);
  if (patches.length === 0) return;
  for (const { node } of result.resources) {
    const apiVersion = textOf(getValue(node, "apiVersion"));
    const kind = textOf(getValue(node, "kind"));
    if (apiVersion === undefined || kind === undefined) continue;
    const schema = snapshot.schemas.find(apiVersion, kind)?.schema;
    if (schema === undefined) continue;
    for (const violation of violationsIn(node, schema)) {
      if (patches.some((patch) => holds(patch.origin.place, violation.place))) yield violation;
      else if (violation.kind === "unknown-field") yield* madeFields(violation, patches);
    }
  }
}

/** A field that a patch made stands where the kustomization names the patch; the pointer of the operation says it better. */
function* madeFields(violation: Violation, patches: readonly Sequence[]): Iterable<Violation> {
  if (!isKustomizationName(baseName(violation.place.file.path))) return;
  for (const operation of patches.flatMap(({ items }) => items)) {
    const pointer = getValue(operation, "path");
    if (pointer !== undefined && leadsTo(textOf(pointer) ?? "", violation.path)) {
      yield { ...violation, place: pointer.origin.place };
    }
  }
}

/** Whether a JSON pointer (RFC 6901) leads to a path; `-` is the place behind the last item of a list. */
function leadsTo(pointer: string, path: readonly (string | number)[]): boolean {
  if (!pointer.startsWith("/")) return false;
  const steps = pointer.split("/").slice(1);
  const fits = (step: string, i: number): boolean =>
    fromPointerStep(step) === String(path[i]) || (step === "-" && Number.isInteger(path[i]));
  return steps.length === path.length && steps.every(fits);
}

/** Objects that a build left alone are those of the build before. */
const remembered = new WeakMap<Mapping, { readonly schema: Schema; readonly violations: readonly Violation[] }>();

/** What is missing is no patch's doing, so nothing is required. */
function violationsIn(node: Mapping, schema: Schema): readonly Violation[] {
  let known = remembered.get(node);
  if (known?.schema !== schema) {
    known = { schema, violations: validate(node, schema, { partial: true, isPlaceholder }) };
    remembered.set(node, known);
  }
  return known.violations;
}

/** Where the JSON patches are among the files of a build: files of their own, or texts in kustomizations. */
function findJsonPatches(paths: Iterable<string>, snapshot: Snapshot): readonly Sequence[] {
  const patches: Sequence[] = [];
  for (const path of paths) {
    const file = snapshot.file(path);
    if (file === undefined || !/\bop["']?:/.test(file.text)) continue;
    const { inlinePatches = [] } = snapshot.facts(path);
    const documents = [...snapshot.documents(path), ...inlinePatches.flatMap(readEmbedded)];
    for (const { root } of documents) {
      if (root?.kind !== "sequence" || root.items.every((item) => getValue(item, "op") === undefined)) continue;
      patches.push(root);
    }
  }
  return patches;
}

function holds(patch: Place, place: Place): boolean {
  return patch.file === place.file && patch.start <= place.start && place.end <= patch.end;
}
