import { ApiError } from "../../client/src/cluster/apiError";
import type { ApiRequest, Connection } from "../../client/src/cluster/connection";

/** What is answered; `undefined` is 404. An `ApiError` is thrown. */
export type Answer = (request: ApiRequest) => unknown;

/** A connection that answers without a network, and keeps what it was asked. */
export function fakeConnection(answer: Answer): { readonly connection: Connection; readonly asked: ApiRequest[] } {
  const asked: ApiRequest[] = [];
  const connection: Pick<Connection, "get"> = {
    get: async <T>(request: ApiRequest): Promise<T> => {
      asked.push(request);
      const answered = answer(request) ?? new ApiError("notFound", `${request.path} is not there.`);
      if (answered instanceof ApiError) throw answered;
      return answered as T;
    },
  };
  return { connection: connection as Connection, asked };
}

/** The kinds of the core group that are spoken of in tests. */
export const coreKinds = {
  resources: [
    { name: "configmaps", kind: "ConfigMap", namespaced: true },
    { name: "secrets", kind: "Secret", namespaced: true },
  ],
};
