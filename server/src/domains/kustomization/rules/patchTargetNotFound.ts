import type { Finding, Fix } from "../../../analysis/finding";
import { fixOf } from "../../../analysis/repair";
import type { FixContext, Rule } from "../../../analysis/rule";
import { findNearName } from "../../../kubernetes/nearName";
import { baseName, relativePath } from "../../../platform/path";
import { appendItem } from "../../../yaml/edit";
import { findUnlistedObjects } from "../unlistedManifests";

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

/** Corrects the part of the patch that keeps it from its object, be it written here or in a file; or lists the file of the object. */
function correctPatch(finding: Finding, context: FixContext): readonly Fix[] {
  return [...useNearest(finding), ...listObject(finding, context)];
}

/** Another name may be that of another object, unless it differs by a slip. */
function useNearest({ place, related, data }: Finding): readonly Fix[] {
  const suggestion = data?.["suggestion"];
  const at = data?.["inFile"] === true ? related[0]?.place : place;
  if (typeof suggestion !== "string" || suggestion === "" || at === undefined) return [];
  const name = data?.["part"] === "name" ? data["name"] : undefined;
  const preferred = typeof name !== "string" || findNearName(name, [suggestion]) !== undefined;
  return [{ title: `Change to '${suggestion}'`, edits: [{ place: at, text: suggestion }], preferred }];
}

/** The object is written in a file that nothing lists: the kustomization around that may list it. */
function listObject({ data }: Finding, { snapshot }: FixContext): readonly Fix[] {
  const [group, kind, name] = [data?.["group"], data?.["kind"], data?.["name"]];
  if (typeof group !== "string" || typeof kind !== "string" || typeof name !== "string") return [];
  return findUnlistedObjects(snapshot, { group, kind, name }).flatMap(({ path, kustomization }) => {
    const [document] = snapshot.documents(kustomization.file);
    if (document === undefined) return [];
    const written = relativePath(kustomization.root, path);
    return fixOf(
      `List '${written}' in '${baseName(kustomization.root)}'`,
      document.file,
      appendItem(document, ["resources"], written),
    );
  });
}
