import type { Rule } from "../../../analysis/rule";
import { findDuplicateKeys, removalOfFirstTwin } from "../../../yaml/duplicateKeys";

/** The same key twice in one map of a kustomization, which builds. */
export const duplicateKey: Rule = {
  code: "kustomization/duplicate-key",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    for (const { first, again } of findDuplicateKeys(documents[0]?.root)) {
      yield {
        place: again.key.origin.place,
        message: `\`${again.key.text}\` stands twice; only this one counts.`,
        help: "Remove one of the two.",
        related: [{ place: first.key.origin.place, message: "This one does not count." }],
      };
    }
  },
  docs: {
    summary: "A key of the kustomization stands twice in one map.",
    explanation: "Kustomize takes the last one and says nothing about the others.",
    bad: "#- kustomization.yaml\nnamePrefix: a-\nnamePrefix: b-\n",
    good: "#- kustomization.yaml\nnamePrefix: b-\n",
  },
  fix({ place }) {
    const removal = removalOfFirstTwin(place);
    const title = "Remove the first one, which does not count";
    return removal === undefined ? [] : [{ title, edits: [{ place: removal, text: "" }] }];
  },
};
