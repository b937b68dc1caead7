import { knownNames } from "../../../analysis/knownNames";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { isForeignAccount, namedAccounts } from "../accounts";
import { nearName, renderedBeside } from "../deployedBindings";
import { reporterBinding } from "../samples";

const sample = (namespace: string): string => `#- kustomization.yaml
resources:
- rights.yaml
#- rights.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: reporter
  namespace: reports
---
${reporterBinding(`namespace: ${namespace}`)}`;

/** A subject whose ServiceAccount is deployed beside it, into another namespace. */
export const subjectInOtherNamespace: Rule = {
  code: "rbac/subject-in-other-namespace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const accounts = knownNames(context, "", "ServiceAccount");
    for (const { binding, subject, name, namespace } of namedAccounts(context)) {
      if (namespace === undefined || isForeignAccount(name.text) || accounts.has(name.text, namespace)) continue;
      const beside = renderedBeside(context, binding, "", "ServiceAccount").filter(({ id }) => id.name === name.text);
      const places = new Set(beside.map(({ id }) => id.namespace));
      if (places.size === 0 || places.has("")) continue;
      const [only] = places.size === 1 ? places : [];
      yield {
        place: (subject.namespace ?? name).origin.place,
        message: `The ServiceAccount \`${name.text}\` is deployed into \`${[...places].join("`, `")}\`, not into \`${namespace}\`.`,
        help: only === undefined ? undefined : `Write \`namespace: ${only}\`.`,
        // The same name may well be used in another namespace that is not kept here.
        severity: isSlip(namespace, places) ? undefined : "information",
        data: { suggestion: subject.namespace === undefined ? undefined : only },
      };
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A binding looks for a ServiceAccount in another namespace than the one into which it is deployed.",
    explanation:
      "The rights reach nobody, unless a ServiceAccount of that name is in the other namespace too: so it is a warning only where the namespace is a slip or a placeholder, and for information otherwise. The `namespace` of a kustomization follows into a subject only where the names of both agree before.",
    bad: sample("reprots"),
    good: sample("reports"),
  },
};

/** Words that stand for a namespace that something should have put in. */
const standIns: readonly string[] = ["system", "default", "placeholder", "namespace", "changeme"];

function isSlip(namespace: string, places: ReadonlySet<string>): boolean {
  return standIns.includes(namespace) || nearName(namespace, places) !== undefined;
}
