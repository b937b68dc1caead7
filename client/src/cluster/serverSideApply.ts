import { ApiError } from "./apiError";
import type { Connection } from "./connection";
import { type KubeObject, pathOf, type ResourceType } from "./kubeObject";
import { hideSecretValues } from "./secretValues";

/** How the API server keeps in mind what we applied. */
export const ourManager = "gitops-author";

export interface ApplyOptions {
  /** Only says what would be. */
  readonly dryRun: boolean;
  /** Takes over fields that others manage. */
  readonly force: boolean;
  /** Who applies; ourselves when absent. */
  readonly manager?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** A field that somebody else manages and that we would set to another value. */
export interface FieldConflict {
  /** For example `kubectl-edit`. */
  readonly manager: string;
  /** For example `.spec.replicas`. */
  readonly field: string;
}

/** Admission webhooks of the cluster may take that long, in milliseconds. */
const patience = 35_000;

/**
 * Applies an object (server-side apply) and gives it as it is then, or would be. Throws an `ApiError`; its message never holds a value of a
 * Secret. A `conflict` tells of fields that others manage, see `conflictsOf`.
 */
export async function applyObject(
  connection: Connection,
  type: ResourceType,
  object: KubeObject,
  { dryRun, force, manager = ourManager, signal, onWarning }: ApplyOptions,
): Promise<KubeObject> {
  const { name, namespace } = object.metadata;
  try {
    return await connection.get<KubeObject>({
      method: "PATCH",
      path: pathOf(type, namespace, name),
      query: { fieldManager: manager, force, fieldValidation: "Strict", dryRun: dryRun ? "All" : undefined },
      // JSON is YAML too.
      contentType: "application/apply-patch+yaml",
      body: object,
      timeout: patience,
      signal,
      onWarning: (text) => onWarning?.(hideSecretValues(text, object)),
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(error.kind, hideSecretValues(error.message, object), error.details);
  }
}

/** The fields for which an apply failed; empty when it failed for something else. */
export function conflictsOf(error: unknown): readonly FieldConflict[] {
  if (!(error instanceof ApiError) || error.kind !== "conflict") return [];
  return (error.details.causes ?? [])
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ message = "", field = "" }) => ({
      manager: /^conflict with "(.*?)"/.exec(message)?.[1] ?? message,
      field,
    }));
}
