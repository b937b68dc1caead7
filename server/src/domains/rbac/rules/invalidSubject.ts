import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { rbacGroup, type Subject, subjectsOf } from "../../../kubernetes/bindings";
import { bindingKinds, rbacObjects } from "../objects";
import { bindingSample } from "../samples";

const sample = (...group: readonly string[]): string =>
  `#- binding.yaml\n${bindingSample({
    name: "readers",
    namespace: "web",
    role: "ClusterRole view",
    subject: ["kind: ServiceAccount", ...group, "name: reporter", "namespace: web"],
  })}`;

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
    summary: "A subject of a binding has an API group or a name that the API server does not take for its kind.",
    explanation:
      'Subjects are ServiceAccounts (of the API group `""`), Users and Groups (of `rbac.authorization.k8s.io`); `apiGroup` may be left out.',
    bad: sample("apiGroup: rbac.authorization.k8s.io"),
    good: sample(),
  },
};

const subjectKinds: readonly string[] = ["ServiceAccount", "User", "Group"];

/** `ValidateRoleBindingSubject` of kubernetes `pkg/apis/rbac/validation`. */
function mistakeIn({ kind, name, apiGroup }: Subject): Hit | undefined {
  if (kind === undefined || [kind, name, apiGroup].some((each) => each && isPlaceholder(each.text))) return undefined;
  // The schema tells of other kinds.
  if (!subjectKinds.includes(kind.text)) return undefined;
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
