import { Uri, window, workspace } from "vscode";
import {
  type NewManifest,
  newApplicationRequest,
  type ObjectChoices,
  objectChoicesRequest,
} from "../../../../server/src/protocol/newObjects";
import { chooseCluster, hasKubernetes } from "../../actions/chooseCluster";
import { createInCluster } from "../../actions/createInCluster";
import { applications } from "../../cluster/argocd/application";
import type { KubeObject } from "../../cluster/kubeObject";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { applyFileEdits } from "../../platform/fileEdits";
import { askForApplication } from "./applicationForm";

export interface CreateOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  /** Shows people what went wrong after the command was done. */
  readonly tell: (error: unknown) => void;
}

/**
 * Writes a new Application: asks what it says, with what the repository and the open contexts offer, and shows the file before it is saved. It
 * can be created in an open context after that.
 */
export async function createApplication({ clusters, server, tell }: CreateOptions, argument: unknown): Promise<void> {
  const choices = await server.request<ObjectChoices>(objectChoicesRequest);
  const root = rootOf(argument);
  const source = choices.sources.find((each) => each.root === root);
  const parameters = await askForApplication({ choices, clusters: clusters.all }, source);
  if (parameters === undefined) return;
  const manifest = await server.request<NewManifest | null>(newApplicationRequest, parameters);
  const [created] = manifest?.edits.creates ?? [];
  if (manifest === null || created === undefined) {
    throw new Error("The Application could not be written. See the output of GitOps Author.");
  }
  await applyFileEdits(manifest.edits);
  const uri = Uri.parse(created.uri, true);
  await window.showTextDocument(uri);
  // Not awaited: the command is done, whatever becomes of the offer.
  void offerCluster(clusters, manifest.object as KubeObject, { uri, text: created.text }).catch(tell);
}

/** The directory of a row of the Overlays view. */
function rootOf(argument: unknown): string | undefined {
  const row = argument as { readonly kustomization?: { readonly root?: unknown } } | undefined;
  return typeof row?.kustomization?.root === "string" ? row.kustomization.root : undefined;
}

async function offerCluster(
  clusters: OpenClusters,
  object: KubeObject,
  { uri, text }: { readonly uri: Uri; readonly text: string },
): Promise<void> {
  const { name } = object.metadata;
  const create = "Create in a Cluster…";
  const words = `The Application '${name}' is written, but not saved yet. Argo CD knows it as soon as it is in a cluster.`;
  const offers = clusters.all.some(hasKubernetes) && workspace.isTrusted ? [create] : [];
  if ((await window.showInformationMessage(words, ...offers)) !== create) return;
  // We made the object before; a file that says something else is for `Apply`, which reads it.
  const document = await workspace.openTextDocument(uri);
  if (withoutReturns(document.getText()) !== withoutReturns(text)) {
    throw new Error(`'${workspace.asRelativePath(uri)}' was changed since. Apply the file instead.`);
  }
  const cluster = await chooseCluster(clusters, `Create the Application '${name}'`);
  if (cluster !== undefined) await createInCluster(cluster, applications, object);
}

/** On Windows VS Code ends the lines of new files as Windows does. */
function withoutReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
