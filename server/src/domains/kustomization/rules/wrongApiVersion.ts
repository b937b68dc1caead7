import { replaceFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { fieldProblems } from "./fieldProblems";

/** The apiVersion does not go with the kind. */
export const wrongApiVersion: Rule = {
  code: "kustomization/wrong-api-version",
  severity: "error",
  scope: "document",
  check: fieldProblems("kustomization/wrong-api-version"),
  docs: {
    summary: "The apiVersion of the kustomization does not go with its kind.",
    explanation:
      "A Kustomization has `kustomize.config.k8s.io/v1beta1`, a Component `kustomize.config.k8s.io/v1alpha1`. Either may leave it out.",
    bad: "#- kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\nresources: []\n",
    good: "#- kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n",
  },
  fix(finding) {
    const expected = finding.data?.["expected"];
    return typeof expected === "string" ? [replaceFix(`Change to '${expected}'`, finding, expected)] : [];
  },
};
