import { nameSome } from "../../../../server/src/protocol/nameSome";
import type { TrackedObjects } from "../../cluster/argocd/trackedObjects";

/** What a person can do about what was not learnt. */
export const lookAgain = "Plan again to look once more.";

/** How many kinds are named before the rest is only counted. */
const mostNamed = 6;

/** Where was looked for what an Application has in its cluster, and what could not be looked at. */
export function describeTracked({ kinds, unseen, unread }: TrackedObjects, namespace: string): string {
  const count = kinds === 1 ? "1 kind" : `${kinds} kinds`;
  const looked = `so what it deletes was looked up in ${namespace} and among what has no namespace, in ${count}; not in other namespaces.`;
  const hidden = unseen.length === 0 ? [] : [`You may not list ${nameSome(unseen, mostNamed)} there.`];
  const [first] = unread;
  const names = unread.map(({ kind }) => kind);
  const lost = first === undefined ? [] : [`Not looked at: ${nameSome(names, mostNamed)}. ${first.why}`];
  return [looked, ...hidden, ...lost, ...(first === undefined ? [] : [lookAgain])].join(" ");
}
