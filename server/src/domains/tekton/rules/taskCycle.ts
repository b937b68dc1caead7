import type { Hit, Rule } from "../../../analysis/rule";
import { findCycles } from "../../../tekton/taskGraph";
import { pipelineSpecsOf } from "../objects";
import { pipelineSample } from "../samples";

/** Tasks that wait for each other. */
export const taskCycle: Rule = {
  code: "tekton/task-cycle",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const cycle of findCycles(pipeline.tasks)) {
        const [first, ...rest] = cycle;
        if (first === undefined) continue;
        const names = [...cycle.map(({ task }) => task.name), first.task.name];
        const message =
          rest.length === 0
            ? `The task \`${first.task.name}\` waits for itself.`
            : `The tasks wait for each other: ${names.map((name) => `\`${name}\``).join(" waits for ")}.`;
        const related = rest.map(({ task, on, node }) => ({
          place: node.origin.place,
          message: `Here \`${task.name}\` waits for \`${on}\`.`,
        }));
        yield { place: first.node.origin.place, message, help: "Remove one of the dependencies.", related };
      }
    }
  },
  docs: {
    summary: "Tasks of a pipeline wait for each other in a circle.",
    explanation:
      "A task waits for those in its `runAfter` and for those whose results it uses. Tekton's webhook refuses a Pipeline in which none could start.",
    bad: pipelineSample("    runAfter: [build]\n"),
    good: pipelineSample("    runAfter: [fetch]\n"),
  },
};
