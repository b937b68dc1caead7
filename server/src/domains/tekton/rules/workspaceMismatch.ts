import type { Finding, Fix } from "../../../analysis/finding";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { bindingSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall, declaredHere } from "../comparisons";
import { renamePart } from "../renamePart";

/** A workspace under a name that is not declared, while one with a name like it is not bound. */
export const workspaceMismatch: Rule = {
  code: "tekton/workspace-mismatch",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee, ...others] = call.callees;
      for (const { asked, given } of compareCall(call).workspaces.renamed) {
        if (given.nameNode === undefined) continue;
        yield {
          place: given.nameNode.origin.place,
          message: `${call.what} binds the workspace \`${given.name}\`, but ${callee.what} asks for \`${asked.name}\`.`,
          help: `Write \`${asked.name}\` here, or \`${given.name}\` in ${callee.what}. The run fails without, since it is not optional.`,
          detail: "is required but has not been bound",
          severity: others.length === 0 ? undefined : "warning",
          related: declaredHere(asked, callee),
          root: call.root,
          data: { asked: asked.name, given: given.name, object: callee.object },
        };
      }
    }
  },
  docs: {
    summary: "A Task or Pipeline gets a workspace under another name than the one that it asks for.",
    explanation:
      "The run fails, since a workspace that is declared and not optional must be bound. Take the declared name, or rename the declaration with everything that uses it.",
    bad: bindingSample("    workspaces:\n    - name: sources\n      workspace: shared\n"),
    good: bindingSample("    workspaces:\n    - name: source\n      workspace: shared\n"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const { asked, given, object } = finding.data ?? {};
    if (typeof asked !== "string" || typeof given !== "string") return [];
    return [
      { title: `Change to '${asked}'`, edits: [{ place: finding.place, text: asked }], preferred: true },
      ...renamePart({ object, type: "workspace", from: asked, to: given }, context),
    ];
  },
};
