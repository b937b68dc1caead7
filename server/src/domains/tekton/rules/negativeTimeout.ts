import type { Hit, Rule } from "../../../analysis/rule";
import { parseDuration } from "../../../tekton/duration";
import { fieldAt, fieldsAt, scalarAt } from "../../../tekton/field";
import { tasksWithin } from "../../../tekton/tektonObject";
import type { Scalar } from "../../../yaml/node";
import { type CheckedTekton, wholeObjectsOf } from "../objects";
import { stepSample } from "../samples";

/** A timeout that was over before it began. */
export const negativeTimeout: Rule = {
  code: "tekton/negative-timeout",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const node of timeoutsOf(object)) {
        if ((parseDuration(node.text) ?? 0) >= 0) continue;
        const message = `A timeout cannot be negative, as \`${node.text}\` is.`;
        yield { place: node.origin.place, message, help: "Write `0s` for no timeout." };
      }
    }
  },
  docs: {
    summary: "A timeout of a step or run is negative.",
    explanation: "Tekton's webhook refuses the object. `0s` stands for no timeout.",
    bad: stepSample("    timeout: -5m\n"),
    good: stepSample("    timeout: 5m\n"),
  },
};

function timeoutsOf(object: CheckedTekton): readonly Scalar[] {
  const { run } = object;
  const steps = tasksWithin(object).flatMap(({ task }) => task.steps);
  const timeouts = run && fieldAt(run, "timeouts");
  const found = [
    ...steps.map(({ node }) => scalarAt(node, "timeout")),
    ...(run === undefined ? [] : [run, ...fieldsAt(run, "taskRunSpecs")]).map(({ node }) => scalarAt(node, "timeout")),
    ...["pipeline", "tasks", "finally"].map((key) => scalarAt(timeouts?.node, key)),
  ];
  return found.flatMap((node) => node ?? []);
}
