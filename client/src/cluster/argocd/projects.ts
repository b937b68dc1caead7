import type { SyncWindow } from "../../../../server/src/protocol/syncWindows";
import { type KubeObject, keyOf, type ResourceType } from "../kubeObject";
import type { Application } from "./application";
import { type ControlPlane, controlNamespaceOf } from "./instances";

/** AppProjects, in the API. */
export const appProjects: ResourceType = {
  group: "argoproj.io",
  version: "v1alpha1",
  plural: "appprojects",
  namespaced: true,
};

/** A project of Argo CD, as far as we read it. */
export interface AppProject extends KubeObject {
  readonly spec?:
    | {
        readonly syncWindows?: readonly SyncWindow[] | null | undefined;
        readonly destinationServiceAccounts?: readonly DestinationServiceAccount[] | null | undefined;
      }
    | undefined;
}

/** The service account in whose name Argo CD deploys to the destinations that the globs name. */
interface DestinationServiceAccount {
  readonly server?: string | undefined;
  readonly namespace?: string | undefined;
  /** `name`, then it is in the namespace of the destination, or `namespace:name`. */
  readonly defaultServiceAccount?: string | undefined;
}

/** An AppProject with nothing but its sync windows and service accounts. */
export function trimProject({ metadata, spec }: KubeObject): AppProject {
  const { name, namespace, uid, resourceVersion } = metadata;
  const { syncWindows, destinationServiceAccounts } = (spec as AppProject["spec"]) ?? {};
  const kept = { syncWindows, ...(destinationServiceAccounts && { destinationServiceAccounts }) };
  return { metadata: { name, namespace, uid, resourceVersion }, spec: kept };
}

/**
 * The project of an Application. It is in the namespace of the Argo CD that looks after the Application; where nobody lets us find that, the one
 * beside the Application counts. Nothing when it is not known.
 */
export function projectOf(
  application: Application,
  projects: ReadonlyMap<string, AppProject>,
  controlPlanes: readonly ControlPlane[],
): AppProject | undefined {
  return projects.get(keyOf({ metadata: projectPlace(application, controlPlanes) }));
}

/** Where the project of an Application is, as far as it is known. */
export function projectPlace(
  application: Application,
  controlPlanes: readonly ControlPlane[],
): { readonly namespace: string; readonly name: string } {
  const { metadata, spec } = application;
  const namespace = controlNamespaceOf(application, controlPlanes) ?? metadata.namespace ?? "";
  return { namespace, name: spec?.project || "default" };
}
