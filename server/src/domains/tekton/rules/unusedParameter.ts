import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { wholeObjectsOf } from "../objects";
import { paramUseOf } from "../paramUse";
import { isPipelinesAsCode } from "../pipelinesAsCode";
import { sample } from "../samples";

/** A parameter that nothing in its Task or Pipeline uses. */
export const unusedParameter: Rule = {
  code: "tekton/unused-parameter",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (isPipelinesAsCode(context.file.path) || context.deployed === "changed") return;
    for (const { task, node } of wholeObjectsOf(context)) {
      for (const { name, nameNode } of paramUseOf(node).unused) {
        if (nameNode === undefined) continue;
        const what = task === undefined ? "Pipeline" : "Task";
        yield {
          place: nameNode.origin.place,
          message: `Nothing in the ${what} uses the parameter \`${name}\`.`,
          help: "Use it, or remove it here and from those who hand it over.",
        };
      }
    }
  },
  docs: {
    summary: "A parameter of a Task or Pipeline is used by nothing in it.",
    explanation:
      "Whoever hands it over believes that it changes something. Parameters may be kept for callers that still have them, so it is only a hint.",
    bad: sample("Task", "  params:\n  - name: verbose\n  steps:\n  - image: alpine:3.22\n    args: [build]\n"),
    good: sample(
      "Task",
      "  params:\n  - name: verbose\n  steps:\n  - image: alpine:3.22\n    args: [$(params.verbose)]\n",
    ),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path === undefined) return [];
    return removeFix("Remove the parameter", document, path.slice(0, -1));
  },
};
