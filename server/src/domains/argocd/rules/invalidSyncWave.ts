import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { valuesOf } from "../annotations";

const key = "argocd.argoproj.io/sync-wave";

/** A sync wave that is no integer. A number without quotes is told of by `schema/wrong-type`. */
export const invalidSyncWave: Rule = {
  code: "argocd/invalid-sync-wave",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry } of valuesOf(context, key)) {
      const { value } = entry;
      // gitops-engine `syncwaves.Wave`: what Go's `Atoi` does not read counts as no wave.
      if (value.kind !== "scalar" || value.tag !== "str" || /^[+-]?\d+$/.test(value.text)) continue;
      if (isPlaceholder(value.text)) continue;
      const whole = /^\s*([+-]?\d+)(?:\.0*)?\s*$/.exec(value.text)?.[1];
      yield {
        place: value.origin.place,
        message: `\`${value.text}\` is no sync wave: it counts as 0.`,
        help: 'Write a whole number in quotes, for example `"1"` or `"-5"`.',
        data: { whole },
      };
    }
  },
  docs: {
    summary: "The value of `argocd.argoproj.io/sync-wave` is no whole number.",
    explanation: "Argo CD applies the object in wave 0, without a word. Negative waves come before it.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: first\n",
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: "-1"\n',
  },
  fix({ place, data }) {
    const whole = data?.["whole"];
    if (typeof whole !== "string") return [];
    return [{ title: `Change to "${whole}"`, edits: [{ place, text: `"${whole}"` }], preferred: true }];
  },
};
