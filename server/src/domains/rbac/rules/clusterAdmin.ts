import type { Hit, Rule } from "../../../analysis/rule";
import type { Subject } from "../../../kubernetes/bindings";
import { deployedBindings } from "../deployedBindings";
import { bindingSample } from "../samples";

const sample = (namespace: string | undefined, role: string): string =>
  `#- binding.yaml\n${bindingSample({
    name: "bot",
    namespace,
    role: `ClusterRole ${role}`,
    subject: ["kind: ServiceAccount", "name: pipeline-bot", "namespace: ci"],
  })}`;

/** A binding to the role that may do everything. */
export const clusterAdmin: Rule = {
  code: "rbac/cluster-admin",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const controllers = context.settings.argocdControllers;
    // Argo CD's controller has a rule of its own; the group of masters may do everything without any binding.
    const isTold = ({ kind, name, namespace }: Subject): boolean =>
      name?.text === "system:masters" ||
      (kind?.text === "ServiceAccount" && controllers.includes(`${namespace?.text}/${name?.text}`));
    for (const { kind, roleRef, subjects } of deployedBindings(context)) {
      if (roleRef.kind?.text !== "ClusterRole" || roleRef.name?.text !== "cluster-admin") continue;
      if (subjects.every(isTold)) continue;
      const isEverywhere = kind === "ClusterRoleBinding";
      const isProgram = subjects.some((subject) => subject.kind?.text === "ServiceAccount" && !isTold(subject));
      yield {
        place: roleRef.name.origin.place,
        message: `This allows everything${isEverywhere ? " in the whole cluster" : " in the namespace, its rights and quotas included"}.`,
        help: isEverywhere ? "Bind a role with what is needed." : "`admin` is enough for most.",
        severity: isEverywhere && isProgram ? undefined : "information",
      };
    }
  },
  docs: {
    summary: "A binding gives `cluster-admin`.",
    explanation:
      "Whoever gets hold of the ServiceAccount owns the cluster. For information only where people get it, or where it counts in one namespace.",
    bad: sample(undefined, "cluster-admin"),
    good: sample("web", "edit"),
  },
};
