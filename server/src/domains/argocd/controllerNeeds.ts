import type { Controller } from "../../analysis/controllerBinding";
import type { WorkspaceContext } from "../../analysis/rule";
import { isOwnCluster } from "../../argocd/projectPermission";
import { getIn, type Scalar, textOf } from "../../yaml/node";
import { controllerIn, isManagedBy, managedByLabel } from "./controllerRights";
import { type DeployedApplication, destinationNamespace, projectsNamed } from "./deployedApplications";
import { homeOf } from "./parents";
import { objectsOfApplication, type SourceObject } from "./sourceObjects";

/** A namespace in which a controller needs rights, because an Application deploys into it. */
export interface Need {
  readonly application: DeployedApplication;
  readonly controller: Controller;
  readonly namespace: Scalar;
}

const known = new WeakMap<DeployedApplication, { readonly need: Need | undefined }>();

/** What an Application needs of the rights that nobody gives by themselves; `undefined` when it needs none, or nobody can tell. */
export function findNeed(context: WorkspaceContext, application: DeployedApplication): Need | undefined {
  // An Application belongs to one context, and several rules ask.
  const found = known.get(application) ?? { need: needOf(context, application) };
  known.set(application, found);
  return found.need;
}

function needOf(context: WorkspaceContext, application: DeployedApplication): Need | undefined {
  const { destination, project, syncPolicy } = application.application;
  const namespace = destinationNamespace(application);
  const home = homeOf(context, application);
  if (destination === undefined || namespace === undefined || home === undefined || namespace.text === home)
    return undefined;
  if (!isOwnCluster({ server: destination.server?.text, name: destination.name?.text })) return undefined;
  const controller = controllerIn(context.settings, home);
  if (controller === undefined || isManagedBy(context, namespace.text, controller)) return undefined;
  // Then Argo CD itself labels the namespace that it makes.
  const label = getIn(syncPolicy, ["managedNamespaceMetadata", "labels", managedByLabel]);
  if (textOf(label) === controller.namespace) return undefined;
  if (projectsNamed(context, project?.text ?? "default").some(({ impersonates }) => impersonates)) return undefined;
  const objects = objectsOfApplication(context, application);
  if (objects !== undefined && !objects.some((object) => !isAllowedAnyway(object) && liesIn(object, namespace.text)))
    return undefined;
  return { application, controller, namespace };
}

function liesIn({ namespace, scope }: SourceObject, wanted: string): boolean {
  return scope !== "Cluster" && (namespace === undefined || namespace === wanted);
}

/** Groups that the controller of OpenShift GitOps may manage in the whole cluster, to configure it. */
const configurationGroups: ReadonlySet<string> = new Set([
  "config.openshift.io",
  "console.openshift.io",
  "machine.openshift.io",
  "machineconfiguration.openshift.io",
  "operator.openshift.io",
  "operators.coreos.com",
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "user.openshift.io",
  "argoproj.io",
]);

const configurationKinds: ReadonlySet<string> = new Set([
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ConfigMap",
]);

function isAllowedAnyway({ group, kind }: SourceObject): boolean {
  return group === "" ? configurationKinds.has(kind) : configurationGroups.has(group);
}
