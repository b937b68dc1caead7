import { isFullyKnown } from "../../analysis/deployedObjects";
import { isPlaceholder } from "../../analysis/placeholders";
import type { WorkspaceContext } from "../../analysis/rule";
import type { Subject } from "../../kubernetes/bindings";
import type { Scalar } from "../../yaml/node";
import { type DeployedBinding, deployedBindings } from "./deployedBindings";

/** A ServiceAccount that a binding names. */
export interface NamedAccount {
  readonly binding: DeployedBinding;
  readonly subject: Subject;
  readonly name: Scalar;
  /** The namespace in which it is looked for: its own, or else that of the binding. */
  readonly namespace: string | undefined;
}

/** The ServiceAccounts that bindings name, of bindings that are deployed with nothing unknown beside them. */
export function* namedAccounts(context: WorkspaceContext): Iterable<NamedAccount> {
  for (const binding of deployedBindings(context)) {
    if (!isFullyKnown(context, binding)) continue;
    for (const subject of binding.subjects) {
      const { kind, name, namespace } = subject;
      if (kind?.text !== "ServiceAccount" || name === undefined) continue;
      if (isPlaceholder(name.text) || isPlaceholder(namespace?.text ?? "")) continue;
      yield { binding, subject, name, namespace: namespace?.text ?? binding.namespace };
    }
  }
}

/** ServiceAccounts that Kubernetes, OpenShift or an operator makes: those of each namespace, and those of Argo CD's instances. */
export function isForeignAccount(name: string): boolean {
  return ["default", "builder", "deployer", "pipeline"].includes(name) || /(?:^|-)argocd-/.test(name);
}
