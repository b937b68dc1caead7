import { Range, Uri, window, workspace } from "vscode";
import {
  type ObjectDefinition,
  type ObjectDefinitionsParameters,
  objectDefinitionsRequest,
} from "../../../../server/src/protocol/objectDefinitions";
import { chooseApplication } from "../../actions/chooseApplication";
import { applications } from "../../cluster/argocd/application";
import { toLiveApplication } from "../../cluster/argocd/liveApplication";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";

/**
 * Opens the file of the workspace that defines an Application, or else the kustomization that it deploys; asks which when there are
 * several. Throws when there is none.
 */
export async function revealInEditor(
  { clusters, server }: { readonly clusters: OpenClusters; readonly server: LanguageServer },
  argument: unknown,
): Promise<void> {
  const target = await chooseApplication(clusters, argument);
  if (target === undefined) return;
  const { name, namespace } = target.application.metadata;
  const { sources } = toLiveApplication(target.application);
  const parameters: ObjectDefinitionsParameters = {
    ...{ group: applications.group, kind: "Application", name, namespace, sources },
  };
  const found = await server.request<readonly ObjectDefinition[]>(objectDefinitionsRequest, parameters);
  if (found.length === 0) {
    throw new Error(
      `No file of this workspace defines the Application '${name}', and its source is not in this workspace.`,
    );
  }
  const place = found.length === 1 ? found[0] : await choosePlace(found);
  if (place === undefined) return;
  const { start, end } = place.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(Uri.parse(place.uri, true), { selection });
}

async function choosePlace(found: readonly ObjectDefinition[]): Promise<ObjectDefinition | undefined> {
  const items = found.map((place) => {
    const label = workspace.asRelativePath(Uri.parse(place.uri, true));
    return { label, description: `line ${place.range.start.line + 1}`, place };
  });
  return (await window.showQuickPick(items, { placeHolder: "Several files define it; choose one" }))?.place;
}
