import { Disposable, env, Uri } from "vscode";
import { chooseApplication, type Target } from "../../actions/chooseApplication";
import { knownControlPlanes } from "../../actions/knownControlPlanes";
import { confirmProtected, needPermission } from "../../actions/permission";
import type { ArgocdDeed } from "../../cluster/argocd/argocdAccess";
import { pageOf } from "../../cluster/argocd/instances";
import type { OpenClusters } from "../../cluster/openClusters";
import type { RegisterCommand } from "../../platform/commands";
import { withProgress } from "../../platform/progress";
import { switchAutoSync } from "./switchAutoSync";

export interface ApplicationCommandsOptions {
  readonly clusters: OpenClusters;
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: () => readonly string[];
  readonly register: RegisterCommand;
}

type Deed = (target: Target) => Promise<void>;

/**
 * The commands on an Application. Each asks first whether the person may do it, and, where the context is protected, for the name of the
 * context; only then is anything written.
 */
export function registerApplicationCommands({ clusters, patterns, register }: ApplicationCommandsOptions): Disposable {
  const on = (id: string, deed: Deed): Disposable =>
    register(`gitopsAuthor.application.${id}`, async (argument) => {
      const target = await chooseApplication(clusters, argument);
      if (target !== undefined) await deed(target);
    });
  const change = (id: string, right: ArgocdDeed, deed: Deed): Disposable =>
    on(id, async (target) => {
      await needPermission(target, right);
      await deed(target);
    });
  const confirm = (target: Target, words: string): Promise<void> =>
    confirmProtected(target, `${words} ${target.application.metadata.name}`, patterns());

  return Disposable.from(
    change("refresh", "refresh", async (target) => {
      await confirm(target, "refresh");
      await call(target, "Refresh", (signal) =>
        target.cluster.argocd.refresh(target.application, "normal", { signal }),
      );
    }),
    change("hardRefresh", "refresh", async (target) => {
      await confirm(target, "refresh");
      await call(target, "Hard refresh", (signal) =>
        target.cluster.argocd.refresh(target.application, "hard", { signal }),
      );
    }),
    change("terminate", "terminate", async (target) => {
      await confirm(target, "end the operation of");
      await call(target, "Terminate", (signal) => target.cluster.argocd.terminate(target.application, { signal }));
    }),
    change("pauseAutoSync", "setAutoSync", (target) =>
      switchAutoSync(target, false, (words) => confirm(target, words)),
    ),
    change("resumeAutoSync", "setAutoSync", (target) =>
      switchAutoSync(target, true, (words) => confirm(target, words)),
    ),
    on("openPage", async ({ cluster, application }) => {
      const page = pageOf(application, knownControlPlanes(cluster));
      if (page !== undefined) await env.openExternal(Uri.parse(page, true));
      else
        throw new Error(
          "The address of Argo CD is not known: its ConfigMap argocd-cm has no url, no Route or Ingress leads to its server, or you may not read these. The setting gitopsAuthor.argocd.addresses can name it.",
        );
    }),
  );
}

/** One call to the API server, with progress that can be cancelled. The watch shows what came of it. */
function call(
  { application }: Target,
  words: string,
  send: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  return withProgress(`${words}: ${application.metadata.name}`, send);
}
