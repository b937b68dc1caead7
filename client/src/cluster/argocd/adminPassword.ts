import { describeMissing, type Right, reviewAccess } from "../accessReview";
import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";

/** A Secret that may hold the password of the user `admin`, and the key under which it does. */
interface Holder {
  readonly secret: string;
  readonly key: string;
}

interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/**
 * The password of the user `admin` of the Argo CD in a namespace: from `argocd-initial-admin-secret`, which upstream makes, or from the Secret
 * that the operator keeps for each Argo CD. Throws `forbidden` with the missing right before any Secret is read, and `notFound` when there is none.
 * The caller neither keeps nor shows it.
 */
export async function readAdminPassword(
  connection: Connection,
  namespace: string,
  signal?: AbortSignal,
): Promise<string> {
  const holders = await holdersIn(connection, namespace, signal);
  const rights = holders.map(({ secret }): Right => {
    return { verb: "get", group: "", resource: "secrets", namespace, name: secret };
  });
  const answers = await reviewAccess(connection, rights, signal);
  const readable = holders.filter((_, i) => answers[i]?.allowed === true);
  const [right] = rights;
  if (readable.length === 0 && right !== undefined) throw new ApiError("forbidden", describeMissing(right));
  for (const holder of readable) {
    const password = await read(connection, namespace, holder, signal);
    if (password !== undefined) return password;
  }
  const names = readable.map(({ secret }) => `'${secret}'`).join(", ");
  throw new ApiError(
    "notFound",
    `The namespace '${namespace}' has no password for admin: of ${names} there is none. It is usual to delete it after the first sign-in.`,
  );
}

/** The operator names its Secret after the Argo CD; who may not look at those may still know the usual names. */
async function holdersIn(
  connection: Connection,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<readonly Holder[]> {
  const path = `/apis/argoproj.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/argocds`;
  const found = await orAbsent(() => connection.get<{ readonly items?: readonly KubeObject[] }>({ path, signal }));
  const instances = found?.items?.map(({ metadata }) => metadata.name) ?? [namespace, "argocd"];
  const operated = [...new Set(instances)].map((name) => ({ secret: `${name}-cluster`, key: "admin.password" }));
  return [{ secret: "argocd-initial-admin-secret", key: "password" }, ...operated];
}

async function read(
  connection: Connection,
  namespace: string,
  { secret, key }: Holder,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${secret}`;
  const data = (await orAbsent(() => connection.get<Secret>({ path, signal })))?.data?.[key];
  return data === undefined ? undefined : Buffer.from(data, "base64").toString("utf8");
}

async function orAbsent<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof ApiError && (error.kind === "forbidden" || error.kind === "notFound")) return undefined;
    throw error;
  }
}
