import { CancellationError, Disposable, env, type QuickPickItem, Uri, window } from "vscode";
import { hasKubernetes } from "../../actions/chooseCluster";
import { knownControlPlanes } from "../../actions/knownControlPlanes";
import { findPasswordHolders, readAdminPassword } from "../../cluster/argocd/adminPassword";
import type { ControlPlane } from "../../cluster/argocd/instances";
import { systemClock } from "../../cluster/clock";
import type { OpenCluster, OpenClusters } from "../../cluster/openClusters";
import type { RegisterCommand } from "../../platform/commands";
import { withProgress } from "../../platform/progress";
import { SecretClipboard } from "../../platform/secretClipboard";

export interface ArgocdInstanceOptions {
  readonly clusters: OpenClusters;
  readonly register: RegisterCommand;
}

/** An Argo CD, and the context in which it was found. */
interface Instance {
  readonly cluster: OpenCluster;
  readonly plane: ControlPlane;
}

const noAddress =
  "The address of Argo CD is not known: its ConfigMap argocd-cm has no url, and no Route or Ingress leads to its server. The setting gitopsAuthor.argocd.addresses can name it.";
const onlyServers =
  "The password is in a Secret, which an Argo CD server does not show. Open a context of its cluster and try again.";

/** What can be done with an Argo CD itself: open its web interface, copy the password of its user admin. */
export function activateArgocdInstance({ clusters, register }: ArgocdInstanceOptions): Disposable {
  const clipboard = new SecretClipboard(env.clipboard, systemClock);
  return Disposable.from(
    clipboard,
    register("gitopsAuthor.argocd.open", async (argument) => {
      const instance = await chooseInstance(clusters, argument, {
        ...{ title: "Open Argo CD", whyNone: noAddress },
        isWanted: ({ plane }) => plane.url !== undefined,
      });
      if (instance?.plane.url !== undefined) await env.openExternal(Uri.parse(instance.plane.url, true));
    }),
    register("gitopsAuthor.argocd.copyAdminPassword", async (argument) => {
      const instance = await chooseInstance(clusters, argument, {
        ...{ title: "Copy Admin Password of Argo CD", whyNone: onlyServers },
        isWanted: ({ cluster, plane }) => hasKubernetes(cluster) && plane.namespace !== "",
      });
      if (instance !== undefined) await copyPassword(instance, clipboard);
    }),
  );
}

/** The right first, then the warning. The password is in a variable for as long as it takes to copy it, and never in a message or the log. */
async function copyPassword({ cluster, plane }: Instance, clipboard: SecretClipboard): Promise<void> {
  const { namespace } = plane;
  const { connection } = cluster;
  const look = `Check your rights on the admin password in ${namespace}`;
  const holders = await withProgress(look, (signal) => findPasswordHolders(connection, namespace, signal));
  const copy = "Copy Password";
  const detail = [
    "Whoever has it may do everything with this Argo CD, and so deploy whatever it may deploy.",
    "It goes into the clipboard, where other programs can read it, and is taken out again after a minute.",
  ].join("\n");
  const question = `Copy the admin password of the Argo CD in '${namespace}' of ${cluster.context.name}?`;
  if ((await window.showWarningMessage(question, { modal: true, detail }, copy)) !== copy)
    throw new CancellationError();
  await withProgress(`Read the admin password in ${namespace}`, async (signal) => {
    await clipboard.put(await readAdminPassword(connection, holders, signal));
  });
  void window.showInformationMessage("The password of admin is in the clipboard for a minute.");
}

interface Choice {
  readonly title: string;
  readonly isWanted: (instance: Instance) => boolean;
  /** Said where none is wanted. */
  readonly whyNone: string;
}

/** The Argo CD in the namespace of a row of the Clusters view, or one that the person picks; the only one when there is one. Throws when there is none. */
async function chooseInstance(
  clusters: OpenClusters,
  argument: unknown,
  { title, isWanted, whyNone }: Choice,
): Promise<Instance | undefined> {
  const all = clusters.all.flatMap((cluster) => knownControlPlanes(cluster).map((plane) => ({ cluster, plane })));
  const row = argument as
    | { readonly context?: unknown; readonly instance?: { readonly namespace?: unknown } }
    | undefined;
  const named = all.filter(({ plane, cluster }) => {
    return plane.namespace === row?.instance?.namespace && cluster.context.name === row.context;
  });
  const { namespace } = row?.instance ?? {};
  if (namespace !== undefined && named.length === 0) {
    throw new Error(
      `The Argo CD in '${namespace}' is not there any more, or its context was closed. Nothing was done.`,
    );
  }
  const wanted = (namespace === undefined ? all : named).filter(isWanted);
  if (wanted.length === 0) {
    throw new Error(
      all.length === 0
        ? "No Argo CD was found in an open context: its ConfigMap argocd-cm is not there, or you may not read it. The setting gitopsAuthor.argocd.addresses can say where it is."
        : whyNone,
    );
  }
  if (wanted.length === 1) return wanted[0];
  const items = wanted.map((instance): QuickPickItem & { readonly instance: Instance } => {
    const { plane, cluster } = instance;
    return {
      label: plane.namespace || cluster.context.name,
      description: [cluster.context.name, plane.url].filter(Boolean).join(" · "),
      instance,
    };
  });
  return (await window.showQuickPick(items, { title, placeHolder: "Which Argo CD", matchOnDescription: true }))
    ?.instance;
}
