import type { Hit, Rule } from "../../../analysis/rule";
import { parseDuration } from "../../../tekton/duration";
import { type Field, fieldAt, fieldsAt, scalarAt } from "../../../tekton/field";
import type { RunView } from "../../../tekton/run";
import type { Scalar } from "../../../yaml/node";
import { wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** A part of a PipelineRun that may take longer than the whole. */
export const timeoutTooLong: Rule = {
  code: "tekton/timeout-too-long",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { run, kind } of wholeObjectsOf(context)) {
      if (run !== undefined && kind === "PipelineRun") yield* longParts(run);
    }
  },
  docs: {
    summary: "The tasks of a PipelineRun may take longer than the PipelineRun.",
    explanation:
      "`timeouts.tasks` and `timeouts.finally` together fit into `timeouts.pipeline`, and the timeout of one task into theirs; `0s` means no timeout. Tekton's webhook refuses the rest. Without `timeouts.pipeline` the cluster's default counts, an hour unless it is changed; what is longer is a warning.",
    bad: sample("PipelineRun", "  pipelineRef:\n    name: build\n  timeouts:\n    pipeline: 30m\n    tasks: 1h\n"),
    good: sample("PipelineRun", "  pipelineRef:\n    name: build\n  timeouts:\n    pipeline: 2h\n    tasks: 1h\n"),
  },
};

const hour = 3_600_000;

/** Upstream: `validatePipelineTimeout`, `validateTaskRunSpecTimeout`. */
function* longParts(run: RunView): Iterable<Hit> {
  const timeouts = fieldAt(run, "timeouts");
  const pipeline = durationAt(timeouts, "pipeline");
  const isDefault = pipeline === undefined;
  const whole = pipeline?.length ?? hour;
  const limit = isDefault
    ? "an hour, the default of a PipelineRun"
    : `the \`${pipeline.node.text}\` of the PipelineRun`;
  const severity = isDefault ? ("warning" as const) : undefined;
  const help = isDefault ? "Set `timeouts.pipeline`." : "Shorten it, or give the PipelineRun more.";
  const tasks = durationAt(timeouts, "tasks");
  const last = durationAt(timeouts, "finally");
  if (whole !== 0) {
    const over = [tasks, last].flatMap((part) => (part !== undefined && exceeds(part.length, whole) ? [part] : []));
    for (const { node } of over) {
      const message = `\`${node.text}\` is more than ${limit}.`;
      yield { place: node.origin.place, message, help, severity };
    }
    if (over.length === 0 && tasks !== undefined && last !== undefined && tasks.length + last.length > whole) {
      const message = `\`${tasks.node.text}\` and \`${last.node.text}\` together are more than ${limit}.`;
      yield { place: last.node.origin.place, message, help, severity };
    }
  }
  const most = tasks ?? pipeline;
  for (const part of fieldsAt(run, "taskRunSpecs")) {
    const own = durationAt(part, "timeout");
    const length = most?.length ?? hour;
    if (own === undefined || length === 0 || own.length <= length) continue;
    const than = most === undefined ? limit : `the \`${most.node.text}\` of all tasks`;
    const message = `\`${own.node.text}\` is more than ${than}.`;
    yield { place: own.node.origin.place, message, help, severity: most === undefined ? "warning" : undefined };
  }
}

/** `0` means no timeout, which is longer than any. */
function exceeds(part: number, whole: number): boolean {
  return part === 0 || part > whole;
}

function durationAt(
  field: Field | undefined,
  key: string,
): { readonly node: Scalar; readonly length: number } | undefined {
  const node = scalarAt(field?.node, key);
  const length = node && parseDuration(node.text);
  return node === undefined || length === undefined || length < 0 ? undefined : { node, length };
}
