import type { Finding, Fix } from "../../../analysis/finding";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { addItems } from "../addItems";
import { paramCallSample, taskCallSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall, declaredHere, listOf } from "../comparisons";

/** A parameter without a default that nobody hands over. */
export const missingParameter: Rule = {
  code: "tekton/missing-parameter",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      const { missing } = compareCall(call).params;
      if (missing.length === 0) continue;
      yield {
        place: call.place,
        message: `${call.what} does not hand over ${listOf(missing)}, which ${callee.what} asks for.`,
        help:
          missing.length === 1
            ? "Hand it over, or declare a default: the run fails without."
            : "Hand them over, or declare defaults: the run fails without.",
        detail: "missing values for these params which have no default values",
        related: missing.flatMap((each) => declaredHere(each, callee)),
        root: call.root,
        data: { names: missing.map(({ name }) => name), arrays: arraysAmong(missing), depth: call.depth },
      };
    }
  },
  docs: {
    summary: "A task, step, run or trigger does not hand over a parameter that has no default.",
    explanation:
      "The run fails with `missing values for these params which have no default values` or `ParameterMissing`. Only Tasks and Pipelines that lie in the workspace are looked at.",
    bad: taskCallSample(""),
    good: paramCallSample("KUSTOMIZATION_PATH"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const { names, arrays, depth } = finding.data ?? {};
    if (!Array.isArray(names)) return [];
    const texts = names.filter((name) => typeof name === "string");
    const items = texts.map(
      (name) =>
        new Map([
          ["name", name],
          ["value", Array.isArray(arrays) && arrays.includes(name) ? [] : ""],
        ]),
    );
    const title = `Add ${texts.map((name) => `'${name}'`).join(", ")}`;
    return addItems(finding, context, { title, list: "params", depth, items });
  },
};

function arraysAmong(
  params: readonly { readonly name: string; readonly type: string | undefined }[],
): readonly string[] {
  return params.filter(({ type }) => type === "array").map(({ name }) => name);
}
