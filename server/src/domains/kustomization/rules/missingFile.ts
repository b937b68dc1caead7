import type { Fix } from "../../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { FixContext, Rule } from "../../../analysis/rule";
import { didYouMean } from "../../../platform/didYouMean";
import { baseName, parentPath, relativePath } from "../../../platform/path";
import type { PathReference } from "../../../workspace/facts";

/** A path that leads nowhere. */
export const missingFile: Rule = {
  code: "kustomization/missing-file",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "The kustomization names a file or directory that is not there.",
    explanation: "Paths are relative to the directory of the kustomization, and globs are not expanded.",
    bad: "#- kustomization.yaml\nresources:\n- deploymnt.yaml\n#- deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n",
    good: "#- kustomization.yaml\nresources:\n- deployment.yaml\n#- deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const { file, start, end } = finding.place;
    const reference = context.snapshot
      .facts(file.path)
      .references.find(({ place }) => start <= place.start && place.end <= end);
    if (document === undefined || reference === undefined) return [];
    const path = pathAt(document, start, end);
    const item = typeof path?.at(-1) === "number" ? path : path?.slice(0, -1);
    return [
      ...nearest(reference, file.path, context),
      ...create(reference),
      ...(item === undefined || item.length === 0 ? [] : removeFix("Remove this entry", document, item)),
    ];
  },
};

/** The file in the same directory whose name is like the missing one. */
function nearest({ target, text, place }: PathReference, from: string, { snapshot }: FixContext): readonly Fix[] {
  if (target === undefined) return [];
  const names = (snapshot.list(parentPath(target)) ?? []).map((name) => name.replace(/\/$/, ""));
  const name = didYouMean(baseName(target), names);
  if (name === undefined) return [];
  const path = relativePath(parentPath(from), `${parentPath(target)}/${name}`);
  const changed = text.startsWith("./") ? `./${path}` : path;
  return [{ title: `Change to '${changed}'`, edits: [{ place, text: changed }], preferred: true }];
}

function create({ target, text, field, expects }: PathReference): readonly Fix[] {
  if (target === undefined || expects === "directory" || !/\.\w+$/.test(target)) return [];
  const content = field === "resources" ? "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: example\n" : "";
  return [{ title: `Create '${text}'`, edits: [], creates: [{ path: target, text: content }] }];
}
