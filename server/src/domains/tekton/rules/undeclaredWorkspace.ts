import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import type { NamedField } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import type { Scalar } from "../../../yaml/node";
import { pipelineSpecsOf, severityOfLack, taskSpecsOf } from "../objects";
import { pipelineSample } from "../samples";

/** A workspace that is used and that the Task or Pipeline around does not declare. */
export const undeclaredWorkspace: Rule = {
  code: "tekton/undeclared-workspace",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const severity = severityOfLack(context);
    for (const { task } of taskSpecsOf(context)) {
      const used = [...task.steps, ...task.sidecars].flatMap(({ workspaces }) => workspaces);
      for (const hit of undeclared(
        used.map(({ nameNode }) => nameNode),
        task.workspaces,
        "Task",
      ))
        yield { ...hit, severity };
    }
    for (const { pipeline, object } of pipelineSpecsOf(context)) {
      // A spec within a run gets the workspaces of the run without declaring them, and Pipelines as Code makes one of the Pipeline.
      if (object.pipeline !== pipeline || context.file.path.includes("/.tekton/")) continue;
      const used = tasksOf(pipeline).flatMap(({ workspaces }) => workspaces);
      const names = used.map(({ workspace }) => workspace);
      for (const hit of undeclared(names, pipeline.workspaces, "Pipeline")) yield { ...hit, severity };
    }
  },
  docs: {
    summary: "A step or task uses a workspace that its Task or Pipeline does not declare.",
    explanation:
      "Tekton's webhook refuses the Task or Pipeline. Where a task leaves `workspace` out, the workspace of the Pipeline has the same name.",
    bad: pipelineSample(
      "    workspaces:\n    - name: source\n      workspace: shered\n  workspaces:\n  - name: shared\n",
    ),
    good: pipelineSample(
      "    workspaces:\n    - name: source\n      workspace: shared\n  workspaces:\n  - name: shared\n",
    ),
  },
  fix: useSuggestion,
};

function* undeclared(
  used: readonly (Scalar | undefined)[],
  declared: readonly NamedField[],
  kind: "Task" | "Pipeline",
): Iterable<Hit> {
  const names = new Set(declared.map(({ name }) => name));
  for (const node of used) {
    if (node === undefined || node.text === "" || names.has(node.text) || isPlaceholder(node.text)) continue;
    const suggestion = didYouMean(node.text, names);
    const meant = suggestion === undefined ? "" : `Did you mean \`${suggestion}\`? `;
    yield {
      place: node.origin.place,
      message: `The ${kind} declares no workspace \`${node.text}\`.`,
      help: `${meant}Every workspace stands under \`spec.workspaces\` of the ${kind}.`,
      data: { suggestion },
    };
  }
}
