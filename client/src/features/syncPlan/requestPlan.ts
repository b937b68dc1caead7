import { type SyncPlan, type SyncPlanParameters, syncPlanRequest } from "../../../../server/src/protocol/syncPlan";
import type { Target } from "../../actions/chooseApplication";
import { ApiError } from "../../cluster/apiError";
import { type ManagedResource, sourcesOf } from "../../cluster/argocd/application";
import { loadComparisonSettings } from "../../cluster/argocd/comparisonSettings";
import { toDeploying } from "../../cluster/argocd/deployingApplication";
import { destinationOf } from "../../cluster/argocd/destination";
import { type SyncOptions, syncOptionsOf } from "../../cluster/argocd/operations";
import { findTracked, isCompared } from "../../cluster/argocd/trackedObjects";
import { keyOf } from "../../cluster/kubeObject";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { withProgress } from "../../platform/progress";
import type { PlanSource } from "./planSource";

export interface PlanPorts {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
}

/** What was found in a cluster that Argo CD did not compare, and what is to be known of it. */
interface Found {
  readonly objects: readonly ManagedResource[];
  readonly notes: readonly string[];
}

/**
 * What a sync of an Application would do, with the files of the workspace and the state of the Application as they are whenever it is asked.
 * Where Argo CD has not said what is in the cluster, it is looked up once, for what is pruned.
 */
export async function planOfApplication(
  { clusters, server }: PlanPorts,
  target: Target,
  options: SyncOptions,
): Promise<PlanSource> {
  const { name } = target.cluster.context;
  const key = keyOf(target.application);
  const configuration = await withProgress(`Reading how ${target.application.metadata.name} is rendered`, (signal) =>
    loadComparisonSettings(target.cluster, target.application, signal),
  );
  const isBlind = options.prune === true && !isCompared(target.application);
  const found = isBlind ? await findInCluster(clusters, target, configuration) : { objects: [], notes: [] };
  return {
    application: { cluster: name, key },
    make: async (signal) => {
      const application = clusters.find(name)?.applications.get(key) ?? target.application;
      const { spec, status } = application;
      const parameters: SyncPlanParameters = {
        application: {
          ...toDeploying(application, target.cluster.controlPlanes, configuration),
          sources: sourcesOf(spec),
          syncOptions: syncOptionsOf(application, options),
          prune: options.prune === true,
          revision: options.revision,
          chosen: options.resources,
          live: isCompared(application) ? (status?.resources ?? []) : [...(status?.resources ?? []), ...found.objects],
        },
      };
      const plan = await server.request<SyncPlan | null>(syncPlanRequest, parameters, signal);
      if (plan !== null) return isCompared(application) ? plan : { ...plan, notes: [...plan.notes, ...found.notes] };
      const note = "The plan could not be made; the output says why.";
      return { title: application.metadata.name, tasks: [], notes: [note] };
    },
  };
}

async function findInCluster(
  clusters: OpenClusters,
  { cluster: home, application }: Target,
  configuration: Readonly<Record<string, string>> | undefined,
): Promise<Found> {
  const why = "Argo CD has not compared it,";
  const { cluster, problem } = destinationOf(application, home, clusters);
  const { namespace } = application.spec?.destination ?? {};
  if (cluster === undefined || cluster.isServer === true || !namespace) {
    return { objects: [], notes: [`${why} so what it deletes is not known. ${problem ?? ""}`.trim()] };
  }
  const again = "Ask for the plan again to look once more.";
  try {
    const { objects, unseen, unread } = await withProgress(`Looking for objects in ${namespace}`, (signal) => {
      const { controlPlanes } = home;
      return findTracked(cluster.connection, application, { controlPlanes, configuration, signal });
    });
    const hidden = unseen.length === 0 ? "" : ` You may not list ${unseen.join(", ")} there.`;
    const note = `${why} so what it deletes was looked up in ${namespace}, among the usual kinds.${hidden}`;
    const [first] = unread;
    if (first === undefined) return { objects, notes: [note] };
    const kinds = unread.map(({ kind }) => kind).join(", ");
    return { objects, notes: [note, `Not looked at: ${kinds}. ${first.why} ${again}`] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { objects: [], notes: [`${why} and what it deletes could not be looked up: ${error.message} ${again}`] };
  }
}
