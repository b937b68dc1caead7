import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { rbacGroup, type Subject, subjectsOf } from "../../../kubernetes/bindings";
import { didYouMean } from "../../../platform/didYouMean";
import { bindingKinds, rbacObjects } from "../objects";

/** A subject that the API server does not take. */
export const invalidSubject: Rule = {
  code: "rbac/invalid-subject",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, bindingKinds)) {
      for (const subject of subjectsOf(node)) {
        const hit = mistakeIn(subject);
        if (hit !== undefined) yield hit;
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A subject of a binding has a kind, API group or name that the API server does not take.",
    explanation:
      'Subjects are ServiceAccounts (of the API group `""`), Users and Groups (of `rbac.authorization.k8s.io`); `apiGroup` may be left out.',
    bad: `#- binding.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- kind: Serviceaccount
  name: reporter
  namespace: web
`,
    good: `#- binding.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- kind: ServiceAccount
  name: reporter
  namespace: web
`,
  },
};

const subjectKinds: readonly string[] = ["ServiceAccount", "User", "Group"];

/** `ValidateRoleBindingSubject` of kubernetes `pkg/apis/rbac/validation`. */
function mistakeIn({ kind, name, apiGroup }: Subject): Hit | undefined {
  if (kind === undefined || [kind, name, apiGroup].some((each) => each && isPlaceholder(each.text))) return undefined;
  if (!subjectKinds.includes(kind.text)) {
    const message = `A subject is a ServiceAccount, a User or a Group, not a ${kind.text}.`;
    return { place: kind.origin.place, message, data: { suggestion: didYouMean(kind.text, subjectKinds) } };
  }
  const isAccount = kind.text === "ServiceAccount";
  if (apiGroup !== undefined && (isAccount || apiGroup.text !== rbacGroup)) {
    const right = isAccount ? '""' : rbacGroup;
    const message = `A ${kind.text} is of the API group \`${right}\`, not \`${apiGroup.text}\`.`;
    return { place: apiGroup.origin.place, message, help: `Write \`${right}\`.`, data: { suggestion: right } };
  }
  if (isAccount && name !== undefined && !accountName.test(name.text)) {
    const namespaced = /^system:serviceaccount:[^:]+:([^:]+)$/.exec(name.text)?.[1];
    const message = `\`${name.text}\` cannot be the name of a ServiceAccount.`;
    const help = namespaced === undefined ? undefined : "Write the name alone, and the namespace beside it.";
    return { place: name.origin.place, message, help, data: { suggestion: namespaced } };
  }
  return undefined;
}

const accountName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
