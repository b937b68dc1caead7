import type { KubeObject, ObjectMeta } from "../kubeObject";
import { shareAmong, shareParts } from "../shareParts";
import type { Application, ApplicationStatus, OperationState, SyncedResource } from "./application";

/**
 * An Application without what we never look at: managed fields, the results of the last sync for what went well, the whole operation in the
 * state of an operation. A cluster may hold thousands of them, and these parts are most of their size. The spec stays as it is. Parts that did
 * not change are those of `known`, its former state: its controller writes each of them every few minutes, mostly as it was.
 */
export function trimApplication(application: KubeObject, known?: KubeObject): Application {
  const { apiVersion, kind, metadata, spec, status, operation } = application as Application;
  const before = known as Application | undefined;
  return {
    apiVersion,
    kind,
    metadata: trimMetadata(metadata, before?.metadata),
    spec: shareParts(spec, before?.spec),
    ...(operation !== undefined && { operation }),
    status: trimStatus(status, before?.status),
  };
}

// Each part is shared before it is put into another: what was put into an object stays in memory for as long as that does.

function trimMetadata(metadata: ObjectMeta, known: ObjectMeta | undefined): ObjectMeta {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp } = metadata;
  const { [lastApplied]: _, ...annotations } = metadata.annotations ?? {};
  return {
    ...{ name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp },
    labels: shareParts(metadata.labels, known?.labels),
    annotations: shareParts(annotations, known?.annotations),
    finalizers: shareParts(metadata.finalizers, known?.finalizers),
    ownerReferences: shareParts(metadata.ownerReferences, known?.ownerReferences),
  };
}

function trimStatus(status: ApplicationStatus = {}, known: ApplicationStatus | undefined): ApplicationStatus {
  const { sync, health, resources, history, conditions, operationState, reconciledAt, controllerNamespace, summary } =
    status;
  const { status: state, revision, revisions } = sync ?? {};
  return {
    sync: shareParts({ status: state, revision, revisions }, known?.sync),
    health: shareParts(health, known?.health),
    resources: shareItems(resources, known?.resources),
    history: shareItems(history, known?.history),
    conditions: shareParts(conditions, known?.conditions),
    operationState: operationState && trimOperationState(operationState, known?.operationState),
    reconciledAt,
    ...(controllerNamespace !== undefined && { controllerNamespace }),
    ...(summary?.images !== undefined && { summary: shareParts({ images: summary.images }, known?.summary) }),
  };
}

function trimOperationState(state: OperationState, known: OperationState | undefined): OperationState {
  const { phase, message, startedAt, finishedAt, retryCount, operation, syncResult } = state;
  const { initiatedBy } = operation ?? {};
  const failed = (syncResult?.resources ?? []).filter(isFailed);
  const isWorthIt = failed.length > 0 || syncResult?.revision !== undefined;
  const trimmed = {
    ...{ phase, message, startedAt, finishedAt, retryCount },
    operation: initiatedBy && { initiatedBy },
    syncResult: isWorthIt ? { revision: syncResult?.revision, resources: failed } : undefined,
  };
  return shareParts(trimmed, known);
}

/** In a list that is read for the first time, each item is like the one before it. */
function shareItems<T>(items: readonly T[] | undefined, known: readonly T[] | undefined): readonly T[] | undefined {
  return known === undefined ? shareAmong(items) : shareParts(items, known);
}

function isFailed({ status, hookPhase }: SyncedResource): boolean {
  return status === "SyncFailed" || hookPhase === "Failed" || hookPhase === "Error";
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
