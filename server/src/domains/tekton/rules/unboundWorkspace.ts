import type { Finding, Fix } from "../../../analysis/finding";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { addItems } from "../addItems";
import { bindingSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall, declaredHere, listOf } from "../comparisons";

/** A workspace that must be bound and is not. */
export const unboundWorkspace: Rule = {
  code: "tekton/unbound-workspace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      const { missing } = compareCall(call).workspaces;
      if (missing.length === 0) continue;
      const them = missing.length === 1 ? "it" : "them";
      yield {
        place: call.place,
        message: `${call.what} does not bind ${listOf(missing)}, which ${callee.what} asks for.`,
        help: `Bind ${them}, or declare ${them} as optional: the run fails without.`,
        detail: "is required but has not been bound",
        related: missing.flatMap((each) => declaredHere(each, callee)),
        root: call.root,
        data: { names: missing.map(({ name }) => name), depth: call.depth },
      };
    }
  },
  docs: {
    summary: "A task or run does not bind a workspace that is not optional.",
    explanation: "The run fails. Bind the workspace, or declare it with `optional: true`.",
    bad: bindingSample(""),
    good: bindingSample("    workspaces:\n    - name: source\n      workspace: shared\n"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const { names, depth } = finding.data ?? {};
    // A run has to choose a volume, which nobody can guess.
    if (!Array.isArray(names) || depth !== 1) return [];
    const texts = names.filter((name) => typeof name === "string");
    const title = `Bind ${texts.map((name) => `'${name}'`).join(", ")}`;
    const items = texts.map(
      (name) =>
        new Map([
          ["name", name],
          ["workspace", name],
        ]),
    );
    return addItems(finding, context, { title, list: "workspaces", depth, items });
  },
};
