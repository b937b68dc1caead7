import { commands, Disposable, type Memento, type QuickPickItem, type SecretStorage, window, workspace } from "vscode";
import { knownControlPlanes } from "../../actions/knownControlPlanes";
import { ApiError } from "../../cluster/apiError";
import { connectArgocdServer, hostOf } from "../../cluster/argocd/argocdServer";
import type { OpenClusters } from "../../cluster/openClusters";
import type { RegisterCommand } from "../../platform/commands";
import { askToSignIn } from "./signIn";
import { StoredServers } from "./storedServers";

export interface ArgocdServersOptions {
  readonly clusters: OpenClusters;
  readonly memory: Memento;
  readonly secrets: SecretStorage;
  readonly register: RegisterCommand;
}

/**
 * Argo CD servers beside the contexts of the kubeconfig, for people whom Kubernetes gives no rights on Applications. None is contacted before
 * somebody signs in or opens it.
 */
export function activateArgocdServers({ clusters, memory, secrets, register }: ArgocdServersOptions): Disposable {
  const stored = new StoredServers(memory, secrets);
  const openKnown = async (url: string): Promise<boolean> => {
    const address = await stored.read(url);
    if (address === undefined) return false;
    const user = stored.all.find((each) => each.url === url)?.user ?? "";
    clusters.openServer(connectArgocdServer(address), user);
    return true;
  };
  const signIn = async (argument: unknown): Promise<void> => {
    if (!workspace.isTrusted) throw new Error("Argo CD is contacted only in a workspace that you trust.");
    const chosen = typeof argument === "string" ? { suggested: argument } : await chooseServer(stored, clusters);
    if (chosen === undefined || ("known" in chosen && (await openKnown(chosen.known)))) return;
    const suggested = "suggested" in chosen ? chosen.suggested : chosen.known;
    const { address, user } = await askToSignIn(suggested, async (url) => (await stored.read(url))?.certificates);
    await stored.write(address, user);
    await openKnown(address.url);
    await commands.executeCommand("gitopsAuthor.applications.focus");
  };
  const told = new Set<string>();
  return Disposable.from(
    register("gitopsAuthor.argocdServer.signIn", signIn),
    register("gitopsAuthor.argocdServer.signOut", async () => {
      const url = await chooseStored(stored);
      if (url === undefined) return;
      clusters.close(hostOf({ url }));
      await stored.forget(url);
      void window.showInformationMessage(`You are signed out of ${hostOf({ url })}. Its token was deleted here.`);
    }),
    { dispose: clusters.onDidChange(({ name }) => tellOfSignIn(clusters, name, told)) },
  );
}

/** A token runs out while a server is open: said once, with the way to a new one. */
function tellOfSignIn(clusters: OpenClusters, name: string, told: Set<string>): void {
  const cluster = clusters.find(name);
  const isOut = cluster?.isServer === true && cluster.state instanceof ApiError && cluster.state.kind === "signIn";
  if (!isOut) {
    if (cluster?.state === "live") told.delete(name);
    return;
  }
  if (told.has(name)) return;
  told.add(name);
  const again = "Sign In";
  const { message } = cluster.state as ApiError;
  void window.showWarningMessage(message, again).then((answer) => {
    if (answer === again) void commands.executeCommand("gitopsAuthor.argocdServer.signIn", cluster.context.server);
  });
}

type Chosen = { readonly known: string } | { readonly suggested: string };

/** One to which the person is signed in, or another; nothing is asked while there is none. */
async function chooseServer(stored: StoredServers, clusters: OpenClusters): Promise<Chosen | undefined> {
  const known = stored.all.map(({ url, user }): QuickPickItem & { readonly chosen: Chosen } => {
    return {
      label: `Open ${hostOf({ url })}`,
      description: user === "" ? "signed in" : `as ${user}`,
      chosen: { known: url },
    };
  });
  const urls = clusters.all.flatMap((cluster) => knownControlPlanes(cluster).flatMap(({ url }) => url ?? []));
  const found = [...new Set(urls)].filter((url) => !stored.all.some((each) => each.url === url.replace(/\/+$/, "")));
  const first = { suggested: found[0] ?? "https://" };
  if (known.length === 0 && found.length === 0) return first;
  const items = [
    ...known,
    ...found.map((url) => ({ label: `Sign in to ${hostOf({ url })}…`, chosen: { suggested: url } })),
    { label: "Sign in to another Argo CD…", chosen: { suggested: "https://" } },
  ];
  return (await window.showQuickPick(items, { title: "Argo CD Server", placeHolder: "Which server" }))?.chosen;
}

async function chooseStored(stored: StoredServers): Promise<string | undefined> {
  if (stored.all.length === 0) throw new Error("You are not signed in to any Argo CD server.");
  const items = stored.all.map(({ url, user }) => ({ label: hostOf({ url }), description: user, url }));
  return (await window.showQuickPick(items, { title: "Sign Out of an Argo CD Server" }))?.url;
}
