import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { bindingsOf } from "../controllerRights";
import { bindingText } from "../deployedSamples";

const everywhere = bindingText("book-dev", "cluster-admin")
  .replace("kind: RoleBinding", "kind: ClusterRoleBinding")
  .replace("  namespace: book-dev\n", "");

/** An Argo CD that may do everything. */
export const controllerIsClusterAdmin: Rule = {
  code: "argocd/controller-is-cluster-admin",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const written of context.settings.argocdControllers) {
      const [namespace = "", name = ""] = written.split("/");
      for (const { node, role } of bindingsOf(context, { namespace, name })) {
        if (role !== "cluster-admin" || textOf(getValue(node, "kind")) !== "ClusterRoleBinding") continue;
        const place = (getIn(node, ["roleRef", "name"]) ?? node).origin.place;
        const message =
          "With `cluster-admin`, whoever can write to a repository that Argo CD follows owns the cluster.";
        yield { place, message, help: "Bind `admin` in each namespace that it deploys into." };
      }
    }
  },
  docs: {
    summary: "Argo CD's controller is given `cluster-admin`.",
    explanation:
      "It works, and it makes everybody who may change one of its repositories an administrator of the cluster. A RoleBinding to `admin` in each namespace is enough for most.",
    bad: `#- binding.yaml\n${everywhere}`,
    good: `#- binding.yaml\n${bindingText("book-dev")}`,
  },
};
