import type { Mapping } from "../yaml/node";
import type { Place } from "../yaml/source";
import * as fieldSpecs from "./data/fieldSpecs";
import { type NameReferenceRow, nameReferences } from "./data/nameReferences";
import { varReference } from "./data/varReferences";
import { BuildFailure } from "./failure";
import type { FieldSpec } from "./fieldSpec";
import { type Field, flagField, mappingItems, textField } from "./fields";
import { compareTypes } from "./order";
import type { GroupVersionKind } from "./resourceId";

/** Which fields each transformer touches (upstream: `builtinconfig.TransformerConfig`). */
export interface TransformerConfig extends Readonly<Record<SpecField, readonly FieldSpec[]>> {
  readonly nameReference: readonly NameReference[];
}

/** The fields that hold the name of an object of one kind. */
export interface NameReference extends GroupVersionKind {
  readonly referrers: readonly FieldSpec[];
}

const specFields = [
  "namePrefix",
  "nameSuffix",
  "namespace",
  "commonLabels",
  "labels",
  "templateLabels",
  "commonAnnotations",
  "varReference",
  "images",
  "replicas",
] as const;

export type SpecField = (typeof specFields)[number];

/** No fields at all. */
export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

/** The fields of Kustomize 5.8.1 when nothing else is configured. */
export const defaultConfig: TransformerConfig = sortConfig({
  namePrefix: expand(fieldSpecs.namePrefix),
  nameSuffix: expand(fieldSpecs.nameSuffix),
  namespace: expand(fieldSpecs.namespace),
  commonLabels: expand(fieldSpecs.commonLabels),
  labels: [],
  templateLabels: expand(fieldSpecs.templateLabels),
  commonAnnotations: expand(fieldSpecs.commonAnnotations),
  varReference: expand(varReference),
  images: expand(fieldSpecs.images),
  replicas: expand(fieldSpecs.replicas),
  nameReference: nameReferences.map((row: NameReferenceRow) => ({
    group: row.group ?? "",
    version: row.version ?? "",
    kind: row.kind,
    referrers: expand(row.fields),
  })),
});

/**
 * Puts two configurations together; the same object when the second adds nothing, so that what was derived from it can be kept.
 * @throws BuildFailure at `place` when both name a field and disagree on whether to create it.
 */
export function mergeConfigs(a: TransformerConfig, b: TransformerConfig, place: Place): TransformerConfig {
  if (a === b || b === emptyConfig) return a;
  if (a === emptyConfig) return b;
  let changed = false;
  const merged: Record<SpecField, readonly FieldSpec[]> = { ...a };
  for (const field of specFields) {
    merged[field] = mergeSpecs(a[field], b[field], place);
    if (merged[field] !== a[field]) changed = true;
  }
  const nameReference = mergeReferences(a.nameReference, b.nameReference, place);
  if (!changed && nameReference === a.nameReference) return a;
  return sortConfig({ ...merged, nameReference });
}

/**
 * Adds the specs that are not there yet; the same list when there are none.
 * @throws BuildFailure at `place` when two disagree on whether to create the field.
 */
export function mergeSpecs(
  known: readonly FieldSpec[],
  more: readonly FieldSpec[],
  place: Place,
): readonly FieldSpec[] {
  if (known === more || more.length === 0) return known;
  let merged: FieldSpec[] | undefined;
  for (const spec of more) {
    const same = (merged ?? known).find((other) => covers(spec, other));
    if (same === undefined) {
      merged ??= [...known];
      merged.push(spec);
    } else if ((same.create ?? false) !== (spec.create ?? false)) throw conflict(spec, place);
  }
  return merged ?? known;
}

/** Reads a decoded transformer configuration. */
export function configFrom(value: Mapping): TransformerConfig {
  const root: Field<Mapping> = { node: value, path: "" };
  const read: Record<SpecField, readonly FieldSpec[]> = { ...emptyConfig };
  for (const field of specFields) read[field] = specsFrom(root, field);
  const nameReference = mappingItems(root, "nameReference").map((item) => ({
    ...typeFrom(item.node),
    referrers: specsFrom(item, "fieldSpecs"),
  }));
  return sortConfig({ ...read, nameReference });
}

/** Reads a decoded list of field specs. */
export function specsFrom(field: Field<Mapping>, name: string): readonly FieldSpec[] {
  return mappingItems(field, name).map(({ node }) => ({
    ...typeFrom(node),
    path: textField(node, "path"),
    create: flagField(node, "create"),
  }));
}

function typeFrom(node: Mapping): GroupVersionKind {
  return { group: textField(node, "group"), version: textField(node, "version"), kind: textField(node, "kind") };
}

/** Whether `known` is a spec for the same path that `spec` as a selector would select. */
function covers(spec: FieldSpec, known: FieldSpec): boolean {
  return (
    spec.path === known.path &&
    (!spec.kind || spec.kind === known.kind) &&
    (!spec.group || spec.group === known.group) &&
    (!spec.version || spec.version === known.version)
  );
}

function mergeReferences(
  known: readonly NameReference[],
  more: readonly NameReference[],
  place: Place,
): readonly NameReference[] {
  let merged = known;
  for (const reference of more) {
    const at = merged.findIndex((other) => sameType(other, reference));
    const same = merged[at];
    if (same === undefined) merged = [...merged, reference];
    else {
      const referrers = mergeSpecs(same.referrers, reference.referrers, place);
      if (referrers !== same.referrers) merged = merged.with(at, { ...same, referrers });
    }
  }
  return merged;
}

function sameType(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function sortConfig(config: TransformerConfig): TransformerConfig {
  const sorted: Record<SpecField, readonly FieldSpec[]> = { ...config };
  for (const field of specFields) sorted[field] = [...config[field]].sort((a, b) => compareTypes(full(a), full(b)));
  return { ...sorted, nameReference: [...config.nameReference].sort(compareTypes) };
}

function full({ group = "", version = "", kind = "" }: FieldSpec): GroupVersionKind {
  return { group, version, kind };
}

function expand(rows: readonly fieldSpecs.FieldSpecRow[]): readonly FieldSpec[] {
  return rows.flatMap(({ group = "", version = "", kinds = [""], below, paths, create = false }) =>
    kinds.flatMap((kind) =>
      paths.map((path) => ({ group, version, kind, path: below === undefined ? path : `${below}/${path}`, create })),
    ),
  );
}

function conflict(spec: FieldSpec, place: Place): BuildFailure {
  return new BuildFailure({
    code: "kustomization/conflicting-field-specs",
    severity: "error",
    place,
    message: `Two field specs for \`${spec.path}\` disagree on \`create\`.`,
    help: "Give both the same `create`.",
    detail: "conflicting fieldspecs",
  });
}
