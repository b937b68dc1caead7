import { CancellationError, window } from "vscode";
import { describeMissing, type Right, reviewAccess } from "../cluster/accessReview";
import type { ArgocdDeed } from "../cluster/argocd/argocdAccess";
import type { OpenCluster } from "../cluster/openClusters";
import { isProtected } from "../cluster/protectedContexts";
import type { Target } from "./chooseApplication";

/** Asks whether the person may do something with the Application. Throws the sentence that says what is missing. */
export async function needPermission({ cluster, application }: Target, deed: ArgocdDeed = "sync"): Promise<void> {
  const missing = await cluster.argocd.missing(deed, application);
  if (missing.length > 0) throw new Error(`${missing.join(" ")} Nothing was changed.`);
}

/** Asks the API server whether the person has all of `rights`. Throws the sentences that say which are missing. */
export async function needRights(
  { connection }: OpenCluster,
  rights: readonly Right[],
  signal?: AbortSignal,
): Promise<void> {
  const missing = (await reviewAccess(connection, rights, signal)).filter(({ allowed }) => !allowed);
  if (missing.length === 0) return;
  const words = missing.map(
    ({ right, reason }) => `${describeMissing(right)}${reason === undefined ? "" : ` (${reason})`}`,
  );
  throw new Error(`${words.join(" ")} Nothing was changed.`);
}

/**
 * Before anything is written to a protected context the person types its name; `deed` says what for, for example `sync book-dev`. Throws a
 * `CancellationError` when they do not.
 */
export async function confirmProtected(
  { cluster }: Pick<Target, "cluster">,
  deed: string,
  patterns: readonly string[],
): Promise<void> {
  const { name } = cluster.context;
  if (!isProtected(name, patterns)) return;
  const typed = await window.showInputBox({
    title: `Protected context ${name}`,
    prompt: `Type ${name} to ${deed}`,
    ignoreFocusOut: true,
    // While it is shown VS Code hides the prompt, so it says the same.
    validateInput: (text) => (text === name ? undefined : `Type ${name} to ${deed}`),
  });
  if (typed !== name) throw new CancellationError();
}
