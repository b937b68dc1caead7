import type { Finding, Fix } from "../../../analysis/finding";
import type { Rule } from "../../../analysis/rule";

const sample = (name: string): string =>
  `#- kustomization.yaml\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: ${name}\n    spec:\n      replicas: 3\nresources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n`;

/** A strategic-merge patch that names an object that is not there. */
export const patchTargetNotFound: Rule = {
  code: "kustomization/patch-target-not-found",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "No object matches a patch.",
    explanation:
      "A strategic-merge patch without `target` names its object by apiVersion, kind, name and namespace, before this kustomization's prefix and suffix.",
    bad: sample("wbe"),
    good: sample("web"),
  },
  fix: correctPatch,
};

/** Corrects the part of the patch that keeps it from its object, be it written here or in a file. */
function correctPatch({ place, related, data }: Finding): readonly Fix[] {
  const suggestion = data?.["suggestion"];
  const at = data?.["inFile"] === true ? related[0]?.place : place;
  if (typeof suggestion !== "string" || suggestion === "" || at === undefined) return [];
  return [{ title: `Change to '${suggestion}'`, edits: [{ place: at, text: suggestion }], preferred: true }];
}
