import { Disposable, workspace } from "vscode";
import { overlaysChangedNotification } from "../../../../server/src/protocol/overlays";
import type { SyncPlan } from "../../../../server/src/protocol/syncPlan";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";

/** A plan, and what could not be rendered or read for it: a sentence each, on what another try may help. */
export interface MadePlan extends SyncPlan {
  readonly failures?: readonly string[] | undefined;
}

/** What a plan is made of, so that it can be made again. */
export interface PlanSource {
  /** The plan as it is now. */
  readonly make: (signal?: AbortSignal) => Promise<MadePlan>;
  /** The same with everything read anew that `make` reads only once, for a person who asks for it. */
  readonly renew?: (() => Promise<PlanSource>) | undefined;
  /** The Application of an open context that it is of. */
  readonly application?: { readonly cluster: string; readonly key: string } | undefined;
}

/** How long changes are collected, in milliseconds. */
const settling = 500;

/** Calls `again` some moments after a text, a file, or the Application that is planned changed. */
export function followChanges(
  { server, clusters }: { readonly server: LanguageServer; readonly clusters: OpenClusters },
  { again, application }: { readonly again: () => void; readonly application: () => PlanSource["application"] },
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  // Not put off by further changes: files may change all the time.
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      again();
    }, settling);
  };
  const unlisten = clusters.onDidChange(({ name, applications }) => {
    const planned = application();
    if (planned?.cluster === name && applications.has(planned.key)) soon();
  });
  return Disposable.from(
    server.onNotification(overlaysChangedNotification, soon),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.uri.scheme === "file" && contentChanges.length > 0) soon();
    }),
    new Disposable(() => {
      clearTimeout(timer);
      unlisten();
    }),
  );
}
