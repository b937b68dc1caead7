import { type Cause, type Entry, getValue, type Mapping, withoutKey } from "../../yaml/node";
import { originAnnotation, transformationsAnnotation } from "../buildAnnotations";
import { madeKey, setEntry } from "../fieldSpec";
import { freshState, type Resource } from "../resource";

/*
 * Upstream keeps what it remembers about an object in annotations of the object itself, where a patch can see it: there are
 * annotations to add to although nobody wrote any, and a patch that replaces them all makes Kustomize forget. So a patch that
 * touches annotations gets to see stand-ins for the notes, and what it leaves of them is remembered.
 */

/** Stands for all notes but those of `buildMetadata`. */
const notesAnnotation = "internal.config.kubernetes.io/notes";

const standIns = [notesAnnotation, originAnnotation, transformationsAnnotation];

/** The object with stand-ins for what is remembered about it. */
export function withNotes(resource: Resource, cause: Cause): Mapping {
  const { node } = resource;
  const metadata = getValue(node, "metadata");
  const names = namesOf(resource);
  if (names.length === 0 || metadata?.kind !== "mapping") return node;
  const old = getValue(metadata, "annotations");
  const entries = old?.kind === "mapping" ? old.entries.filter(({ key }) => !names.includes(key.text)) : [];
  const made = names.map((name): Entry => ({ key: madeKey(name, cause), value: madeKey("noted", cause) }));
  const annotations: Mapping = {
    kind: "mapping",
    entries: [...entries, ...made],
    origin: old?.origin ?? { place: cause.place, change: cause },
  };
  return setEntry(node, "metadata", setEntry(metadata, "annotations", annotations, cause), cause);
}

/** The object without stand-ins; annotations that are as they were before are the same nodes. */
export function withoutNotes(node: Mapping, before: Mapping): Mapping {
  const metadata = getValue(node, "metadata");
  const annotations = getValue(metadata, "annotations");
  if (metadata?.kind !== "mapping" || annotations?.kind !== "mapping") return node;
  const entries = annotations.entries.filter(({ key }) => !standIns.includes(key.text));
  const oldMetadata = getValue(before, "metadata");
  const old = getValue(oldMetadata, "annotations");
  const kept = { ...annotations, entries };
  let cleaned = entries.length === 0 ? withoutKey(metadata, "annotations") : replaceAnnotations(metadata, kept);
  if (old?.kind === "mapping" && sameEntries(kept, old)) cleaned = replaceAnnotations(metadata, old);
  if (oldMetadata?.kind === "mapping" && sameEntries(cleaned, oldMetadata)) cleaned = oldMetadata;
  return {
    ...node,
    entries: node.entries.map((entry) => (entry.value === metadata ? { key: entry.key, value: cleaned } : entry)),
  };
}

/**
 * The resource with what is still remembered about it after a patch.
 * @param patched the patched object, with the stand-ins that are left.
 * @param isForgetful JSON patches leave Kustomize's own notes alone whatever they do to annotations; those of
 * `buildMetadata` they can take away.
 */
export function remembered(resource: Resource, patched: Mapping, isForgetful: boolean): Resource {
  const annotations = getValue(getValue(patched, "metadata"), "annotations");
  const lost = new Set(namesOf(resource).filter((name) => getValue(annotations, name) === undefined));
  if (lost.size === 0) return resource;
  const { node, id, key, variables, buildOrigin, transformations } = resource;
  const state = isForgetful && lost.has(notesAnnotation) ? { ...freshState, node, id, key, variables } : resource;
  return {
    ...state,
    buildOrigin: lost.has(originAnnotation) ? undefined : buildOrigin,
    transformations: lost.has(transformationsAnnotation) ? [] : transformations,
  };
}

function namesOf(resource: Resource): readonly string[] {
  const { previousIds, prefixes, suffixes, needsHash, generated, buildOrigin, transformations } = resource;
  const hasNotes = previousIds.length > 0 || prefixes.length > 0 || suffixes.length > 0 || needsHash || generated;
  return [
    ...(hasNotes ? [notesAnnotation] : []),
    ...(buildOrigin === undefined ? [] : [originAnnotation]),
    ...(transformations.length === 0 ? [] : [transformationsAnnotation]),
  ];
}

function replaceAnnotations(metadata: Mapping, annotations: Mapping): Mapping {
  return {
    ...metadata,
    entries: metadata.entries.map((entry) =>
      entry.key.text === "annotations" ? { key: entry.key, value: annotations } : entry,
    ),
  };
}

function sameEntries(a: Mapping, b: Mapping): boolean {
  return (
    a.entries.length === b.entries.length &&
    a.entries.every((entry, i) => {
      const other = b.entries[i];
      return entry.key.text === other?.key.text && entry.value === other.value;
    })
  );
}
