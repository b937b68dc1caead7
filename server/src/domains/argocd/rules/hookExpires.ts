import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { valuesOf } from "../annotations";

/** Within so many seconds, Argo CD may not have seen that a Job is done. */
const tooSoon = 10;

const sample = (lines: string): string =>
  `#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: fill\n  annotations:\n    argocd.argoproj.io/hook: PostSync\nspec:\n${lines}  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: fill\n        image: quay.io/team/fill:v1\n`;

/** A hook that the cluster deletes as soon as it is done. */
export const hookExpires: Rule = {
  code: "argocd/hook-expires",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of valuesOf(context, "argocd.argoproj.io/hook")) {
      const seconds = set.kind === "Job" ? getIn(set.object, ["spec", "ttlSecondsAfterFinished"]) : undefined;
      const text = textOf(seconds);
      if (seconds === undefined || text === undefined || !/^\d+$/.test(text) || Number(text) > tooSoon) continue;
      yield {
        place: seconds.origin.place,
        message: `The cluster deletes this hook ${text === "0" ? "at once" : `${text} seconds`} after it is done, maybe before Argo CD has seen that.`,
        help: "Remove `ttlSecondsAfterFinished`, and delete the hook with `argocd.argoproj.io/hook-delete-policy: HookSucceeded`.",
        detail: "it might have been deleted",
      };
    }
  },
  docs: {
    summary: "A Job that is a hook of Argo CD is deleted within seconds by its `ttlSecondsAfterFinished`.",
    explanation:
      "A hook that is gone before Argo CD has seen how it ended makes the sync fail or start anew. Hooks have a delete policy of their own.",
    bad: sample("  ttlSecondsAfterFinished: 0\n"),
    good: sample("  ttlSecondsAfterFinished: 3600\n"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "ttlSecondsAfterFinished") return [];
    return removeFix("Remove 'ttlSecondsAfterFinished'", document, path);
  },
};
