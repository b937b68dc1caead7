import type { Hit, Rule } from "../../../analysis/rule";
import { bindingSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall } from "../comparisons";
import { findMeantName, renameOrRemove } from "../unexpectedNames";

/** A workspace that is bound and that nobody declares. */
export const unexpectedWorkspace: Rule = {
  code: "tekton/unexpected-workspace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      for (const { name, nameNode } of compareCall(call).workspaces.unexpected) {
        if (nameNode === undefined) continue;
        const suggestion = findMeantName(name, callee.workspaces, call.workspaces ?? []);
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
  fix: renameOrRemove("workspace"),
};
