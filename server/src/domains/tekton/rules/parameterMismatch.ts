import type { Finding, Fix } from "../../../analysis/finding";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { paramCallSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall, declaredHere } from "../comparisons";
import { paramUseOf } from "../paramUse";
import { renamePart } from "../renamePart";

/** A parameter under a name that is not declared, while one with a name like it is missing. */
export const parameterMismatch: Rule = {
  code: "tekton/parameter-mismatch",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee, ...others] = call.callees;
      for (const { asked, given } of compareCall(call).params.renamed) {
        // Where the Task itself uses the name of the caller, the slip is in the Task, and told there.
        const isInside =
          callee.node !== undefined && paramUseOf(callee.node).slips.some(({ used }) => used.name === given.name);
        if (given.nameNode === undefined || isInside) continue;
        yield {
          place: given.nameNode.origin.place,
          message: `${call.what} hands over \`${given.name}\`, but ${callee.what} asks for \`${asked.name}\`.`,
          help: `Write \`${asked.name}\` here, or \`${given.name}\` in ${callee.what}. The run fails without, since it has no default.`,
          detail: "missing values for these params which have no default values",
          // Where several could be meant, the one that is meant may be elsewhere.
          severity: others.length === 0 ? undefined : "warning",
          related: declaredHere(asked, callee),
          root: call.root,
          data: { asked: asked.name, given: given.name, object: callee.object },
        };
      }
    }
  },
  docs: {
    summary: "A Task or Pipeline gets a parameter under another name than the one that it asks for.",
    explanation:
      "Tekton ignores parameters that are not declared, and fails the run for want of those that are declared without a default. Both together are one slip: the fix takes the declared name, or gives the declaration, and everything that uses it, the name of the caller.",
    bad: paramCallSample("KUSTOMIZE_PATH"),
    good: paramCallSample("KUSTOMIZATION_PATH"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const { asked, given, object } = finding.data ?? {};
    if (typeof asked !== "string" || typeof given !== "string") return [];
    return [
      { title: `Change to '${asked}'`, edits: [{ place: finding.place, text: asked }], preferred: true },
      ...renamePart({ object, type: "param", from: asked, to: given }, context),
    ];
  },
};
