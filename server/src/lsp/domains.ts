import type { Domain } from "../analysis/domain";
import { argocdDomain } from "../domains/argocd/argocdDomain";
import { coreDomain } from "../domains/core/coreDomain";
import { kustomizationDomain } from "../domains/kustomization/kustomizationDomain";
import { tektonDomain } from "../domains/tekton/tektonDomain";
import { yamlDomain } from "../domains/yaml/yamlDomain";

/** Every domain, for the editor and the command line alike. To add one, write its folder in `domains/` and add one line here. */
export const domains: readonly Domain[] = [kustomizationDomain, coreDomain, argocdDomain, tektonDomain, yamlDomain];
