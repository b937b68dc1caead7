import { describeMissing, type Right, reviewAccess } from "../accessReview";
import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";
import { orAbsent } from "../orAbsent";

/** A Secret that may hold the password of the user `admin`, and the key under which it does. */
export interface PasswordHolder {
  readonly namespace: string;
  readonly secret: string;
  readonly key: string;
}

interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/**
 * The Secrets that may hold the password of the user `admin` of the Argo CD in a namespace, as far as the person may read them:
 * `argocd-initial-admin-secret`, which upstream makes, and those that the operator keeps for each Argo CD. Nothing is read yet. Throws `forbidden`
 * with the missing right when they may read none.
 */
export async function findPasswordHolders(
  connection: Connection,
  namespace: string,
  signal?: AbortSignal,
): Promise<readonly PasswordHolder[]> {
  const holders = await holdersIn(connection, namespace, signal);
  const rights = holders.map(({ secret }): Right => {
    return { verb: "get", group: "", resource: "secrets", namespace, name: secret };
  });
  const answers = await reviewAccess(connection, rights, signal);
  const readable = holders.filter((_, i) => answers[i]?.allowed === true);
  const [right] = rights;
  if (readable.length === 0 && right !== undefined) {
    // Any of them would do, so that none is named.
    throw new ApiError("forbidden", describeMissing({ ...right, name: undefined }));
  }
  return readable;
}

/** The password out of the first of `holders` that is there. Throws `notFound` when none is. The caller neither keeps nor shows it. */
export async function readAdminPassword(
  connection: Connection,
  holders: readonly PasswordHolder[],
  signal?: AbortSignal,
): Promise<string> {
  for (const holder of holders) {
    const password = await read(connection, holder, signal);
    if (password !== undefined) return password;
  }
  const names = holders.map(({ secret, namespace }) => `'${secret}' in '${namespace}'`).join(", ");
  throw new ApiError(
    "notFound",
    `There is no password for admin: of ${names} there is none. It is usual to delete it after the first sign-in.`,
  );
}

/** The operator names its Secret after the Argo CD; who may not look at those may still know the usual names. */
async function holdersIn(
  connection: Connection,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<readonly PasswordHolder[]> {
  const path = `/apis/argoproj.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/argocds`;
  const found = await orAbsent(() => connection.get<{ readonly items?: readonly KubeObject[] }>({ path, signal }));
  const instances = found?.items?.map(({ metadata }) => metadata.name) ?? [namespace, "argocd"];
  const operated = [...new Set(instances)].map((name) => ({
    namespace,
    secret: `${name}-cluster`,
    key: "admin.password",
  }));
  return [{ namespace, secret: "argocd-initial-admin-secret", key: "password" }, ...operated];
}

async function read(
  connection: Connection,
  { namespace, secret, key }: PasswordHolder,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${secret}`;
  const data = (await orAbsent(() => connection.get<Secret>({ path, signal })))?.data?.[key];
  return data === undefined ? undefined : Buffer.from(data, "base64").toString("utf8");
}
