import type { Hit, Rule } from "../../../analysis/rule";
import { wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { presentWays, runnablesOf } from "../runnables";
import { pipelineSample } from "../samples";

/** A run, or a task of a pipeline, that says twice what it runs. */
export const severalToRun: Rule = {
  code: "tekton/several-to-run",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { field, ways } of runnablesOf(object)) {
        const [first, second] = presentWays(field.node, ways);
        if (first === undefined || second === undefined) continue;
        const message = `\`${first}\` and \`${second}\` exclude each other.`;
        const related = [{ place: keyPlace(field.node, first), message: `\`${first}\` stands here.` }];
        yield { place: keyPlace(field.node, second), message, help: "Keep one of the two.", related };
      }
    }
  },
  docs: {
    summary: "A task of a pipeline, or a run, has a reference and a specification of what it runs.",
    explanation: "Only one of the two can be meant, so Tekton's webhook refuses both together.",
    bad: pipelineSample("    taskSpec:\n      steps:\n      - image: alpine:3.22\n"),
    good: pipelineSample(""),
  },
};
