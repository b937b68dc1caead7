import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { mayBeBrought, wholeObjectsOf } from "../objects";
import { headPlace } from "../places";
import { presentWays, runnablesOf } from "../runnables";
import { sample } from "../samples";

/** A run, or a task of a pipeline, that does not say what it runs. */
export const nothingToRun: Rule = {
  code: "tekton/nothing-to-run",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const object of wholeObjectsOf(context)) {
      for (const { field, ways, what } of runnablesOf(object)) {
        if (presentWays(field.node, ways).length > 0 || getValue(field.node, "<<") !== undefined) continue;
        const [first, second] = ways;
        const place = headPlace(field);
        const help = `Add \`${first}\` or \`${second}\`.`;
        yield { place, message: `${what} does not say what it runs.`, help };
      }
    }
  },
  docs: {
    summary: "A task of a pipeline, or a run, names nothing to run.",
    explanation:
      "It needs a reference, such as `taskRef`, or the thing itself, such as `taskSpec`. Tekton's webhook refuses it without.",
    bad: sample("Pipeline", "  tasks:\n  - name: build\n    params: []\n"),
    good: sample("Pipeline", "  tasks:\n  - name: build\n    taskRef:\n      name: build\n"),
  },
};
