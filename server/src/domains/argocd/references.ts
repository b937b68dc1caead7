import type { NameReference } from "../../analysis/nameReference";
import { argocdGroup } from "../../argocd/application";

/** The fields of Argo CD's kinds that name other objects. */
export const references: readonly NameReference[] = [
  {
    from: { group: argocdGroup, kinds: ["Application"] },
    path: ["spec", "project"],
    to: { group: argocdGroup, kind: "AppProject" },
    // Projects live beside Argo CD, Applications may live elsewhere.
    namespace: "none",
  },
  {
    from: { group: argocdGroup, kinds: ["Application"] },
    path: ["spec", "destination", "namespace"],
    to: { group: "", kind: "Namespace" },
    namespace: "none",
  },
  {
    from: { group: argocdGroup, kinds: ["ApplicationSet"] },
    path: ["spec", "template", "spec", "project"],
    to: { group: argocdGroup, kind: "AppProject" },
    namespace: "none",
  },
  {
    from: { group: argocdGroup, kinds: ["ApplicationSet"] },
    path: ["spec", "template", "spec", "destination", "namespace"],
    to: { group: "", kind: "Namespace" },
    namespace: "none",
  },
  {
    from: { group: argocdGroup, kinds: ["ApplicationSet"] },
    path: ["spec", "generators", "**", "configMapRef", "name"],
    to: { group: "", kind: "ConfigMap" },
  },
  {
    from: { group: argocdGroup, kinds: ["ApplicationSet"] },
    path: ["spec", "generators", "**", "secretName"],
    to: { group: "", kind: "Secret" },
  },
  {
    from: { group: argocdGroup, kinds: ["ApplicationSet"] },
    path: ["spec", "generators", "**", "clusterDecisionResource", "configMapRef"],
    to: { group: "", kind: "ConfigMap" },
  },
];
