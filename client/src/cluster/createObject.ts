import { ApiError } from "./apiError";
import type { Connection } from "./connection";
import { type KubeObject, pathOf, type ResourceType } from "./kubeObject";
import { ourManager } from "./serverSideApply";

/**
 * Makes an object that is not there yet, and gives it as the API server has it then. Throws a `conflict` when there is one of that name; it is
 * left as it is.
 */
export async function createObject<T extends KubeObject>(
  connection: Connection,
  type: ResourceType,
  object: T,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const { name, namespace } = object.metadata;
  try {
    const query = { fieldManager: ourManager, fieldValidation: "Strict" };
    return await connection.get<T>({ method: "POST", path: pathOf(type, namespace), query, body: object, signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== "conflict") throw error;
    const where = namespace === undefined ? "" : ` in the namespace '${namespace}'`;
    throw new ApiError("conflict", `There is a ${object.kind} '${name}'${where} already. It was left as it is.`);
  }
}
