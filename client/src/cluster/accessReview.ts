import type { Connection } from "./connection";

/** A right: a verb on a resource, in one namespace or in all, or on one object. */
export interface Right {
  readonly verb: "get" | "list" | "watch" | "create" | "update" | "patch" | "delete";
  readonly group: string;
  /** The plural, with a subresource behind a slash when one is meant: `deployments/scale`. */
  readonly resource: string;
  /** All namespaces, or a resource without, when absent. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/** What the API server says about a right. */
export interface Permission {
  readonly right: Right;
  readonly allowed: boolean;
  /** Why, in the words of the API server; it often says nothing. */
  readonly reason?: string | undefined;
}

/** Asks the API server whether the user has rights (SelfSubjectAccessReview; everyone may ask). */
export function reviewAccess(
  connection: Connection,
  rights: readonly Right[],
  signal?: AbortSignal,
): Promise<readonly Permission[]> {
  return Promise.all(rights.map((right) => review(connection, right, signal)));
}

interface Review {
  readonly status?: { readonly allowed?: boolean; readonly reason?: string };
}

async function review(connection: Connection, right: Right, signal: AbortSignal | undefined): Promise<Permission> {
  const { verb, group, resource: plural, namespace, name } = right;
  const [resource, subresource] = plural.split("/");
  const answer = await connection.get<Review>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { verb, group, resource, subresource, namespace, name } },
    },
    signal,
  });
  return { right, allowed: answer.status?.allowed === true, reason: answer.status?.reason || undefined };
}

/**
 * The sentence for someone who lacks a right: `You may not list applications.argoproj.io in the namespace 'argocd'.`, and where the right is on one object
 * `You may not patch applications.argoproj.io 'book-dev' in the namespace 'argocd'.`
 */
export function describeMissing({ verb, group, resource, namespace, name }: Right): string {
  const what = group === "" ? resource : `${resource}.${group}`;
  const which = name === undefined ? "" : ` '${name}'`;
  // An object without a namespace is in no more than one place.
  const everywhere = name === undefined ? " in the whole cluster" : "";
  const where = namespace === undefined ? everywhere : ` in the namespace '${namespace}'`;
  return `You may not ${verb} ${what}${which}${where}.`;
}
