import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { sample } from "../samples";

/** The reason of a status that is not set. */
export const statusMessage: Rule = {
  code: "tekton/status-message",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of wholeObjectsOf(context)) {
      if (spec === undefined || !isSet(spec.node, "statusMessage") || isSet(spec.node, "status")) continue;
      const message = "`statusMessage` gives the reason of a `status`, and there is none.";
      yield { place: keyPlace(spec.node, "statusMessage"), message, help: "Remove it, or set `status`." };
    }
  },
  docs: {
    summary: "A run has a `statusMessage` without `status`.",
    explanation: "Tekton's webhook refuses it. Both are there to cancel a run that exists.",
    bad: sample("TaskRun", "  taskRef:\n    name: build\n  statusMessage: not needed\n"),
    good: sample("TaskRun", "  taskRef:\n    name: build\n  status: TaskRunCancelled\n  statusMessage: not needed\n"),
  },
  fix: removeField,
};
