import { type Disposable, type QuickPickItem, Range, Uri, window, workspace } from "vscode";
import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import {
  type ControllerChoice,
  type FileEdits,
  type NewBindingParameters,
  type NewManifest,
  newBindingRequest,
  type ObjectChoices,
  objectChoicesRequest,
} from "../../../../server/src/protocol/newObjects";
import { chooseApplication } from "../../actions/chooseApplication";
import { hasKubernetes } from "../../actions/chooseCluster";
import { createInCluster } from "../../actions/createInCluster";
import { findRoleBinding, givesAtLeast, type RoleBinding, roleBindings } from "../../cluster/argocd/controllerAccess";
import { staysInCluster } from "../../cluster/argocd/destination";
import { findImpersonatedAccount } from "../../cluster/argocd/impersonation";
import type { OpenCluster, OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { applyFileEdits } from "../../platform/fileEdits";
import { withProgress } from "../../platform/progress";
import { accountsFor } from "./accounts";
import { chooseController, chooseNamespace } from "./chooseAccess";

export interface GrantAccessOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

/** The command that lets an Argo CD deploy into a namespace: a RoleBinding in a file, in a cluster, or both one after the other. */
export function activateGrantAccess({ clusters, server, register }: GrantAccessOptions): Disposable {
  return register("gitopsAuthor.grantAccess", async (argument) => {
    const choices = await server.request<ObjectChoices>(objectChoicesRequest);
    const wanted = isRow(argument)
      ? await askForApplication(clusters, choices, argument)
      : await askForAny(clusters, choices);
    if (wanted === undefined) return;
    const manifest = await server.request<NewManifest | null>(newBindingRequest, wanted.parameters);
    if (manifest === null) throw new Error("The RoleBinding could not be written. See the output of GitOps Author.");
    await grant(manifest, wanted.clusters, wanted.parameters);
  });
}

interface Wanted {
  readonly parameters: NewBindingParameters;
  /** The open contexts in which it makes sense. */
  readonly clusters: readonly OpenCluster[];
}

function isRow(argument: unknown): boolean {
  return (argument as { readonly type?: unknown } | undefined)?.type === "application";
}

/** The namespace into which an Application is deployed, and the Argo CD that does it. Throws where a RoleBinding is of no use. */
async function askForApplication(
  clusters: OpenClusters,
  choices: ObjectChoices,
  argument: unknown,
): Promise<Wanted | undefined> {
  const target = await chooseApplication(clusters, argument);
  if (target === undefined) return undefined;
  const { application, cluster } = target;
  const { name, namespace: home } = application.metadata;
  const namespace = application.spec?.destination?.namespace;
  if (!namespace) throw new Error(`'${name}' does not say into which namespace it is deployed.`);
  if (!staysInCluster(application)) {
    throw new Error(
      `'${name}' is deployed to another cluster than that of its Argo CD. There Argo CD has the rights of the account in the Secret of that cluster; give them to that account.`,
    );
  }
  const near = choices.controllers.filter((each) => each.namespace === home);
  const account = await withProgress(`Looking in whose name ${name} is deployed`, (signal) =>
    findImpersonatedAccount(cluster, application, signal),
  );
  const project = application.spec?.project || "default";
  const controllers = accountsFor(near.length > 0 ? near : choices.controllers, project, account);
  const controller = await chooseController(controllers);
  return controller && { parameters: { namespace, controller }, clusters: [cluster] };
}

async function askForAny(clusters: OpenClusters, choices: ObjectChoices): Promise<Wanted | undefined> {
  const deployed = clusters.all.flatMap(({ applications }) => [...applications.values()]).filter(staysInCluster);
  const namespaces = deployed.flatMap(({ spec }) => spec?.destination?.namespace || []);
  const namespace = await chooseNamespace([...new Set([...choices.namespaces, ...namespaces])].sort(naturalOrder));
  const controller = namespace && (await chooseController(choices.controllers));
  return namespace && controller ? { parameters: { namespace, controller }, clusters: clusters.all } : undefined;
}

/** Where to: a file, or one of the open contexts. */
async function grant(
  manifest: NewManifest,
  clusters: readonly OpenCluster[],
  { namespace, controller }: NewBindingParameters,
): Promise<void> {
  const { existing, object } = manifest;
  const file: QuickPickItem & { readonly act: () => Promise<unknown> } =
    existing === undefined
      ? { label: manifest.title, description: "you look at it before it is saved", act: () => writeFile(manifest) }
      : {
          label: "Open the file that has it already",
          description: workspace.asRelativePath(Uri.parse(existing, true)),
          act: async () => await window.showTextDocument(Uri.parse(existing, true)),
        };
  const inClusters = clusters.filter(hasKubernetes).map((cluster) => ({
    label: `Create the RoleBinding in ${cluster.context.name}`,
    description: "now, with your rights",
    act: () => applyTo(cluster, object as RoleBinding, controller),
  }));
  const placeHolder = `The role admin for ${controller.name}`;
  const title = `Grant Argo CD Access to ${namespace}`;
  const chosen = await window.showQuickPick([file, ...inClusters], { title, placeHolder });
  await chosen?.act();
}

async function writeFile({ edits }: NewManifest): Promise<void> {
  await applyFileEdits(edits);
  const [created] = edits.creates;
  const [changed] = edits.changes;
  if (created !== undefined) await window.showTextDocument(Uri.parse(created.uri, true));
  else if (changed !== undefined) await showChange(changed);
}

/** With the cursor in the first line that has something in it: what is put behind a document begins with a line of its own. */
async function showChange({ uri, range, text }: FileEdits["changes"][number]): Promise<void> {
  const lines = text.split("\n");
  const line =
    range.start.line +
    Math.max(
      0,
      lines.findIndex((each) => /[^-\s]/.test(each)),
    );
  await window.showTextDocument(Uri.parse(uri, true), { selection: new Range(line, 0, line, 0) });
}

async function applyTo(cluster: OpenCluster, binding: RoleBinding, controller: ControllerChoice): Promise<void> {
  const { name, namespace } = binding.metadata;
  const known = await findRoleBinding(cluster.connection, binding);
  if (known !== undefined && givesAtLeast(known, binding)) {
    void window.showInformationMessage(`${controller.name} may deploy into '${namespace}' already.`);
    return;
  }
  // One of this name for another Argo CD stays as it is.
  const free = known === undefined ? name : `${name}-${controller.namespace}`;
  await createInCluster(cluster, roleBindings, { ...binding, metadata: { ...binding.metadata, name: free } });
}
