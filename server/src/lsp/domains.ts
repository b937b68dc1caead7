import type { Domain } from "../analysis/domain";
import { argocdDomain } from "../domains/argocd/argocdDomain";
import { coreDomain } from "../domains/core/coreDomain";
import { kustomizationDomain } from "../domains/kustomization/kustomizationDomain";
import { rbacDomain } from "../domains/rbac/rbacDomain";
import { createSettingsDomain } from "../domains/settings/settingsDomain";
import { tektonDomain } from "../domains/tekton/tektonDomain";
import { yamlDomain } from "../domains/yaml/yamlDomain";

/** The domains of what is deployed. To add one, write its folder in `domains/` and add one line here. */
const deployed: readonly Domain[] = [
  kustomizationDomain,
  coreDomain,
  argocdDomain,
  rbacDomain,
  tektonDomain,
  yamlDomain,
];

/** Every domain, for the editor and the command line alike. */
export const domains: readonly Domain[] = [...deployed, createSettingsDomain(deployed)];
