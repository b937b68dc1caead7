import {
  type LiveObject,
  type PlannedApplication,
  type SyncPlan,
  syncPlanRequest,
} from "../../../../server/src/protocol/syncPlan";
import type { Target } from "../../actions/chooseApplication";
import { ApiError } from "../../cluster/apiError";
import { type ManagedResource, sourcesOf } from "../../cluster/argocd/application";
import { loadComparisonSettings } from "../../cluster/argocd/comparisonSettings";
import { toDeploying } from "../../cluster/argocd/deployingApplication";
import { destinationOf } from "../../cluster/argocd/destination";
import { markKey } from "../../cluster/argocd/liveMarks";
import { type SyncOptions, syncOptionsOf } from "../../cluster/argocd/operations";
import { findTracked, isCompared, type TrackedObject } from "../../cluster/argocd/trackedObjects";
import { keyOf } from "../../cluster/kubeObject";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { withProgress } from "../../platform/progress";
import type { MadePlan, PlanSource } from "./planSource";
import { PrunedObjects } from "./prunedObjects";
import { describeTracked, lookAgain } from "./trackedWords";

export interface PlanPorts {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
}

/** What was found in a cluster that Argo CD did not compare, and what is to be known of it. */
interface Found {
  readonly objects: readonly TrackedObject[];
  readonly notes: readonly string[];
  /** What could not be looked up. */
  readonly failures?: readonly string[];
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
  const found: Found = isBlind ? await findInCluster(clusters, target, configuration) : { objects: [], notes: [] };
  const { cluster } = destinationOf(target.application, target.cluster, clusters);
  const connection = cluster?.isServer === true ? undefined : cluster?.connection;
  const pruned = new PrunedObjects(connection, target.application.spec?.destination?.namespace ?? "");
  const make = async (signal: AbortSignal): Promise<MadePlan> => {
    const application = clusters.find(name)?.applications.get(key) ?? target.application;
    const { spec, status } = application;
    const known = status?.resources ?? [];
    const live = isCompared(application) ? known : withoutRepeats([...found.objects, ...known]);
    const planWith = (objects: readonly LiveObject[]): Promise<SyncPlan | null> => {
      const planned: PlannedApplication = {
        ...toDeploying(application, target.cluster.controlPlanes, configuration),
        sources: sourcesOf(spec),
        syncOptions: syncOptionsOf(application, options),
        prune: options.prune === true,
        revision: options.revision,
        chosen: options.resources,
        live: objects,
      };
      return server.request<SyncPlan | null>(syncPlanRequest, { application: planned }, signal);
    };
    pruned.startFor(application);
    const first = await planWith(live);
    const { isKnown, note } = first === null ? { isKnown: false } : await pruned.look(first, live, signal);
    const plan = isKnown ? await planWith(pruned.marked(live)) : first;
    if (plan === null) {
      const why = "The plan could not be made; the output says why.";
      return { title: application.metadata.name, tasks: [], notes: [], failures: [why] };
    }
    const looked: Pick<Found, "notes" | "failures"> = isCompared(application) ? { notes: [] } : found;
    const failures = [...(looked.failures ?? []), ...(note === undefined ? [] : [note])];
    return { ...plan, notes: [...plan.notes, ...looked.notes], failures };
  };
  const title = `Planning the sync of ${target.application.metadata.name}`;
  return {
    application: { cluster: name, key },
    renew: () => {
      const cluster = clusters.find(name) ?? target.cluster;
      const application = cluster.applications.get(key) ?? target.application;
      return planOfApplication({ clusters, server }, { cluster, application }, options);
    },
    // Who gives no signal is a person who waits.
    make: (signal) => (signal === undefined ? withProgress(title, make) : make(signal)),
  };
}

/** What Argo CD said at some time and what is in the cluster overlap; what was looked at counts. */
function withoutRepeats<T extends ManagedResource>(objects: readonly T[]): readonly T[] {
  const byKey = new Map<string, T>();
  for (const each of objects) if (!byKey.has(markKey(each))) byKey.set(markKey(each), each);
  return [...byKey.values()];
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
  try {
    const tracked = await withProgress(`Looking for objects in ${namespace}`, (signal) => {
      const { controlPlanes } = home;
      return findTracked(cluster.connection, application, { controlPlanes, configuration, signal });
    });
    const words = `${why} ${describeTracked(tracked, namespace)}`;
    const { objects, notes } = tracked;
    return tracked.unread.length === 0 ? { objects, notes: [words, ...notes] } : { objects, notes, failures: [words] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const words = `${why} and what it deletes could not be looked up: ${error.message} ${lookAgain}`;
    return { objects: [], notes: [], failures: [words] };
  }
}
