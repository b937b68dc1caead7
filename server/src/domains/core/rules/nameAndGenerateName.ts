import { objectsOf } from "../../../analysis/checkedObjects";
import type { Fix } from "../../../analysis/finding";
import { documentOf, fixOf } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { removeAt } from "../../../yaml/edit";
import { getIn, getValue, type Node } from "../../../yaml/node";

/** `generateName` beside `name` does nothing. */
export const nameAndGenerateName: Rule = {
  code: "core/name-and-generate-name",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, known, partial } of objectsOf(context)) {
      const metadata = getValue(node, "metadata");
      if (known === undefined || partial || metadata?.kind !== "mapping") continue;
      const generated = metadata.entries.find(({ key }) => key.text === "generateName");
      if (generated === undefined || getValue(metadata, "name") === undefined) continue;
      const message = "`generateName` does nothing beside `name`.";
      yield { place: generated.key.origin.place, message, help: isHook(metadata) ? ofHook : "Remove it." };
    }
  },
  docs: {
    summary: "An object has both a `name` and a `generateName`.",
    explanation:
      "The API server takes the name and ignores the other. Kustomize demands a name, so `generateName` is the one to remove. A hook of Argo CD with a fixed name is deleted before the next sync makes it again, unless its `hook-delete-policy` says otherwise.",
    bad: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  generateName: migrate-\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
  },
  fix(finding, context): readonly Fix[] {
    const document = documentOf(finding, context);
    const isOwn = getIn(document?.root, ["metadata", "generateName"]) !== undefined;
    if (document === undefined || !isOwn) return [];
    return fixOf("Remove 'generateName'", document.file, removeAt(document, ["metadata", "generateName"]), true);
  },
};

const ofHook =
  "Remove it: Argo CD deletes a hook of a fixed name before it makes it again (`hook-delete-policy: BeforeHookCreation`, the default).";

function isHook(metadata: Node): boolean {
  return getIn(metadata, ["annotations", "argocd.argoproj.io/hook"]) !== undefined;
}
