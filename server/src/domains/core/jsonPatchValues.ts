import type { BuildContext } from "../../analysis/rule";
import { readEmbedded } from "../../kustomize/embedded";
import type { Schema } from "../../schema/schema";
import { validate } from "../../schema/validate";
import type { Violation } from "../../schema/violation";
import type { Snapshot } from "../../workspace/snapshot";
import { getValue, type Mapping, textOf } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { isPlaceholder } from "./objects";

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
      if (patches.some((patch) => holds(patch, violation.place))) yield violation;
    }
  }
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
function findJsonPatches(paths: Iterable<string>, snapshot: Snapshot): readonly Place[] {
  const places: Place[] = [];
  for (const path of paths) {
    const file = snapshot.file(path);
    if (file === undefined || !/\bop["']?:/.test(file.text)) continue;
    const { inlinePatches = [] } = snapshot.facts(path);
    const documents = [...snapshot.documents(path), ...inlinePatches.flatMap(readEmbedded)];
    for (const { root } of documents) {
      if (root?.kind !== "sequence" || root.items.every((item) => getValue(item, "op") === undefined)) continue;
      places.push(root.origin.place);
    }
  }
  return places;
}

function holds(patch: Place, place: Place): boolean {
  return patch.file === place.file && patch.start <= place.start && place.end <= patch.end;
}
