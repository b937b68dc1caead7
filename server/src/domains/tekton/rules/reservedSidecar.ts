import type { Hit, Rule } from "../../../analysis/rule";
import { taskSpecsOf } from "../objects";
import { sample } from "../samples";

/** A sidecar with the name of Tekton's own. */
export const reservedSidecar: Rule = {
  code: "tekton/reserved-sidecar",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task } of taskSpecsOf(context)) {
      for (const { name, nameNode } of task.sidecars) {
        if (name !== "tekton-log-results" || nameNode === undefined) continue;
        const message = "The name `tekton-log-results` belongs to a sidecar of Tekton's own.";
        yield { place: nameNode.origin.place, message, help: "Choose another name." };
      }
    }
  },
  docs: {
    summary: "A sidecar is called `tekton-log-results`.",
    explanation: "Tekton reads results from a sidecar of that name, and its webhook refuses another one.",
    bad: sample(
      "Task",
      "  steps:\n  - image: alpine:3.22\n  sidecars:\n  - name: tekton-log-results\n    image: alpine:3.22\n",
    ),
    good: sample("Task", "  steps:\n  - image: alpine:3.22\n  sidecars:\n  - name: log\n    image: alpine:3.22\n"),
  },
};
