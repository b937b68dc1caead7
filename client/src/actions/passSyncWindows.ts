import { CancellationError, window } from "vscode";
import {
  type SyncWindowsParameters,
  type SyncWindowsVerdict,
  syncWindowsRequest,
} from "../../../server/src/protocol/syncWindows";
import { describeBlock, findSyncWindows, loadSyncWindows } from "../cluster/argocd/syncWindows";
import { describeTime } from "../cluster/describeTime";
import type { LanguageServer } from "../languageClient";
import { withProgress } from "../platform/progress";
import type { Target } from "./chooseApplication";

/**
 * Asks the sync windows of the project before an operation is written, since Argo CD takes one that they hold back and lets it wait. Where they
 * do the person chooses whether it shall; throws a `CancellationError` when it shall not, and the reason when waiting would not help. Gives what
 * the person should know besides, a few words or nothing.
 */
export async function passSyncWindows(server: LanguageServer, target: Target, deed: string): Promise<string> {
  const { cluster, application } = target;
  const { name } = application.metadata;
  // An Argo CD server does not take such an operation, and says why.
  if (cluster.isServer === true) return "";
  const read = (signal: AbortSignal): ReturnType<typeof loadSyncWindows> =>
    loadSyncWindows(cluster, application, signal);
  const windows =
    findSyncWindows(cluster, application) ?? (await withProgress(`Reading the sync windows of ${name}`, read));
  if (windows === undefined) {
    return `sync windows unknown: project '${application.spec?.project || "default"}' cannot be read`;
  }
  if (windows.length === 0) return "";
  const targets = [{ name, destination: application.spec?.destination ?? {} }];
  const parameters: SyncWindowsParameters = { windows, targets, time: Date.now() };
  const [verdict] = await server.request<readonly SyncWindowsVerdict[]>(syncWindowsRequest, parameters);
  if (verdict === undefined || verdict.manual) return "";
  const block = describeBlock(application, windows, verdict, describeTime);
  if (verdict.opensAt === undefined) throw new Error(block);
  const yes = `${deed} Anyway (It Waits)`;
  const detail =
    "Argo CD would take the operation now and begin when the windows permit it. Until then no other operation can run; you can terminate it.";
  if ((await window.showWarningMessage(block, { modal: true, detail }, yes)) !== yes) throw new CancellationError();
  return "";
}
