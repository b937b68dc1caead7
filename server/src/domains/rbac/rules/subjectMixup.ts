import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { type Subject, subjectsOf } from "../../../kubernetes/bindings";
import { bindingKinds, rbacObjects } from "../objects";
import { bindingSample } from "../samples";

const sample = (kind: string): string =>
  `#- binding.yaml\n${bindingSample({
    name: "readers",
    role: "ClusterRole view",
    subject: [`kind: ${kind}`, "name: system:serviceaccounts:web"],
  })}`;

/** A subject of one kind whose name is that of another, so that nobody is meant. */
export const subjectMixup: Rule = {
  code: "rbac/subject-mixup",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, bindingKinds)) {
      for (const subject of subjectsOf(node)) {
        const hit = mixupIn(subject);
        if (hit !== undefined) yield hit;
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "The name of a User is that of a group, or the other way round.",
    explanation:
      "Names that begin with `system:` have a meaning: `system:serviceaccount:NAMESPACE:NAME` is a user, `system:serviceaccounts`, `system:authenticated` and `system:masters` are groups. A subject of the wrong kind gives nobody anything.",
    bad: sample("User"),
    good: sample("Group"),
  },
};

/** Names that the API server gives itself. */
const groupName =
  /^system:(?:authenticated|unauthenticated|masters|nodes|bootstrappers|serviceaccounts)(?::|$)|^system:serviceaccounts:/;
const userName = /^system:(?:serviceaccount:|anonymous$|admin$|kube-[\w-]+$)/;

function mixupIn({ kind, name, namespace }: Subject): Hit | undefined {
  if (kind === undefined || name === undefined) return undefined;
  const place = kind.origin.place;
  if (kind.text === "User" && groupName.test(name.text)) {
    const message = `\`${name.text}\` is a group: no user has this name.`;
    return { place, message, help: "Write `kind: Group`.", data: { suggestion: "Group" } };
  }
  if (kind.text === "Group" && userName.test(name.text)) {
    const message = `\`${name.text}\` is a user: no group has this name.`;
    return { place, message, help: "Write `kind: User`.", data: { suggestion: "User" } };
  }
  if (kind.text === "User" && namespace !== undefined) {
    const message = "A User belongs to no namespace; a ServiceAccount may be meant.";
    const help = "Write `kind: ServiceAccount` without `apiGroup`, or remove the namespace.";
    return { place: namespace.origin.place, message, help };
  }
  return undefined;
}
