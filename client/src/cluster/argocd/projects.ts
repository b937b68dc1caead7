import type { SyncWindow } from "../../../../server/src/protocol/syncWindows";
import type { KubeObject, ResourceType } from "../kubeObject";
import type { Application } from "./application";
import type { ControlPlane } from "./instances";

/** AppProjects, in the API. */
export const appProjects: ResourceType = {
  group: "argoproj.io",
  version: "v1alpha1",
  plural: "appprojects",
  namespaced: true,
};

/** A project of Argo CD, as far as we read it. */
export interface AppProject extends KubeObject {
  readonly spec?: { readonly syncWindows?: readonly SyncWindow[] | null | undefined } | undefined;
}

/** An AppProject with nothing but its sync windows. */
export function trimProject({ metadata, spec }: KubeObject): AppProject {
  const { name, namespace, uid, resourceVersion } = metadata;
  const syncWindows = (spec as AppProject["spec"])?.syncWindows;
  return { metadata: { name, namespace, uid, resourceVersion }, spec: { syncWindows } };
}

/**
 * The project of an Application. It is in the namespace of the Argo CD that looks after the Application: where that keeps its configuration,
 * or else beside the Application. Nothing when it is not known.
 */
export function projectOf(
  { metadata, spec }: Application,
  projects: ReadonlyMap<string, AppProject>,
  controlPlanes: readonly ControlPlane[],
): AppProject | undefined {
  const name = spec?.project || "default";
  const beside = projects.get(`${metadata.namespace ?? ""}/${name}`);
  if (beside !== undefined) return beside;
  const others = controlPlanes.map(({ namespace }) => projects.get(`${namespace}/${name}`));
  return others.find((project) => project !== undefined);
}
