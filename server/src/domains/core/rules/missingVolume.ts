import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue } from "../../../yaml/node";
import { partsOf } from "../parts";
import { podRule } from "./podRule";

/** A container that mounts a volume that its pod does not have. */
export const missingVolume = podRule({
  code: "core/missing-volume",
  severity: "error",
  *check({ node, root, template }): Iterable<Hit> {
    const { definitions, mentions } = partsOf(node);
    const volumes = new Set(definitions.flatMap(({ part }) => (part?.type === "volume" ? [part.name] : [])));
    // A merge key may bring them.
    if (getValue(template.spec, "<<") !== undefined) return;
    for (const { part, place } of mentions) {
      if (part?.type !== "volume" || volumes.has(part.name) || isPlaceholder(part.name)) continue;
      const suggestion = didYouMean(part.name, volumes);
      yield {
        place,
        message: `The pod has no volume \`${part.name}\`.`,
        help: suggestion === undefined ? "Add it to `volumes`." : `Did you mean \`${suggestion}\`?`,
        data: { suggestion },
        // Who deploys it may complete it.
        severity: root === undefined ? "warning" : undefined,
      };
    }
  },
  docs: {
    summary: "A container mounts a volume that its pod does not have.",
    explanation: "The API server refuses the object. The `volumeClaimTemplates` of a StatefulSet are volumes, too.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    volumeMounts:\n    - name: dta\n      mountPath: /data\n  volumes:\n  - name: data\n    emptyDir: {}\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    volumeMounts:\n    - name: data\n      mountPath: /data\n  volumes:\n  - name: data\n    emptyDir: {}\n",
  },
  fix: useSuggestion,
});
