import { ApiError } from "./apiError";
import type { Connection } from "./connection";
import type { ResourceType } from "./kubeObject";

/** Whether somebody may list the objects of a kind in a namespace, as far as that is known without trying. */
export type MayList = (type: Pick<ResourceType, "group" | "plural">) => boolean;

interface RulesReview {
  readonly status?: {
    readonly incomplete?: boolean;
    readonly resourceRules?: readonly Rule[];
  };
}

interface Rule {
  readonly verbs?: readonly string[] | null;
  readonly apiGroups?: readonly string[] | null;
  readonly resources?: readonly string[] | null;
  readonly resourceNames?: readonly string[] | null;
}

/**
 * Asks for all rights in a namespace at once (SelfSubjectRulesReview). Where the API server cannot name all of them, or does not answer, everything
 * may be tried. Rejects only when it is cancelled.
 */
export async function readListRights(connection: Connection, namespace: string, signal: AbortSignal): Promise<MayList> {
  try {
    const { status } = await connection.get<RulesReview>({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
      body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } },
      signal,
    });
    const rules = status?.resourceRules;
    if (rules === undefined || status?.incomplete === true) return () => true;
    return (type) => rules.some((rule) => allowsList(rule, type));
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind === "cancelled") throw error;
    return () => true;
  }
}

function allowsList(rule: Rule, { group, plural }: Pick<ResourceType, "group" | "plural">): boolean {
  const holds = (list: readonly string[] | null | undefined, word: string): boolean =>
    list?.includes("*") === true || list?.includes(word) === true;
  const isForAll = (rule.resourceNames ?? []).length === 0;
  return isForAll && holds(rule.verbs, "list") && holds(rule.apiGroups, group) && holds(rule.resources, plural);
}
