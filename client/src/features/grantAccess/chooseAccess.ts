import { type QuickPickItem, window } from "vscode";
import type { ControllerChoice } from "../../../../server/src/protocol/newObjects";
import { checkNamespace } from "../../cluster/checkNamespace";
import type { AccountChoice } from "./accounts";

const title = "Grant Argo CD Access";

/** The Argo CD, by the service account with which it deploys, or the account in whose name it does. */
export async function chooseController(controllers: readonly AccountChoice[]): Promise<ControllerChoice | undefined> {
  if (controllers.length === 0) {
    throw new Error("No Argo CD is known. Name its service account in the setting gitopsAuthor.argocd.controllers.");
  }
  if (controllers.length === 1) return controllers[0];
  const items = controllers.map((controller): QuickPickItem & { readonly controller: ControllerChoice } => {
    const { namespace, name, why } = controller;
    return { label: namespace, description: name, controller: { namespace, name }, ...(why && { detail: why }) };
  });
  const placeHolder = "Which service account deploys there; the setting gitopsAuthor.argocd.controllers names others";
  return (await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.controller;
}

/** A namespace that is known, or another one. */
export async function chooseNamespace(known: readonly string[]): Promise<string | undefined> {
  const other = "Another namespace…";
  const items = known.length === 0 ? [] : [...known.map((label) => ({ label })), { label: other, alwaysShow: true }];
  const placeHolder = "Into which namespace Argo CD may deploy";
  const chosen = items.length === 0 ? other : (await window.showQuickPick(items, { title, placeHolder }))?.label;
  if (chosen !== other) return chosen;
  return await window.showInputBox({ title, prompt: placeHolder, validateInput: checkNamespace });
}
