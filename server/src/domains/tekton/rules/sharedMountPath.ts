import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { namedFieldsAt, scalarAt } from "../../../tekton/field";
import { cleanPath, mountPathOf } from "../../../tekton/mountPath";
import type { Place } from "../../../yaml/source";
import { taskSpecsOf } from "../objects";
import { headPlace } from "../places";
import { sample } from "../samples";

/** Two things mounted at one path. */
export const sharedMountPath: Rule = {
  code: "tekton/shared-mount-path",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task } of taskSpecsOf(context)) {
      const taken = new Map<string, Place>();
      const shared = task.stepTemplate === undefined ? [] : namedFieldsAt(task.stepTemplate, "volumeMounts");
      for (const { node } of [...task.steps.flatMap(({ volumeMounts }) => volumeMounts), ...shared]) {
        const path = scalarAt(node, "mountPath");
        if (path !== undefined && !taken.has(cleanPath(path.text))) taken.set(cleanPath(path.text), path.origin.place);
      }
      const names = new Set<string>();
      for (const workspace of task.workspaces) {
        const path = mountPathOf(workspace);
        const place = scalarAt(workspace.node, "mountPath")?.origin.place ?? headPlace(workspace);
        const first = taken.get(path);
        if (first === undefined) taken.set(path, place);
        // The same name twice is told as that.
        else if (!isPlaceholder(path) && !names.has(workspace.name)) {
          const message = `The workspace \`${workspace.name}\` is mounted at \`${path}\`, where something else is mounted already.`;
          const related = [{ place: first, message: "This is mounted there." }];
          yield { place, message, help: "Give it another `mountPath`.", related };
        }
        names.add(workspace.name);
      }
    }
  },
  docs: {
    summary: "A workspace of a Task is mounted where another workspace or a volume is mounted.",
    explanation:
      "Tekton's webhook refuses the Task. Without `mountPath`, a workspace is mounted at `/workspace/` and its name.",
    bad: sample(
      "Task",
      "  workspaces:\n  - name: source\n    mountPath: /src\n  - name: cache\n    mountPath: /src/\n  steps:\n  - image: alpine:3.22\n",
    ),
    good: sample(
      "Task",
      "  workspaces:\n  - name: source\n    mountPath: /src\n  - name: cache\n    mountPath: /cache\n  steps:\n  - image: alpine:3.22\n",
    ),
  },
};
