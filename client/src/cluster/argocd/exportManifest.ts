import type { KubeObject } from "../kubeObject";
import { trackingIdOf } from "./trackingId";

/** An Application as someone would have written it, and what else there is to know about it. */
export interface ExportedManifest {
  /** Keys stand in the order in which people write them. */
  readonly object: Readonly<Record<string, unknown>>;
  /** What a reader should know before they put it into Git, a sentence each. */
  readonly notes: readonly string[];
}

/** Annotations that Argo CD and kubectl write, or that ask a controller for something once. */
const transientAnnotations: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  "argocd.argoproj.io/refresh",
  "argocd.argoproj.io/refresh-timestamp",
  "argocd.argoproj.io/hydrate",
  "argocd.argoproj.io/hydrate-timestamp",
  "argocd.argoproj.io/tracking-id",
  "argocd.argoproj.io/installation-id",
  "argocd.argoproj.io/deletion-approved",
]);

/** Finalizers that a controller adds by itself: those of hooks that delete, and those of a deletion that is under way. */
const transientFinalizer =
  /^(?:(?:pre|post)-delete-finalizer\.argocd\.argoproj\.io(?:\/.*)?|foregroundDeletion|orphan)$/;

const orderOfSpec = ["project", "source", "sources", "sourceHydrator", "destination", "syncPolicy"];
const orderOfSource = ["repoURL", "targetRevision", "path", "chart", "ref"];

/**
 * What of an Application belongs into Git: its name, what people wrote beside it, and its spec. Left out is all that a cluster adds: status,
 * operation, identity, owners, managed fields, and what asks a controller for something once. The result of an export, applied and exported
 * again, is the same.
 */
export function exportManifest(application: KubeObject): ExportedManifest {
  const { metadata, apiVersion = "argoproj.io/v1alpha1", kind = "Application" } = application;
  const { name, namespace, labels, annotations = {}, finalizers = [] } = metadata;
  const written = {
    name,
    namespace,
    labels: filled(labels ?? {}),
    annotations: filled(withoutKeys(annotations, (key) => transientAnnotations.has(key))),
    finalizers: filledList(finalizers.filter((each) => !transientFinalizer.test(each))),
  };
  return {
    object: withoutAbsent({ apiVersion, kind, metadata: withoutAbsent(written), spec: orderSpec(application.spec) }),
    notes: notesOn(application),
  };
}

function notesOn(application: KubeObject): readonly string[] {
  const { metadata } = application;
  const owners = (metadata.ownerReferences ?? []).map(
    ({ kind, name }) => `The ${kind} '${name}' owns this Application and may change or delete it.`,
  );
  const parent = trackingIdOf(application)?.application;
  const deployed = parent === undefined ? [] : [`The Application '${parent}' deploys this one from Git already.`];
  const isDeleted = metadata.deletionTimestamp !== undefined ? ["It was being deleted when it was exported."] : [];
  return [...owners, ...deployed, ...isDeleted];
}

function orderSpec(spec: unknown): unknown {
  if (!isMapping(spec)) return spec;
  const entries = Object.entries(ordered(spec, orderOfSpec)).map(([key, value]) => {
    if (key === "source") return [key, orderSource(value)];
    return [key, key === "sources" && Array.isArray(value) ? value.map(orderSource) : value];
  });
  return Object.fromEntries(entries);
}

function orderSource(source: unknown): unknown {
  return isMapping(source) ? ordered(source, orderOfSource) : source;
}

/** First the keys that are named, then the others as they were. */
function ordered(value: Readonly<Record<string, unknown>>, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const known = Object.entries(value);
  const first = keys.flatMap((key) => known.filter(([each]) => each === key));
  return Object.fromEntries([...first, ...known.filter(([each]) => !keys.includes(each))]);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutKeys<T>(values: Readonly<Record<string, T>>, isOut: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !isOut(key)));
}

function withoutAbsent(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function filled<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined {
  return Object.keys(values).length > 0 ? values : undefined;
}

function filledList<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length > 0 ? values : undefined;
}
