import type { Domain } from "../../analysis/domain";
import { isJsonPatch, isObject, mayHoldObjects } from "../../analysis/manifests";
import { isKustomizationName } from "../../kubernetes/kustomizationFileNames";
import { baseName } from "../../platform/path";
import type { SourceDocument } from "../../yaml/document";
import { completeArgocd, mayCompleteArgocd } from "./complete";
import { hoverArgocd } from "./hover";
import { argocdLenses } from "./lenses";
import { references } from "./references";
import { argocdRules } from "./rules/argocdRules";

/** Applications, AppProjects and ApplicationSets, and what annotations of any object tell Argo CD. */
export const argocdDomain: Domain = {
  name: "argocd",
  rules: argocdRules,
  understands: (document) =>
    speaksToArgocd(document) && (isObject(document) || isJsonPatch(document) || isKustomization(document)),
  mayUnderstand: (file) =>
    file.text.includes(mark) && (mayHoldObjects(file) || isKustomizationName(baseName(file.path))),
  readsInlinePatches: true,
  readsDocumentsAlone: true,
  references,
  hover: hoverArgocd,
  lenses: argocdLenses,
  mayComplete: mayCompleteArgocd,
  complete: completeArgocd,
};

/** In the names of its API group and of all its annotations. */
const mark = "argoproj.io";

function speaksToArgocd({ file, start, end }: SourceDocument): boolean {
  return file.text.slice(start, end).includes(mark);
}

/** Its annotations go to all that it builds. */
function isKustomization({ file, root }: SourceDocument): boolean {
  return root?.kind === "mapping" && isKustomizationName(baseName(file.path));
}
