import { Uri, window } from "vscode";
import { type OverlayGraph, overlaysRequest } from "../../../server/src/protocol/overlays";
import {
  type PreviewTarget,
  type PreviewTargetsParams,
  previewTargetsRequest,
  renderedScheme,
} from "../../../server/src/protocol/rendered";
import type { LanguageServer } from "../languageClient";
import { isKustomizationFile } from "../ourDocuments";

/** A kustomization that a command is about. */
export interface ChosenKustomization {
  /** URI of its directory. */
  readonly root: string;
  /** Its path for people. */
  readonly label: string;
}

/**
 * The kustomization that a command is about: that of the row, the file or the preview on which it was called, or else one that the person
 * picks. Nothing when they change their mind. Throws, for the person, when there is none.
 */
export async function chooseKustomization(
  server: LanguageServer,
  argument: unknown,
  title: string,
): Promise<ChosenKustomization | undefined> {
  const row = rowOf(argument);
  if (row !== undefined) return row;
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  const isOurs = uri?.scheme === renderedScheme || (uri?.scheme === "file" && isKustomizationFile(uri.path));
  const targets = isOurs && uri !== undefined ? await targetsOf(server, uri) : await allTargets(server);
  const [best] = targets;
  if (best === undefined) throw new Error("This workspace holds no kustomization.");
  if (isOurs || targets.length === 1) return { root: best.root, label: best.label };
  const items = targets.map(({ root, label }) => ({ label: `$(layers) ${label}`, chosen: { root, label } }));
  return (await window.showQuickPick(items, { title, placeHolder: "Which overlay?" }))?.chosen;
}

function rowOf(argument: unknown): ChosenKustomization | undefined {
  if (typeof argument !== "object" || argument === null || !("kustomization" in argument)) return undefined;
  const { root, label } = argument.kustomization as Partial<ChosenKustomization>;
  return typeof root === "string" && typeof label === "string" ? { root, label } : undefined;
}

function targetsOf(server: LanguageServer, uri: Uri): Promise<readonly PreviewTarget[]> {
  const parameters: PreviewTargetsParams = { uri: uri.toString() };
  return server.request(previewTargetsRequest, parameters);
}

/** Overlays first: they are what is deployed. */
async function allTargets(server: LanguageServer): Promise<readonly ChosenKustomization[]> {
  const { kustomizations } = await server.request<OverlayGraph>(overlaysRequest);
  const builds = kustomizations.filter((each) => each.kind === "Kustomization");
  return [...builds].sort((a, b) => Number(b.role === "overlay") - Number(a.role === "overlay"));
}
