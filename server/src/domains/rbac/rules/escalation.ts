import type { Severity } from "../../../analysis/finding";
import type { Hit, Rule } from "../../../analysis/rule";
import { rbacGroup } from "../../../kubernetes/bindings";
import type { Scalar } from "../../../yaml/node";
import { includesText, type PolicyRule, rbacObjects, roleKinds, rulesOf } from "../objects";

/** Rights with which one can get more rights. */
export const escalation: Rule = {
  code: "rbac/escalation",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind } of rbacObjects(context, roleKinds)) {
      for (const rule of rulesOf(node)) {
        // What names everything is told as such.
        if (includesText(rule.resources, "*")) continue;
        for (const way of ways) {
          if (way.clusterOnly === true && kind !== "ClusterRole") continue;
          const found = findWay(rule, way);
          if (found === undefined) continue;
          yield {
            place: found.origin.place,
            message: way.message,
            help: way.help ?? "Allow it to those only who may do everything.",
            severity: way.severity,
          };
        }
      }
    }
  },
  docs: {
    summary: "A role allows something with which its holder can get more rights.",
    explanation:
      "Who may read all Secrets, run commands in pods, act as others, bind roles or make tokens of ServiceAccounts has their rights as well. Some controllers need this, so it is for information, and a hint for the Secrets of all namespaces, which most controllers read.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: helper
rules:
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: helper
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [helper-token]
  verbs: [get]
`,
  },
};

interface Way {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly message: string;
  readonly help?: string;
  readonly severity?: Severity;
  /** In one namespace it is ordinary. */
  readonly clusterOnly?: true;
}

const reading = ["get", "list", "watch", "*"];
const writing = ["create", "update", "patch", "*"];

const ways: readonly Way[] = [
  {
    group: "",
    resources: ["secrets"],
    verbs: reading,
    message: "The rule allows reading Secrets, in all namespaces when it is bound so.",
    help: "Where one namespace or certain Secrets are enough, use a Role or `resourceNames`.",
    severity: "hint",
    clusterOnly: true,
  },
  {
    group: "",
    resources: ["pods/exec", "pods/attach"],
    verbs: ["create", "get", "*"],
    message: "The rule allows running commands in pods, with the rights of their ServiceAccounts.",
  },
  {
    group: "",
    resources: ["nodes/proxy"],
    verbs: ["get", "create", "*"],
    message: "The rule allows calling kubelets, past the API server.",
  },
  {
    group: "",
    resources: ["serviceaccounts/token"],
    verbs: ["create", "*"],
    message: "The rule allows making tokens of ServiceAccounts, and so acting as them.",
  },
  {
    group: "",
    resources: ["users", "groups", "serviceaccounts"],
    verbs: ["impersonate"],
    message: "The rule allows acting as somebody else.",
  },
  {
    group: rbacGroup,
    resources: ["roles", "clusterroles"],
    verbs: ["escalate", "*"],
    message: "The rule allows writing roles with rights that the writer does not have.",
  },
  {
    group: rbacGroup,
    resources: ["roles", "clusterroles"],
    verbs: ["bind"],
    message: "The rule allows binding roles with rights that the binder does not have.",
  },
  {
    group: "admissionregistration.k8s.io",
    resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    verbs: writing,
    message: "The rule allows changing webhooks, and so whatever anybody writes.",
  },
];

/** Where a rule opens a way: at the verb when it is the verb that does it, else at the resource. */
function findWay({ apiGroups, resources, verbs, resourceNames }: PolicyRule, way: Way): Scalar | undefined {
  if (resourceNames.length > 0 || !includesText(apiGroups, way.group, "*")) return undefined;
  const verb = verbs.find(({ text }) => way.verbs.includes(text));
  const resource = resources.find(({ text }) => way.resources.includes(text));
  if (verb === undefined || resource === undefined) return undefined;
  return ["impersonate", "bind", "escalate"].includes(verb.text) ? verb : resource;
}
