import type { Controller } from "../../analysis/controllerBinding";
import { type DeployedObject, deployedObjects } from "../../analysis/deployedObjects";
import type { WorkspaceContext } from "../../analysis/rule";
import { defaultSettings, type Settings } from "../../analysis/settings";
import { meansAccount, rbacGroup, roleRefOf, subjectsOf } from "../../kubernetes/bindings";
import { getIn, type Node, textOf } from "../../yaml/node";

/** A binding that gives the controller something. */
export interface ControllerBinding extends DeployedObject {
  /** The namespace in which it gives it; absent where that is everywhere, or not written. */
  readonly namespace: string | undefined;
  readonly role: string | undefined;
}

/** The label with which the operator of OpenShift GitOps gives an Argo CD rights in a namespace; its value is where that Argo CD is. */
export const managedByLabel = "argocd.argoproj.io/managed-by";

/** Installed with rights in the whole cluster, unless someone says in the settings that it has not. */
const installedForAll = "argocd/argocd-application-controller";

/**
 * The controller that deploys the Applications of a namespace, when it needs rights in every namespace: that of OpenShift GitOps, and those
 * that the settings name.
 */
export function controllerIn(settings: Settings, namespace: string): Controller | undefined {
  const { argocdControllers } = settings;
  const isDefault =
    argocdControllers.length === defaultSettings.argocdControllers.length &&
    argocdControllers.every((each, i) => each === defaultSettings.argocdControllers[i]);
  for (const written of argocdControllers) {
    const [home, name] = written.split("/");
    if (home === namespace && name !== undefined && !(isDefault && written === installedForAll)) {
      return { namespace: home, name };
    }
  }
  return undefined;
}

const known = new WeakMap<WorkspaceContext, Map<string, readonly ControllerBinding[]>>();

/** The bindings of the workspace that give a controller something. */
export function bindingsOf(context: WorkspaceContext, controller: Controller): readonly ControllerBinding[] {
  let byController = known.get(context);
  if (byController === undefined) {
    byController = new Map();
    known.set(context, byController);
  }
  const key = `${controller.namespace}/${controller.name}`;
  let bindings = byController.get(key);
  if (bindings === undefined) {
    bindings = ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
      deployedObjects(context, rbacGroup, kind).flatMap((object): readonly ControllerBinding[] => {
        const written = textOf(getIn(object.node, ["metadata", "namespace"])) || undefined;
        const namespace = kind === "RoleBinding" ? written : undefined;
        if (!subjectsOf(object.node).some((subject) => meansAccount(subject, controller, namespace))) return [];
        return [{ ...object, namespace, role: roleRefOf(object.node)?.name?.text }];
      }),
    );
    byController.set(key, bindings);
  }
  return bindings;
}

/** Every Namespace with what its label says, on two lines. */
const managed = new WeakMap<WorkspaceContext, ReadonlySet<string>>();

/** Whether a Namespace has the label with which the operator gives the controller its rights. */
export function isManagedBy(context: WorkspaceContext, namespace: string, controller: Controller): boolean {
  let labelled = managed.get(context);
  if (labelled === undefined) {
    const objects = deployedObjects(context, "", "Namespace").map(({ node }) => node);
    const keyOf = (node: Node): string =>
      `${textOf(getIn(node, ["metadata", "name"]))}\n${textOf(getIn(node, ["metadata", "labels", managedByLabel]))}`;
    labelled = new Set(objects.map(keyOf));
    managed.set(context, labelled);
  }
  return labelled.has(`${namespace}\n${controller.namespace}`);
}
