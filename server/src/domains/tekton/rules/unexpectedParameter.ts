import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { paramCallSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall } from "../comparisons";

/** A parameter that nobody declares. */
export const unexpectedParameter: Rule = {
  code: "tekton/unexpected-parameter",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      const given = new Set(call.params.map(({ name }) => name));
      for (const { name, nameNode } of compareCall(call).params.unexpected) {
        if (nameNode === undefined) continue;
        const free = callee.params.map((each) => each.name).filter((each) => !given.has(each));
        const suggestion = findNearName(name, free);
        const isStep = callee.object?.kind === "StepAction";
        const effect = isStep ? "The run fails with it." : "Tekton ignores it.";
        yield {
          place: nameNode.origin.place,
          message: `${capital(callee.what)} has no parameter \`${name}\`.`,
          help: suggestion === undefined ? `Remove it. ${effect}` : `${effect} Did you mean \`${suggestion}\`?`,
          root: call.root,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "A task, step or run hands over a parameter that is not declared.",
    explanation:
      "Tekton ignores it, so that whatever it should change keeps its default. A StepAction fails the run. Only Tasks and Pipelines that lie in the workspace are looked at.",
    bad: paramCallSample("KUSTOMIZATION_PATH", "    - name: FLGAS\n      value: []\n"),
    good: paramCallSample("KUSTOMIZATION_PATH", "    - name: FLAGS\n      value: []\n"),
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    const remove =
      document === undefined || path === undefined
        ? []
        : removeFix("Remove the parameter", document, path.slice(0, -1));
    return [...useSuggestion(finding, context), ...remove];
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
