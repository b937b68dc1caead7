import { commands, type Disposable, Uri, window } from "vscode";
import {
  type LiveApplicationEntry,
  type LiveApplicationsParameters,
  liveApplicationsRequest,
  showInClusterCommand,
} from "../../../../server/src/protocol/liveApplications";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";

export interface ShowInClusterOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

/** The command of the Applications view that selects a row, `{ cluster, key }`. */
const revealCommand = "gitopsAuthor.applications.reveal";

/** From a file to the Applications of open contexts that it defines or that deploy it. */
export function activateShowInCluster({ clusters, server, register }: ShowInClusterOptions): Disposable {
  return register(showInClusterCommand, async (argument) => {
    const entries = entriesOf(argument) ?? (await askServer(argument, { clusters, server }));
    const entry = entries.length === 1 ? entries[0] : await choose(entries);
    if (entry === undefined) return;
    await commands.executeCommand(revealCommand, { cluster: entry.cluster, key: entry.key });
  });
}

/** What a lens gives: one Application, or those that do not fit on its line. */
function entriesOf(argument: unknown): readonly LiveApplicationEntry[] | undefined {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const entries = list.filter(isEntry);
  return entries.length === 0 ? undefined : entries;
}

function isEntry(value: unknown): value is LiveApplicationEntry {
  const { cluster, key, label } = (value ?? {}) as Partial<LiveApplicationEntry>;
  return [cluster, key, label].every((each) => typeof each === "string");
}

async function askServer(
  argument: unknown,
  { clusters, server }: Pick<ShowInClusterOptions, "clusters" | "server">,
): Promise<readonly LiveApplicationEntry[]> {
  const uri = uriOf(argument);
  if (uri === undefined) throw new Error("Open a file first, of which the Applications are to be shown.");
  if (clusters.all.length === 0) {
    throw new Error("No context is open. Open one in the Clusters view of GitOps Author first.");
  }
  const parameters: LiveApplicationsParameters = { uri };
  const found = await server.request<readonly LiveApplicationEntry[]>(liveApplicationsRequest, parameters);
  if (found.length > 0) return found;
  throw new Error(
    "No Application of an open context is defined by this file or deploys it. An Application belongs to this repository when its repoURL is a remote of it.",
  );
}

/** That of a file, of the directory of a row of the Overlays view, or else of what is in the editor. */
function uriOf(argument: unknown): string | undefined {
  const row = argument as { readonly kustomization?: { readonly root?: unknown } } | undefined;
  if (typeof row?.kustomization?.root === "string") return row.kustomization.root;
  return (argument instanceof Uri ? argument : window.activeTextEditor?.document.uri)?.toString();
}

async function choose(entries: readonly LiveApplicationEntry[]): Promise<LiveApplicationEntry | undefined> {
  const items = entries.map((entry) => ({ label: entry.label, description: entry.cluster, entry }));
  const options = { title: "Show in Cluster", placeHolder: "Which Application?", matchOnDescription: true };
  return (await window.showQuickPick(items, options))?.entry;
}
