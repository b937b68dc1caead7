import type { FailureKind } from "./apiError";
import type { OpenCluster } from "./openClusters";

/** Kinds of failures that lie at hand; all others mean that the cluster does not answer as it should. */
const failures: ReadonlyMap<FailureKind, string> = new Map([
  ["forbidden", "no access"],
  ["signIn", "not signed in"],
  ["notFound", "no Argo CD"],
  ["certificate", "certificate not trusted"],
]);

/** The state of an open context in a word or two, the same in both views: `open`, `opening…`, or why it is not up to date. */
export function contextState({ state, context }: Pick<OpenCluster, "state" | "context">): string {
  if (state === "opening") return context.program !== undefined ? "signing in…" : "opening…";
  return state === "live" ? "open" : (failures.get(state.kind) ?? "unreachable");
}
