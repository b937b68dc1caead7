import { type QuickPickItem, window } from "vscode";
import {
  type FoundPullSecret,
  type PullSecretsParameters,
  pullSecretsRequest,
  type UsedPullSecret,
  type UsePullSecretParameters,
  usePullSecretRequest,
} from "../../../../server/src/protocol/pullSecrets";
import { hasKubernetes } from "../../actions/chooseCluster";
import type { OpenCluster, OpenClusters } from "../../cluster/openClusters";
import { listPullSecrets, namespacesOfImage, readPullSecret } from "../../cluster/pullSecrets";
import type { LanguageServer } from "../../languageClient";
import { withProgress } from "../../platform/progress";

export interface PullSecretOptions {
  readonly server: LanguageServer;
  readonly clusters: Pick<OpenClusters, "all">;
}

type Chosen = UsePullSecretParameters["secret"];

interface Item extends QuickPickItem {
  readonly choose: () => Promise<Chosen | undefined>;
}

const title = "Use a Pull Secret";

/**
 * Lets the person sign in to the registry of an image with a Secret of the workspace or of a context that is open, until the server ends. Says whether they
 * did. Throws, for the person, when there is none, or when it holds no login for this registry.
 */
export async function usePullSecret(
  { server, clusters }: PullSecretOptions,
  parameters: PullSecretsParameters,
): Promise<boolean> {
  const { image } = parameters;
  const found = await server.request<readonly FoundPullSecret[]>(pullSecretsRequest, parameters);
  const open = clusters.all.filter(hasKubernetes);
  if (found.length === 0 && open.length === 0) {
    throw new Error(
      `No Secret of this workspace holds a login for ${image} in clear, and no context is open. Log in in a terminal (docker login), or open a context in the Clusters view first.`,
    );
  }
  const items: readonly Item[] = [
    ...found.map(({ id, name, where }): Item => {
      return { label: `$(key) ${name}`, description: where, choose: async () => ({ kind: "workspace", id }) };
    }),
    ...open.map((cluster): Item => {
      const choose = (): Promise<Chosen | undefined> => chooseInCluster(cluster, image);
      return { label: `$(server) Secrets of ${cluster.context.name}…`, choose };
    }),
  ];
  const placeHolder = `Sign in for ${image} with which Secret? It is kept until the window closes.`;
  const secret = await (await window.showQuickPick(items, { title, placeHolder }))?.choose();
  if (secret === undefined) return false;
  const used: UsePullSecretParameters = { ...parameters, secret };
  const { problem } = await server.request<UsedPullSecret>(usePullSecretRequest, used);
  if (problem !== undefined) throw new Error(problem);
  return true;
}

async function chooseInCluster(cluster: OpenCluster, image: string): Promise<Chosen | undefined> {
  const { connection, context } = cluster;
  const namespaces = namespacesOfImage(cluster, image);
  const names = await withProgress(`Looking for pull secrets in ${context.name}…`, (signal) =>
    listPullSecrets(connection, namespaces, signal),
  );
  if (names.length === 0) throw new Error(`There is no pull secret in ${namespaces.join(", ")} of ${context.name}.`);
  const items = names.map((each) => ({ label: `$(key) ${each.name}`, description: each.namespace, each }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: "Which Secret?", matchOnDescription: true });
  if (chosen === undefined) return undefined;
  const read = await withProgress(`Reading ${chosen.each.name}…`, (signal) =>
    readPullSecret(connection, chosen.each, signal),
  );
  return { kind: "cluster", ...read };
}
