import { knownNames } from "../../../analysis/knownNames";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { isForeignAccount, namedAccounts } from "../accounts";
import { nearName, renderedBeside } from "../deployedBindings";
import { bindingSample } from "../samples";

const sample = (account: string): string => `#- rights.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: pipeline-bot
  namespace: ci
---
${bindingSample({
  name: "bot-may-edit",
  namespace: "ci",
  role: "ClusterRole edit",
  subject: ["kind: ServiceAccount", `name: ${account}`, "namespace: ci"],
})}`;

/** A binding to a ServiceAccount that nobody defines, though those of its namespace are kept here. */
export const serviceAccountNotFound: Rule = {
  code: "rbac/service-account-not-found",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const accounts = knownNames(context, "", "ServiceAccount");
    for (const { binding, name, namespace } of namedAccounts(context)) {
      if (isForeignAccount(name.text) || accounts.has(name.text, namespace)) continue;
      const beside = renderedBeside(context, binding, "", "ServiceAccount");
      // It is in another namespace of this build; that is told by another rule.
      if (beside.some(({ id }) => id.name === name.text)) continue;
      const suggestion = nearName(name.text, accounts.namesIn(namespace));
      const isKeptHere = beside.some(({ id }) => (id.namespace || undefined) === namespace);
      if (suggestion === undefined && !isKeptHere) continue;
      const where = namespace === undefined ? "" : ` in the namespace \`${namespace}\``;
      yield {
        place: name.origin.place,
        message: `No ServiceAccount${where} is called \`${name.text}\`.`,
        help: suggestion === undefined ? "The rights wait until it exists." : `Write \`${suggestion}\`.`,
        severity: suggestion === undefined ? "information" : undefined,
        data: { suggestion },
      };
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A binding gives rights to a ServiceAccount that does not exist.",
    explanation:
      "A warning where the name is close to one that exists; for information where the other ServiceAccounts of the namespace come from the same kustomization. `default`, and those that OpenShift makes in each namespace, always exist.",
    bad: sample("piplinebot"),
    good: sample("pipeline-bot"),
  },
};
