import { type ComparisonSettings, comparesStatus } from "../argocd/comparisonSettings";
import { type IgnoreRule, notUnderstood, rulesFor, withoutIgnored } from "../argocd/ignoreDifferences";
import { groupOf } from "../kubernetes/apiGroup";
import {
  fieldOf,
  isEqual,
  isList,
  isMap,
  type Json,
  type JsonMap,
  type JsonPath,
  mapFields,
  toPointer,
} from "../kubernetes/json";
import { findItemKey } from "../kubernetes/listKeys";
import { lastAppliedAnnotation, withoutServerFields } from "../kubernetes/serverFields";
import { withoutRemoved } from "./removedFields";
import { inServerWords, restrictTo } from "./writtenFields";

/** An object that is both in the files and in a cluster. */
export interface ObjectPair {
  /** As the files say it. */
  readonly written: JsonMap;
  readonly live: JsonMap;
  /** What the API server says that the object would become; absent when it could not be asked, then only written fields are compared. */
  readonly predicted?: JsonMap | undefined;
}

export interface CompareOptions {
  /** The Application that deploys the object. */
  readonly application?: string | undefined;
  /** Of that Application. */
  readonly ignored: readonly IgnoreRule[];
  /** What its Argo CD says for all Applications; absent when that is not known. */
  readonly settings?: ComparisonSettings | undefined;
}

/** The states of an object that count, and where they differ. */
export interface Comparison {
  readonly live: JsonMap;
  readonly desired: JsonMap;
  /** Paths in `desired`, or where something is missing there in `live`; empty when nothing differs. */
  readonly differences: readonly JsonPath[];
  /** Expressions of `ignoreDifferences` about this object that we do not understand. */
  readonly notHonoured: readonly string[];
}

/** Compares an object as it is with what the files would make of it, so that only real differences are left. */
export function compareObjects({ written, live, predicted }: ObjectPair, options: CompareOptions): Comparison {
  const { application, ignored, settings } = options;
  const rules = rulesFor([...ignored, ...(settings?.ignored ?? [])], wordsOf(live));
  const before = lastApplied(live);
  const target = predicted === undefined ? written : withoutRemoved(predicted, before, written);
  const known = predicted === undefined ? restrictTo(live, [written, before]) : live;
  const keepsStatus = settings !== undefined && comparesStatus(settings, wordsOf(live));
  const status = keepsStatus ? writtenStatus(written, live) : undefined;
  const left = withStatus(known, status?.live);
  const right = withStatus(predicted === undefined ? inServerWords(target, known) : target, status?.written);
  // Who owns a field stands in what is dropped last.
  const kept = withoutIgnored({ live: withManagers(left, live), desired: right }, rules);
  const mark = { application, label: settings?.instanceLabel, keepsStatus };
  const clean = (object: JsonMap): JsonMap => withoutServerFields(withoutGathered(object, settings), mark);
  const sides = { live: clean(kept.live), desired: clean(asLabelled(kept.desired, options)) };
  return { ...sides, differences: [...findDifferences(sides.live, sides.desired)], notHonoured: notUnderstood(rules) };
}

/**
 * The status as the files say it, and as much of the live one: Argo CD merges the files into what is there, so that what they do not say is no
 * difference, whatever the API server makes of theirs. Nothing where they say none.
 */
function writtenStatus(
  written: JsonMap,
  live: JsonMap,
): { readonly live?: Json | undefined; readonly written: Json } | undefined {
  const status = fieldOf(written, "status");
  if (status === undefined || status === null) return undefined;
  const there = fieldOf(restrictTo(live, [{ status }]), "status");
  return { live: there, written: fieldOf(inServerWords({ status }, live), "status") ?? status };
}

function withStatus(object: JsonMap, status: Json | undefined): JsonMap {
  const { status: _, ...rest } = object;
  return status === undefined ? rest : { ...rest, status };
}

/** An object alone, without what only a cluster writes. */
export function withoutNoise(object: JsonMap, { application, settings }: Partial<CompareOptions> = {}): JsonMap {
  return withoutServerFields(object, { application, label: settings?.instanceLabel });
}

/** Where Argo CD knows its objects by a label, it writes that over what the files say. */
function asLabelled(object: JsonMap, { application, settings }: CompareOptions): JsonMap {
  const metadata = fieldOf(object, "metadata");
  const labels = fieldOf(metadata, "labels");
  if (settings?.writesInstanceLabel !== true || application === undefined) return object;
  if (!isMap(metadata) || !isMap(labels) || fieldOf(labels, settings.instanceLabel) === undefined) return object;
  const label = settings.instanceLabel;
  const own = mapFields(labels, (value, key) => (key === label ? application : value));
  return { ...object, metadata: { ...metadata, labels: own } };
}

/** `normalizeRole` of argo-cd `gitops-engine/pkg/diff/diff.go`. */
function withoutGathered(object: JsonMap, settings: ComparisonSettings | undefined): JsonMap {
  const isGathered = wordsOf(object).group === "rbac.authorization.k8s.io" && isMap(fieldOf(object, "aggregationRule"));
  if (settings?.ignoreAggregatedRoles !== true || !isGathered) return object;
  return mapFields(object, (value, key) => (key === "rules" ? undefined : value));
}

function withManagers(object: JsonMap, live: JsonMap): JsonMap {
  const managedFields = fieldOf(fieldOf(live, "metadata"), "managedFields");
  const metadata = fieldOf(object, "metadata");
  if (managedFields === undefined || !isMap(metadata)) return object;
  return { ...object, metadata: { ...metadata, managedFields } };
}

/** What `kubectl apply` applied last, without the empty maps that it writes though nobody did. */
function lastApplied(live: JsonMap): Json {
  const text = fieldOf(fieldOf(fieldOf(live, "metadata"), "annotations"), lastAppliedAnnotation);
  try {
    return typeof text === "string" ? withoutEmpty(JSON.parse(text) as Json) : {};
  } catch {
    return {};
  }
}

function withoutEmpty(value: Json): Json {
  if (isList(value)) return value.map(withoutEmpty);
  if (!isMap(value)) return value;
  return mapFields(value, (field) => {
    const rest = withoutEmpty(field);
    const isEmpty = rest === null || (isMap(rest) && Object.keys(rest).length === 0);
    return isEmpty ? undefined : rest;
  });
}

function wordsOf(object: JsonMap): { group: string; kind: string; name: string; namespace: string } {
  const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
  const apiVersion = text(fieldOf(object, "apiVersion"));
  const metadata = fieldOf(object, "metadata");
  return {
    group: groupOf(apiVersion),
    kind: text(fieldOf(object, "kind")),
    name: text(fieldOf(metadata, "name")),
    namespace: text(fieldOf(metadata, "namespace")),
  };
}

function* findDifferences(live: Json, desired: Json, path: JsonPath = []): Iterable<JsonPath> {
  if (isEqual(live, desired)) return;
  if (isMap(live) && isMap(desired)) {
    for (const key of new Set([...Object.keys(desired), ...Object.keys(live)])) {
      const [old, now] = [fieldOf(live, key), fieldOf(desired, key)];
      if (old === undefined || now === undefined) yield [...path, key];
      else yield* findDifferences(old, now, [...path, key]);
    }
    return;
  }
  if (!isList(live) || !isList(desired)) {
    yield path;
    return;
  }
  const keyOf = findItemKey(live, desired);
  const order = (list: readonly Json[]): string => (keyOf === undefined ? String(list.length) : list.map(keyOf).join());
  // Other items, or in another order: then the list as a whole is what differs.
  if (order(live) !== order(desired)) yield path;
  else for (const [i, item] of desired.entries()) yield* findDifferences(live[i] ?? null, item, [...path, i]);
}

/** The differences as JSON pointers. */
export function differencePointers({ differences }: Comparison): readonly string[] {
  return differences.map(toPointer);
}
