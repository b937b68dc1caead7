import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";

const sample = (name: string): string =>
  `#- kustomization.yaml\nreplicas:\n- name: ${name}\n  count: 2\nresources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n`;

/** An entry of `replicas` for a workload that is not there; unlike `images`, it fails the build. */
export const replicasTargetNotFound: Rule = {
  code: "kustomization/replicas-target-not-found",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "No workload has the name of a `replicas` entry.",
    explanation:
      "Deployments, StatefulSets, ReplicaSets and ReplicationControllers are looked at, by their names before prefix and suffix.",
    bad: sample("wbe"),
    good: sample("web"),
  },
  fix: useSuggestion,
};
