import pMap from "p-map";
import { naturalOrder } from "../../../server/src/protocol/naturalOrder";
import { ApiError } from "./apiError";
import type { Application } from "./argocd/application";
import type { Connection } from "./connection";
import { type KubeObject, pathOf } from "./kubeObject";
import type { OpenCluster } from "./openClusters";

/** A Secret of a cluster that holds logins for registries, without them. */
export interface PullSecretName {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
}

/** The types of such Secrets (Kubernetes: "Docker config Secrets"). */
const types = ["kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"] as const;
const secrets = { group: "", version: "v1", plural: "secrets", namespaced: true };

/** Names only: logins stay where they are until the person has chosen. */
const namesOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** Nobody has more in sight than this. */
const mostNamespaces = 20;

/** How many lists are asked for at a time. */
const atATime = 4;

/** Where the pull secrets of an image may be: in the namespaces of the Applications that run it, and in that of the context. */
export function namespacesOfImage(
  { applications, context }: Pick<OpenCluster, "applications"> & { readonly context: { readonly namespace: string } },
  image: string,
): readonly string[] {
  const runs = ({ status }: Application): boolean =>
    (status?.summary?.images ?? []).some((each) => each.replace(/@.*$/, "").replace(/:[^/:]*$/, "") === image);
  const running = [...applications.values()].filter(runs).map(({ spec }) => spec?.destination?.namespace ?? "");
  return [...new Set([...running, context.namespace])].filter((each) => each !== "").slice(0, mostNamespaces);
}

/**
 * The pull secrets of some namespaces, by namespace and name; namespaces whose Secrets the person may not see have none. Throws an `ApiError` when that is so
 * of all, or for anything else.
 */
export async function listPullSecrets(
  connection: Pick<Connection, "get">,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<readonly PullSecretName[]> {
  const wanted = namespaces.flatMap((namespace) => types.map((type) => ({ namespace, type })));
  let refusal: ApiError | undefined;
  let seen = 0;
  const list = async ({ namespace, type }: (typeof wanted)[number]): Promise<readonly PullSecretName[]> => {
    const path = pathOf(secrets, namespace);
    try {
      const found = await connection.get<{ readonly items?: readonly KubeObject[] | null }>({
        ...{ path, query: { fieldSelector: `type=${type}` }, accept: namesOnly, signal },
      });
      seen++;
      return (found.items ?? []).map(({ metadata }) => ({ namespace, name: metadata.name, type }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== "forbidden") throw error;
      refusal = error;
      return [];
    }
  };
  const found = await pMap(wanted, list, { concurrency: atATime });
  if (seen === 0 && refusal !== undefined) throw refusal;
  const key = ({ namespace, name }: PullSecretName): string => `${namespace}/${name}`;
  return found.flat().sort((a, b) => naturalOrder(key(a), key(b)));
}

/** What a pull secret holds, in base64. Throws an `ApiError`. */
export async function readPullSecret(
  connection: Pick<Connection, "get">,
  { namespace, name }: PullSecretName,
  signal: AbortSignal,
): Promise<{ readonly type: string; readonly data: Readonly<Record<string, string>> }> {
  const path = pathOf(secrets, namespace, name);
  const secret = await connection.get<{ readonly type?: string; readonly data?: Record<string, string> | null }>({
    ...{ path, signal },
  });
  return { type: secret.type ?? "", data: secret.data ?? {} };
}
