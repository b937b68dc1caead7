import { objectsOf } from "../../../analysis/checkedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { getIn } from "../../../yaml/node";
import { secretTypes } from "../vocabulary";
import { wordHit } from "../words";

const secret = (type: string): string =>
  `#- a.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  labels:\n    argocd.argoproj.io/secret-type: ${type}\n`;

/** A Secret for Argo CD of a type that Argo CD does not look for. */
export const unknownSecretType: Rule = {
  code: "argocd/unknown-secret-type",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of objectsOf(context)) {
      const type = getIn(node, ["metadata", "labels", "argocd.argoproj.io/secret-type"]);
      if (type?.kind !== "scalar" || type.tag !== "str" || isPlaceholder(type.text)) continue;
      if (secretTypes.some(({ word }) => word === type.text)) continue;
      const message = `Argo CD looks for no Secrets of the type \`${type.text}\`.`;
      yield wordHit({ text: type.text, place: type.origin.place }, secretTypes, message);
    }
  },
  docs: {
    summary: "The label `argocd.argoproj.io/secret-type` has a value that Argo CD does not know.",
    explanation: "Argo CD finds clusters, repositories and credentials by this label, and does not see the Secret.",
    bad: secret("repositories"),
    good: secret("repository"),
  },
  fix: useSuggestion,
};
