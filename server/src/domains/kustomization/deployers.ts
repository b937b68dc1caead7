import type { SourceFile } from "../../yaml/source";
import { findFreeBuilds } from "./buildCommands";

/** An object of Flux that builds a kustomization. Its controller builds without load restrictions, but never outside of its repository. */
const fluxApi = /^[ \t-]*apiVersion:[ \t]*["']?kustomize\.toolkit\.fluxcd\.io\//m;
const kustomizationKind = /^[ \t-]*kind:[ \t]*["']?Kustomization["']?[ \t]*\r?$/m;

/**
 * What a file makes others build without load restrictions: the directories that it names, as written, or `true` for all of its
 * repository. Flux does so always. Argo CD does with the option in the ConfigMap `argocd-cm` (`kustomize.buildOptions`, or with a
 * version behind it; in values of its chart too) or in the resource of the OpenShift GitOps operator (`kustomizeBuildOptions`);
 * Makefiles, scripts and workflows of continuous integration do with the flag. A look at the text, since every file is asked.
 */
export function liftsRestrictions({ text }: SourceFile): true | readonly string[] | undefined {
  if (text.includes("kustomize.toolkit.fluxcd.io/") && fluxApi.test(text) && kustomizationKind.test(text)) return true;
  return findFreeBuilds(text);
}
