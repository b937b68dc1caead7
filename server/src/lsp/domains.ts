import type { Domain } from "../analysis/domain";
import { coreDomain } from "../domains/core/coreDomain";
import { kustomizationDomain } from "../domains/kustomization/kustomizationDomain";
import { yamlDomain } from "../domains/yaml/yamlDomain";

/** Every domain, for the editor and the command line alike. To add one, write its folder in `domains/` and add one line here. */
export const domains: readonly Domain[] = [kustomizationDomain, coreDomain, yamlDomain];
