import { ApiError } from "../apiError";
import type { KubeObject, ResourceType } from "../kubeObject";
import { isFinal } from "../listWatch";
import { type WatchWhereAllowedOptions, watchWhereAllowed } from "../watchWhereAllowed";
import { type ControlPlane, configName, findControlPlanes } from "./instances";

const configMaps: ResourceType = { group: "", version: "v1", plural: "configmaps", namespaced: true };

export interface WatchControlPlanesOptions
  extends Pick<WatchWhereAllowedOptions, "connection" | "namespaces" | "clock" | "signal"> {
  readonly changed: (controlPlanes: readonly ControlPlane[]) => void;
}

/**
 * Looks for Argo CDs as `findControlPlanes` does, and again each time when the configuration of one (its ConfigMap `argocd-cm`) came, changed or went;
 * who may not follow those is told once. Never rejects; ends when the signal is aborted.
 */
export function watchControlPlanes({ changed, ...options }: WatchControlPlanesOptions): void {
  const { connection, namespaces, signal } = options;
  let found: string | undefined;
  const find = async (versions: string): Promise<void> => {
    found = versions;
    try {
      const controlPlanes = await findControlPlanes(connection, namespaces, signal);
      // What was asked for later knows more.
      if (found === versions && !signal.aborted) changed(controlPlanes);
    } catch {
      // The watch tells when the cluster answers again.
      if (found === versions) found = undefined;
    }
  };
  watchWhereAllowed({
    ...{ ...options, type: configMaps, fieldSelector: `metadata.name=${configName}`, metadataOnly: true },
    trim: ({ metadata: { name, namespace, resourceVersion } }) => ({ metadata: { name, namespace, resourceVersion } }),
    changed: ({ objects, state }) => {
      const isAnswered = state === "live" || (state instanceof ApiError && isFinal(state));
      const versions = versionsOf(objects);
      if (isAnswered && versions !== found) void find(versions);
    },
  });
}

function versionsOf(objects: ReadonlyMap<string, KubeObject>): string {
  return JSON.stringify([...objects].map(([key, { metadata }]) => [key, metadata.resourceVersion]).sort());
}
