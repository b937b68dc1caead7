import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { namedFieldsAt } from "../../../tekton/field";
import { getIn } from "../../../yaml/node";
import { taskSpecsOf } from "../objects";
import { sample } from "../samples";

/** A step that mounts a volume that the Task does not have; a pod template may bring it. */
export const undefinedVolume: Rule = {
  code: "tekton/undefined-volume",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task, object } of taskSpecsOf(context)) {
      const ofRun = [["podTemplate"], ["taskRunTemplate", "podTemplate"]].some(
        (path) => getIn(object.spec?.node, [...path, "volumes"]) !== undefined,
      );
      const names = new Set(task.volumes.map(({ name }) => name));
      const shared = task.stepTemplate === undefined ? [] : namedFieldsAt(task.stepTemplate, "volumeMounts");
      const mounts = [...task.steps, ...task.sidecars].flatMap(({ volumeMounts }) => volumeMounts);
      for (const { name, nameNode } of [...mounts, ...shared]) {
        if (ofRun || nameNode === undefined || names.has(name) || isPlaceholder(name)) continue;
        // Those are not to be mounted at all.
        if (name.startsWith("tekton-internal-")) continue;
        const suggestion = didYouMean(name, names);
        yield {
          place: nameNode.origin.place,
          message: `The Task has no volume \`${name}\`.`,
          help:
            suggestion === undefined
              ? "Add it to `volumes`, unless the pod template of every run brings it."
              : `Did you mean \`${suggestion}\`?`,
          severity: suggestion === undefined ? undefined : "warning",
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "A step mounts a volume that its Task does not have.",
    explanation:
      "Tekton accepts the Task; its pods cannot be made unless the pod template of the run brings the volume. A name that is almost that of a volume is a warning.",
    bad: sample(
      "Task",
      "  volumes:\n  - name: cache\n    emptyDir: {}\n  steps:\n  - image: alpine:3.22\n    volumeMounts:\n    - name: cahce\n      mountPath: /cache\n",
    ),
    good: sample(
      "Task",
      "  volumes:\n  - name: cache\n    emptyDir: {}\n  steps:\n  - image: alpine:3.22\n    volumeMounts:\n    - name: cache\n      mountPath: /cache\n",
    ),
  },
  fix: useSuggestion,
};
