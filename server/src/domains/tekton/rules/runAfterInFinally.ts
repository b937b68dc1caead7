import type { Hit, Rule } from "../../../analysis/rule";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { pipelineSample } from "../samples";

/** A task at the end that wants to run after another. */
export const runAfterInFinally: Rule = {
  code: "tekton/run-after-in-finally",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { node, runAfter } of pipeline.finally) {
        if (runAfter.length === 0) continue;
        const message = "A task of `finally` cannot have `runAfter`.";
        const help = "Remove it: these tasks start together when all others have ended.";
        yield { place: keyPlace(node, "runAfter"), message, help };
      }
    }
  },
  docs: {
    summary: "A task of `finally` has a `runAfter`.",
    explanation:
      "The tasks of `finally` run at the same time, after all others. Tekton's webhook refuses an order among them.",
    bad: pipelineSample("  finally:\n  - name: report\n    runAfter: [build]\n    taskRef:\n      name: report\n"),
    good: pipelineSample("  finally:\n  - name: report\n    taskRef:\n      name: report\n"),
  },
  fix: removeField,
};
