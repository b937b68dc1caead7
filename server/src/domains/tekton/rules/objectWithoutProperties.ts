import type { Hit, Rule } from "../../../analysis/rule";
import { scalarAt } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { declaredParams, taskSpecsOf, wholeObjectsOf } from "../objects";
import { valuePlace } from "../places";
import { sample } from "../samples";

/** An object whose keys nobody knows. */
export const objectWithoutProperties: Rule = {
  code: "tekton/object-without-properties",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const help = "Name its keys under `properties`, each with `type: string`.";
    for (const object of wholeObjectsOf(context)) {
      const ofTask = object.task !== undefined || object.stepAction !== undefined;
      for (const { node, name, type } of declaredParams(object)) {
        if (type !== "object" || getValue(node, "properties")?.kind === "mapping") continue;
        const message = `The parameter \`${name}\` is an object without \`properties\`.`;
        // Elsewhere, what a run gives may say the keys.
        yield { place: valuePlace(node, "type"), message, help, severity: ofTask ? undefined : "warning" };
      }
    }
    for (const { task } of taskSpecsOf(context)) {
      for (const { node, name } of [...task.results, ...task.steps.flatMap(({ results }) => results)]) {
        if (scalarAt(node, "type")?.text !== "object" || getValue(node, "properties")?.kind === "mapping") continue;
        const message = `The result \`${name}\` is an object without \`properties\`.`;
        yield { place: valuePlace(node, "type"), message, help };
      }
    }
  },
  docs: {
    summary: "A parameter or result of type `object` does not say its keys.",
    explanation:
      "Tekton's webhook refuses a Task or StepAction with such a parameter, and any Task with such a result.",
    bad: sample("Task", "  params:\n  - name: repository\n    type: object\n  steps:\n  - image: alpine:3.22\n"),
    good: sample(
      "Task",
      "  params:\n  - name: repository\n    type: object\n    properties:\n      url: {type: string}\n  steps:\n  - image: alpine:3.22\n",
    ),
  },
};
