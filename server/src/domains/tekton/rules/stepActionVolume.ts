import type { Hit, Rule } from "../../../analysis/rule";
import { wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** A volume of a StepAction that is not handed over. */
export const stepActionVolume: Rule = {
  code: "tekton/step-action-volume",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { stepAction } of wholeObjectsOf(context)) {
      for (const { name, nameNode } of stepAction?.volumeMounts ?? []) {
        if (nameNode === undefined || /^\$\(params[.[][^()]*\)$/.test(name) || /\{\{|\$\{/.test(name)) continue;
        const message = `The StepAction cannot know a volume \`${name}\`.`;
        const help = "Declare a parameter for the name, and write `$(params.NAME)` here and nothing else.";
        yield { place: nameNode.origin.place, message, help };
      }
    }
  },
  docs: {
    summary: "A StepAction mounts a volume by its name.",
    explanation:
      "Volumes belong to the Task, which hands over their names as parameters. Tekton's webhook refuses any other name.",
    bad: sample(
      "StepAction",
      "  image: alpine:3.22\n  volumeMounts:\n  - name: cache\n    mountPath: /cache\n",
      "tekton.dev/v1beta1",
    ),
    good: sample(
      "StepAction",
      "  params:\n  - name: cache\n  image: alpine:3.22\n  volumeMounts:\n  - name: $(params.cache)\n    mountPath: /cache\n",
      "tekton.dev/v1beta1",
    ),
  },
};
