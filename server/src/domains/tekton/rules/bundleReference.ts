import { documentOf, pathAt, rewriteFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { referenceAt } from "../../../tekton/reference";
import { getIn } from "../../../yaml/node";
import { useBundleResolver } from "../migration";
import { referencesOf, wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { sample } from "../samples";

/** A Task or Pipeline that is fetched from a bundle in the way of former times. */
export const bundleReference: Rule = {
  code: "tekton/bundle-reference",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      if (object.version !== "v1beta1") continue;
      for (const { node, bundle } of referencesOf(object)) {
        if (bundle === undefined || bundle.text === "") continue;
        const message = "Tekton takes no `bundle` in a reference any more.";
        yield { place: keyPlace(node, "bundle"), message, help: "Fetch it with the resolver `bundles`." };
      }
    }
  },
  docs: {
    summary: "A reference of v1beta1 names a `bundle`.",
    explanation: "Tekton's webhook refuses it. The resolver `bundles` fetches the same.",
    bad: sample(
      "TaskRun",
      "  taskRef:\n    name: build\n    bundle: registry.example.com/tasks:1.0\n",
      "tekton.dev/v1beta1",
    ),
    good: sample(
      "TaskRun",
      "  taskRef:\n    resolver: bundles\n    params:\n    - name: bundle\n      value: registry.example.com/tasks:1.0\n    - name: name\n      value: build\n    - name: kind\n      value: task\n",
      "tekton.dev/v1beta1",
    ),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end)?.slice(0, -1);
    const key = path?.at(-1);
    const around = path && getIn(document.root, path.slice(0, -1));
    if (document === undefined || path === undefined || typeof key !== "string" || around?.kind !== "mapping")
      return [];
    const reference = referenceAt({ node: around, path: path.slice(0, -1) }, key);
    const steps = useBundleResolver(reference, key === "pipelineRef" ? "pipeline" : "task", []);
    return steps.length === 0 ? [] : rewriteFix("Use the resolver 'bundles'", document, steps);
  },
};
