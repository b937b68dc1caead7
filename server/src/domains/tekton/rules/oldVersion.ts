import { documentOf, pathAt, rewriteFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { viewTekton } from "../../../tekton/tektonObject";
import { getIn, getValue } from "../../../yaml/node";
import { migrate, obstaclesOf } from "../migration";
import { tektonObjectsOf } from "../objects";
import { sample } from "../samples";

/** The kinds that v1 has, too. */
const kinds: ReadonlySet<string> = new Set(["Task", "Pipeline", "TaskRun", "PipelineRun"]);

/** An object of v1beta1 that could be one of v1. */
export const oldVersion: Rule = {
  code: "tekton/old-version",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of tektonObjectsOf(context)) {
      const version = getValue(object.node, "apiVersion");
      if (object.version !== "v1beta1" || !kinds.has(object.kind) || version === undefined) continue;
      const fields = [...new Set(obstaclesOf(object).map(({ key }) => `\`${key}\``))];
      const help =
        fields.length === 0
          ? "Migrate it to `tekton.dev/v1`."
          : `Replace ${fields.join(", ")} first, then migrate it to \`tekton.dev/v1\`.`;
      const message = `tekton.dev/v1beta1 ${object.kind} is deprecated since Tekton 0.50.`;
      yield { place: version.origin.place, message, help };
    }
  },
  docs: {
    summary: "A Task, Pipeline, TaskRun or PipelineRun is written for `tekton.dev/v1beta1`.",
    explanation:
      "Tekton still takes it, and keeps it as `tekton.dev/v1`. The fix does what Tekton's own conversion does, and keeps comments and order: `resources` of steps become `computeResources`, `serviceAccountName`, `podTemplate` and `timeout` of a PipelineRun move, bundles get a resolver, and fields without a meaning go.",
    bad: sample(
      "Task",
      "  steps:\n  - image: alpine:3.22\n    resources:\n      requests:\n        cpu: 1\n",
      "tekton.dev/v1beta1",
    ),
    good: sample("Task", "  steps:\n  - image: alpine:3.22\n    computeResources:\n      requests:\n        cpu: 1\n"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const at = document && pathAt(document, finding.place.start, finding.place.end)?.slice(0, -1);
    const node = at && getIn(document.root, at);
    const object = node?.kind === "mapping" ? viewTekton(node) : undefined;
    if (document === undefined || at === undefined || object === undefined || obstaclesOf(object).length > 0) return [];
    return rewriteFix("Migrate to 'tekton.dev/v1'", document, migrate(object, at));
  },
};
