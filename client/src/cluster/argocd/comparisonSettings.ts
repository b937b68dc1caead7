import { ApiError } from "../apiError";
import type { KubeObject } from "../kubeObject";
import type { OpenCluster } from "../openClusters";
import type { Application } from "./application";
import { controlNamespaceOf } from "./instances";

/** What of the ConfigMap `argocd-cm` is about what is rendered and compared; the rest may be confidential and stays where it is. */
const wanted =
  /^(?:resource\.(?:customizations|compareoptions)|application\.(?:instanceLabelKey|resourceTrackingMethod)$|kustomize\.buildOptions$)/;

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | null | undefined;
}

/**
 * What the Argo CD that looks after an Application says of comparisons for all of them; nothing when it cannot be read. `home` is where the
 * Application is.
 */
export async function loadComparisonSettings(
  home: Pick<OpenCluster, "connection" | "controlPlanes" | "isServer">,
  application: Application,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const config = await loadArgocdConfig(home, application, signal);
  return config && Object.fromEntries(Object.entries(config).filter(([key]) => wanted.test(key)));
}

/** All that the Argo CD that looks after an Application has in its ConfigMap `argocd-cm`; nothing when it cannot be read. */
export async function loadArgocdConfig(
  home: Pick<OpenCluster, "connection" | "controlPlanes" | "isServer">,
  application: Application,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (home.isServer === true) return undefined;
  const sure = controlNamespaceOf(application, home.controlPlanes);
  const likely = [application.metadata.namespace, ...home.controlPlanes.map(({ namespace }) => namespace)];
  const namespaces = sure === undefined ? likely : [sure];
  for (const namespace of new Set(namespaces)) {
    try {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace ?? "")}/configmaps/argocd-cm`;
      const { data } = await home.connection.get<ConfigMap>({ path, signal });
      return data ?? {};
    } catch (error) {
      if (!(error instanceof ApiError) || signal.aborted) throw error;
    }
  }
  return undefined;
}

/** What a person should know of differences that were found without these settings. */
export const unknownSettings =
  "The ConfigMap argocd-cm cannot be read, so that Argo CD may ignore some of these differences for all Applications (resource.customizations.ignoreDifferences).";
