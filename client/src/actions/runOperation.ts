import { CancellationError, type CancellationToken, ProgressLocation, window } from "vscode";
import { type Application, isBusy } from "../cluster/argocd/application";
import { followOperation, type OperationEnd } from "../cluster/argocd/operationEnd";
import { keyOf } from "../cluster/kubeObject";
import type { OpenClusters } from "../cluster/openClusters";
import { signalOf } from "../platform/progress";
import type { Target } from "./chooseApplication";

/** An operation that Argo CD is asked for. */
export interface OperationRun {
  /** For example `Sync of book-dev`. */
  readonly title: string;
  readonly start: (signal: AbortSignal) => Promise<Application>;
}

/**
 * Asks for an operation and waits for its end, with progress; then says its result. To cancel before Argo CD was asked is to ask nothing;
 * after that the operation goes on without us. Rejects when it cannot be asked for.
 */
export async function runOperation(
  clusters: OpenClusters,
  target: Target,
  { title, start }: OperationRun,
): Promise<void> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  const end = await window.withProgress(options, async (progress, token) => {
    const asked = await start(signalOf(token)).catch((error: unknown) => {
      throw token.isCancellationRequested ? cancelledEarly(title) : error;
    });
    progress.report({ message: "waits for Argo CD" });
    return await untilEnd(clusters, target, {
      asked,
      token,
      report: (message) => progress.report({ message }),
    });
  });
  tell(title, end);
}

/** What was sent already cannot be called back. */
function cancelledEarly(title: string): CancellationError {
  void window.showInformationMessage(
    `${title}: cancelled. If Argo CD was asked already, the Applications view shows it.`,
  );
  return new CancellationError();
}

interface Waiting {
  readonly asked: Application;
  readonly token: CancellationToken;
  readonly report: (message: string) => void;
}

function untilEnd(
  clusters: OpenClusters,
  { cluster }: Target,
  { asked, token, report }: Waiting,
): Promise<OperationEnd | undefined> {
  const { name } = cluster.context;
  const look = followOperation(asked);
  return new Promise((finish) => {
    const stop = (end: OperationEnd | undefined): void => {
      unlisten();
      cancelled.dispose();
      finish(end);
    };
    const check = (): void => {
      const open = clusters.find(name);
      // Someone closed the context; the operation goes on.
      if (open === undefined) {
        stop(undefined);
        return;
      }
      const now = open.applications.get(keyOf(asked));
      const end = look(now);
      const message = now?.status?.operationState?.message;
      if (end !== undefined) stop(end);
      else if (now !== undefined && isBusy(now) && message) report(message);
    };
    const unlisten = clusters.onDidChange((change) => {
      if (change.name === name) check();
    });
    const cancelled = token.onCancellationRequested(() => stop(undefined));
    check();
  });
}

/** Not awaited: the command is done whether someone closes the message or not. */
function tell(title: string, end: OperationEnd | undefined): void {
  if (end === undefined) {
    void window.showInformationMessage(`${title}: not watched any more. It goes on in Argo CD.`);
  } else if (end.type === "deleted") {
    void window.showWarningMessage(`${title}: the Application was deleted.`);
  } else if (end.type === "withdrawn") {
    void window.showWarningMessage(`${title}: it was taken back before Argo CD began.`);
  } else {
    const { phase, message } = end.state;
    const text = `${title}: ${phase}${message ? `, ${message}` : ""}`;
    if (phase === "Succeeded") void window.showInformationMessage(text);
    else void window.showErrorMessage(text);
  }
}
