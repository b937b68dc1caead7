import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { sample } from "../samples";

/** The old and the new way to give a PipelineRun a timeout. */
export const timeoutTwice: Rule = {
  code: "tekton/timeout-twice",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, version, spec } of wholeObjectsOf(context)) {
      // v1 has no `timeout`, as its schema says.
      if (kind !== "PipelineRun" || version !== "v1beta1" || spec === undefined) continue;
      if (!isSet(spec.node, "timeout") || !isSet(spec.node, "timeouts")) continue;
      const message = "`timeout` and `timeouts` exclude each other.";
      yield { place: keyPlace(spec.node, "timeout"), message, help: "Write it as `pipeline` under `timeouts`." };
    }
  },
  docs: {
    summary: "A PipelineRun of v1beta1 has `timeout` and `timeouts`.",
    explanation: "Tekton's webhook refuses it. `timeouts.pipeline` is the new name of `timeout`.",
    bad: sample(
      "PipelineRun",
      "  pipelineRef:\n    name: build\n  timeout: 1h\n  timeouts:\n    tasks: 30m\n",
      "tekton.dev/v1beta1",
    ),
    good: sample(
      "PipelineRun",
      "  pipelineRef:\n    name: build\n  timeouts:\n    pipeline: 1h\n    tasks: 30m\n",
      "tekton.dev/v1beta1",
    ),
  },
  fix: (finding, context) => removeField(finding, context, false),
};
