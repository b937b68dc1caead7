import type { Hit, Rule } from "../../../analysis/rule";
import { scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { wholeObjectsOf } from "../objects";
import { isPipelinesAsCode } from "../pipelinesAsCode";
import { pipelineSample } from "../samples";

/** A workspace that nothing in its Task or Pipeline uses. */
export const unusedWorkspace: Rule = {
  code: "tekton/unused-workspace",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (isPipelinesAsCode(context.file.path) || context.deployed === "changed") return;
    for (const { task, pipeline, node } of wholeObjectsOf(context)) {
      const { start, end } = node.origin.place;
      const text = context.file.text.slice(start, end);
      const bound = new Set(
        [
          ...(pipeline === undefined ? [] : tasksOf(pipeline).flatMap(({ workspaces }) => workspaces)).map(
            ({ workspace }) => workspace?.text,
          ),
          ...(task === undefined ? [] : [...task.steps, ...task.sidecars].flatMap(({ workspaces }) => workspaces)).map(
            ({ name }) => name,
          ),
        ].filter((name) => name !== undefined),
      );
      for (const workspace of (task ?? pipeline)?.workspaces ?? []) {
        const { name, nameNode } = workspace;
        if (nameNode === undefined || name === "" || bound.has(name)) continue;
        // A Task may also know its workspaces by the folders in which they are mounted.
        const folder = scalarAt(workspace.node, "mountPath")?.text;
        if (folder !== undefined || text.includes(`workspaces.${name}`) || text.includes(`/workspace/${name}`))
          continue;
        if (new RegExp(`workspaces\\[\\\\?["']${name.replace(/[^\w-]/g, "\\$&")}`).test(text)) continue;
        const what = task === undefined ? "Pipeline" : "Task";
        const message = `Nothing in the ${what} uses the workspace \`${name}\`.`;
        yield { place: nameNode.origin.place, message, help: "Use it, or remove it here and from those who bind it." };
      }
    }
  },
  docs: {
    summary: "A workspace of a Task or Pipeline is used by nothing in it.",
    explanation:
      "Every run has to bind it all the same. Credentials that a Task finds in their place without naming it are the exception: say their `mountPath`.",
    bad: pipelineSample("  workspaces:\n  - name: cache\n"),
    good: pipelineSample("    workspaces:\n    - name: cache\n  workspaces:\n  - name: cache\n"),
  },
};
