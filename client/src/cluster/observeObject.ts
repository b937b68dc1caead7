import { ApiError } from "./apiError";
import type { Connection } from "./connection";
import { findResourceType } from "./discovery";
import { type KubeObject, pathOf, type ResourceType } from "./kubeObject";
import { describeNoAnswer, type ManyQuestions } from "./manyQuestions";
import { applyObject } from "./serverSideApply";

/** What a cluster says of an object that is rendered. */
export interface ObservedObject {
  /** As it is written, with the namespace in which it belongs. */
  readonly written: KubeObject;
  /** Absent when the cluster lacks it, or does not show it (then `unknown` says why). */
  readonly live?: KubeObject | undefined;
  /** What it would become; absent when the API server cannot be asked, then `trouble` says why. */
  readonly predicted?: KubeObject | undefined;
  readonly trouble?: string | undefined;
  /** Why nothing is known of it. */
  readonly unknown?: string | undefined;
}

/** Argo CD, when it applies on the server. */
const argocdManager = "argocd-controller";

/** Reads an object of the cluster; `undefined` when it is not there. */
export async function readObject(
  connection: Connection,
  type: ResourceType,
  { name, namespace }: { readonly name: string; readonly namespace?: string | undefined },
  signal?: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return await connection.get<KubeObject>({ path: pathOf(type, namespace, name), signal });
  } catch (error) {
    if (error instanceof ApiError && error.kind === "notFound") return undefined;
    throw error;
  }
}

/** The object with the namespace in which it belongs: where it says none that of the person or Application, and none for kinds without. */
export function inNamespace(object: KubeObject, type: ResourceType, fallback: string): KubeObject {
  const { namespace, ...metadata } = object.metadata;
  return { ...object, metadata: type.namespaced ? { ...metadata, namespace: namespace || fallback } : metadata };
}

export interface ObserveOptions {
  /** For an object that says none. */
  readonly namespace: string;
  readonly signal?: AbortSignal | undefined;
  /** The questions what objects would become: when several get no answer, nobody waits for more. */
  readonly dryRuns: ManyQuestions;
}

/**
 * Reads an object and asks the API server, without changing anything, what the files would make of it. What this person may not see or ask, and
 * what the API server refuses to say, is told of the object. Throws an `ApiError` when there is no answer, or the call is cancelled.
 */
export async function observeObject(
  connection: Connection,
  object: KubeObject,
  { namespace, signal, dryRuns }: ObserveOptions,
): Promise<ObservedObject> {
  let written = object;
  try {
    const type = await findResourceType(connection, object, signal);
    if (type === undefined) {
      return { written, unknown: `The cluster does not know the kind ${object.kind} of ${object.apiVersion}.` };
    }
    written = inNamespace(object, type, namespace);
    if (!written.metadata.name) return { written, unknown: "It has no name before it is made (generateName)." };
    const live = await readObject(connection, type, written.metadata, signal);
    if (live === undefined) return { written };
    return { written, live, ...(await predict(connection, { type, written, live, signal, dryRuns })) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === "forbidden") return { written, unknown: `You may not see it: ${error.message}` };
    if (error.kind === "refused") return { written, unknown: error.message };
    throw error;
  }
}

interface Prediction extends Omit<ObserveOptions, "namespace"> {
  readonly type: ResourceType;
  readonly written: KubeObject;
  readonly live: KubeObject;
}

async function predict(
  connection: Connection,
  { type, written, live, signal, dryRuns }: Prediction,
): Promise<Pick<ObservedObject, "predicted" | "trouble">> {
  const appliedByArgocd = managersOf(live).some(
    ({ manager, operation }) => manager === argocdManager && operation === "Apply",
  );
  const manager = appliedByArgocd ? argocdManager : undefined;
  const outcome = await dryRuns.askOne(() =>
    applyObject(connection, type, written, { dryRun: true, force: true, manager, signal }),
  );
  if (outcome.failure === undefined) return { predicted: outcome.answer };
  const { failure } = outcome;
  if (failure.kind === "forbidden") {
    return { trouble: `You may not patch ${type.plural}, so only the fields that the files set were compared.` };
  }
  const onlyWritten = "Only the fields that the files set were compared.";
  // What is there was read; an admission webhook that hangs is the trouble of this object.
  if (["busy", "timeout", "unreachable"].includes(failure.kind)) {
    const why = outcome.isSkipped ? describeNoAnswer(outcome) : failure.message;
    return { trouble: `The API server did not say what it would become: ${why} ${onlyWritten}` };
  }
  if (!["refused", "conflict", "notFound"].includes(failure.kind)) throw failure;
  return { trouble: `The API server would refuse it: ${failure.message} ${onlyWritten}` };
}

/** Who wrote fields of an object, and how. */
export function managersOf(object: KubeObject): readonly ManagedFields[] {
  const { managedFields } = object.metadata as { readonly managedFields?: readonly ManagedFields[] };
  return Array.isArray(managedFields) ? managedFields : [];
}

export interface ManagedFields {
  readonly manager?: string | undefined;
  readonly operation?: string | undefined;
  readonly subresource?: string | undefined;
  readonly fieldsV1?: unknown;
}
