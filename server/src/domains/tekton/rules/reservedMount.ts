import type { Hit, Rule } from "../../../analysis/rule";
import { namedFieldsAt, scalarAt } from "../../../tekton/field";
import { cleanPath } from "../../../tekton/mountPath";
import { taskSpecsOf } from "../objects";
import { stepSample } from "../samples";

/** A volume where Tekton keeps its own things. */
export const reservedMount: Rule = {
  code: "tekton/reserved-mount",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task } of taskSpecsOf(context)) {
      const shared = task.stepTemplate === undefined ? [] : namedFieldsAt(task.stepTemplate, "volumeMounts");
      for (const { node, name, nameNode } of [...task.steps.flatMap(({ volumeMounts }) => volumeMounts), ...shared]) {
        const path = scalarAt(node, "mountPath");
        const clean = path && cleanPath(path.text);
        if (path !== undefined && clean?.startsWith("/tekton/") && !clean.startsWith("/tekton/home")) {
          const message = "Nothing can be mounted below `/tekton`: Tekton keeps its own files there.";
          yield { place: path.origin.place, message, help: "Choose another path." };
        }
        if (nameNode !== undefined && name.startsWith("tekton-internal-")) {
          const message = "Names of volumes that begin with `tekton-internal-` belong to Tekton.";
          yield { place: nameNode.origin.place, message, help: "Choose another name." };
        }
      }
    }
  },
  docs: {
    summary: "A step mounts a volume below `/tekton`, or one of Tekton's own.",
    explanation: "Tekton's webhook refuses the Task. Only `/tekton/home` may be mounted.",
    bad: stepSample("    volumeMounts:\n    - name: cache\n      mountPath: /tekton/cache\n"),
    good: stepSample("    volumeMounts:\n    - name: cache\n      mountPath: /cache\n"),
  },
};
