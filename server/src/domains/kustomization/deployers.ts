import type { SourceFile } from "../../yaml/source";

/** An object of Flux that builds a kustomization. Its controller builds without load restrictions, but never outside of its repository. */
const fluxApi = /^[ \t-]*apiVersion:[ \t]*["']?kustomize\.toolkit\.fluxcd\.io\//m;
const kustomizationKind = /^[ \t-]*kind:[ \t]*["']?Kustomization["']?[ \t]*\r?$/m;

/**
 * Argo CD's options, in the ConfigMap `argocd-cm` (`kustomize.buildOptions`, or with a version behind it; in values of its chart and
 * literals of a generator too) and in the resource of the OpenShift GitOps operator (`kustomizeBuildOptions`). The value may
 * stand on the next line.
 */
const argoOption =
  /^[ \t-]*["']?(?:kustomize\.buildOptions(?:\.[\w.-]+)?|kustomizeBuildOptions)["']?[ \t]*[:=][^#\n]*(?:\n[ \t]+[^#\n]*)?--load[-_]restrictor[= ]["']?LoadRestrictionsNone/m;

/** Whether a file makes Flux or Argo CD build kustomizations without load restrictions. A look at the text, since every file is asked. */
export function liftsRestrictions({ text }: SourceFile): boolean {
  if (text.includes("kustomize.toolkit.fluxcd.io/")) {
    if (fluxApi.test(text) && kustomizationKind.test(text)) return true;
  }
  return text.includes("LoadRestrictionsNone") && argoOption.test(text);
}
