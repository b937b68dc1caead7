import type { Hit, Rule } from "../../../analysis/rule";
import { paramCallSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall } from "../comparisons";
import { findMeantName, renameOrRemove } from "../unexpectedNames";

/** A parameter that nobody declares. */
export const unexpectedParameter: Rule = {
  code: "tekton/unexpected-parameter",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      for (const { name, nameNode } of compareCall(call).params.unexpected) {
        if (nameNode === undefined) continue;
        const suggestion = findMeantName(name, callee.params, call.params);
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
  fix: renameOrRemove("parameter"),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
