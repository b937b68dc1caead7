import { type QuickPickItem, Uri, window, workspace } from "vscode";
import { type ManifestTextParameters, manifestTextRequest } from "../../../../server/src/protocol/manifestText";
import { chooseApplication } from "../../actions/chooseApplication";
import { exportManifest } from "../../cluster/argocd/exportManifest";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { withProgress } from "../../platform/progress";

export interface ExportOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
}

/** Gives an Application of a cluster as a manifest: in a new editor, or in a file of the person's choice. */
export async function exportApplication({ clusters, server }: ExportOptions, argument: unknown): Promise<void> {
  const target = await chooseApplication(clusters, argument);
  if (target === undefined) return;
  const { cluster, application } = target;
  const { name } = application.metadata;
  const isWanted = await chooseTarget(name);
  if (isWanted === undefined) return;
  // Asked anew: what the view keeps lacks the parts that nobody looks at.
  const now = await withProgress(`Export ${name}`, (signal) => cluster.argocd.read(application, { signal }));
  const { object, notes } = exportManifest(now);
  const parameters: ManifestTextParameters = { object };
  const manifest = await server.request<string>(manifestTextRequest, parameters);
  const text = notes.map((note) => `# ${note}\n`).join("") + manifest;
  await (isWanted === "file" ? writeFile(name, text) : openUntitled(text));
}

type Wanted = "editor" | "file";

async function chooseTarget(name: string): Promise<Wanted | undefined> {
  const items: readonly (QuickPickItem & { readonly wanted: Wanted })[] = [
    { wanted: "editor", label: "Open in an editor", description: "nothing is written" },
    { wanted: "file", label: "Write to a file…" },
  ];
  const placeHolder = "Status, owners and what else the cluster added are left out";
  return (await window.showQuickPick(items, { title: `Export ${name}`, placeHolder }))?.wanted;
}

async function openUntitled(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: "yaml", content }));
}

async function writeFile(name: string, text: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = folder && Uri.joinPath(folder, `${name}.yaml`);
  const filters = { YAML: ["yaml", "yml"] };
  const file = await window.showSaveDialog({
    ...(defaultUri && { defaultUri }),
    ...{ title: `Export ${name}`, saveLabel: "Export", filters },
  });
  if (file === undefined) return;
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await window.showTextDocument(file);
}
