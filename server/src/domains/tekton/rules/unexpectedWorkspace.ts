import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { bindingSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall } from "../comparisons";

/** A workspace that is bound and that nobody declares. */
export const unexpectedWorkspace: Rule = {
  code: "tekton/unexpected-workspace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      const given = new Set((call.workspaces ?? []).map(({ name }) => name));
      for (const { name, nameNode } of compareCall(call).workspaces.unexpected) {
        if (nameNode === undefined) continue;
        const free = callee.workspaces.map((each) => each.name).filter((each) => !given.has(each));
        const suggestion = findNearName(name, free);
        const remedy = suggestion === undefined ? "Remove it." : `Did you mean \`${suggestion}\`?`;
        yield {
          place: nameNode.origin.place,
          message: `There is no workspace \`${name}\` in ${callee.what}.`,
          help: `The run fails with it. ${remedy}`,
          detail: "does not match any declared workspace",
          root: call.root,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "A task or run binds a workspace that the Task does not declare.",
    explanation: "The run fails. Only Tasks that lie in the workspace are looked at.",
    bad: bindingSample(
      "    workspaces:\n    - name: source\n      workspace: shared\n    - name: cache\n      workspace: shared\n",
    ),
    good: bindingSample("    workspaces:\n    - name: source\n      workspace: shared\n"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    const remove =
      document === undefined || path === undefined
        ? []
        : removeFix("Remove the workspace", document, path.slice(0, -1));
    return [...useSuggestion(finding, context), ...remove];
  },
};
