import { ApiError } from "../apiError";
import type { KubeObject, ResourceType } from "../kubeObject";
import { isFinal, type WatchedObjects } from "../listWatch";
import { type WatchWhereAllowedOptions, watchWhereAllowed } from "../watchWhereAllowed";
import { type ControlPlane, configName, findControlPlanes } from "./instances";

const configMaps: ResourceType = { group: "", version: "v1", plural: "configmaps", namespaced: true };

export interface WatchControlPlanesOptions
  extends Pick<WatchWhereAllowedOptions, "connection" | "namespaces" | "clock" | "signal"> {
  readonly changed: (controlPlanes: readonly ControlPlane[]) => void;
}

/** The pauses between looks that failed, in milliseconds; each is twice as long as the one before. */
const shortestPause = 2_000;
const longestPause = 60_000;

/**
 * Looks for Argo CDs as `findControlPlanes` does, and again each time when the configuration of one (its ConfigMap `argocd-cm`) came, changed or went;
 * who may not follow those is told once. A look that failed is tried again, unless it is the sign-in that does. Never rejects; ends when the signal is
 * aborted.
 */
export function watchControlPlanes({ changed, ...options }: WatchControlPlanesOptions): void {
  const { connection, namespaces, clock, signal } = options;
  let found: string | undefined;
  let latest = 0;
  const find = async (versions: string): Promise<void> => {
    found = versions;
    const own = ++latest;
    // What was asked for later knows more.
    const isLatest = (): boolean => latest === own && !signal.aborted;
    for (let pause = shortestPause; isLatest(); pause = Math.min(2 * pause, longestPause)) {
      try {
        const controlPlanes = await findControlPlanes(connection, namespaces, signal);
        if (isLatest()) changed(controlPlanes);
        return;
      } catch (error) {
        if (!isLatest()) return;
        // Whatever the watch tells from now on is a reason to look at once.
        found = undefined;
        if (error instanceof ApiError && error.kind === "signIn") return;
        await clock.sleep(pause, signal);
      }
    }
  };
  watchWhereAllowed({
    ...{ ...options, type: configMaps, fieldSelector: `metadata.name=${configName}`, metadataOnly: true },
    trim: ({ metadata: { name, namespace, resourceVersion } }) => ({ metadata: { name, namespace, resourceVersion } }),
    changed: ({ objects, state }) => {
      const versions = versionsOf(objects);
      if (isAnswered(state) && versions !== found) void find(versions);
    },
  });
}

/** Whether the cluster said what there is, or that it says no such thing to this person. */
function isAnswered(state: WatchedObjects["state"]): boolean {
  return state === "live" || (state instanceof ApiError && isFinal(state) && state.kind !== "signIn");
}

function versionsOf(objects: ReadonlyMap<string, KubeObject>): string {
  return JSON.stringify([...objects].map(([key, { metadata }]) => [key, metadata.resourceVersion]).sort());
}
