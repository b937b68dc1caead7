import type { Application, OperationState } from "./application";

/** How an operation ended. */
export type OperationEnd =
  | { readonly type: "ended"; readonly state: OperationState }
  /** It was taken back before Argo CD began. */
  | { readonly type: "withdrawn" }
  | { readonly type: "deleted" };

/**
 * Follows an operation through the states of its Application, in the order in which a watch tells them. `asked` is the Application as it was
 * when the operation was written to it; the watch may lag behind that, so an older state counts for nothing. Gives how the operation ended as
 * soon as a state says so. Argo CD takes `operation` away when it is done, and leaves its result in `status.operationState`.
 */
export function followOperation(asked: Application): (now: Application | undefined) => OperationEnd | undefined {
  const former = mark(asked);
  let seen = false;
  return (now) => {
    if (now === undefined || now.metadata.uid !== asked.metadata.uid) return { type: "deleted" };
    const state = now.status?.operationState;
    const hasBegun = mark(now) !== former;
    seen ||= hasBegun || now.operation !== undefined;
    if (!seen || now.operation !== undefined) return undefined;
    if (!hasBegun) return { type: "withdrawn" };
    const isOver = state?.phase === "Succeeded" || state?.phase === "Failed" || state?.phase === "Error";
    return isOver ? { type: "ended", state } : undefined;
  };
}

/** Differs from one operation to the next. */
function mark({ status }: Application): string {
  const { startedAt, finishedAt } = status?.operationState ?? {};
  return `${startedAt} ${finishedAt}`;
}
