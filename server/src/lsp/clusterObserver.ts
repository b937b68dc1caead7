import { applicationsHere } from "../analysis/liveApplications";
import { liveApplications, silentClusters, withNews, withSilence } from "../observations/liveApplications";
import type { ObservationStore } from "../observations/observations";
import type { Clock } from "../platform/clock";
import type { ClusterObservation } from "../protocol/observe";
import { type ClusterSchemas, clusterSource } from "../schema/clusterSchemas";
import type { Workspace } from "../workspace/workspace";

export interface ClusterObserverOptions {
  readonly workspace: Workspace;
  readonly observations: ObservationStore;
  readonly clock: Clock;
  /** Called when Applications changed that have to do with the workspace. */
  readonly applicationsChanged: () => void;
}

/** How long news are collected before anybody is told, in milliseconds: those of thousands of Applications come in many messages. */
const settling = 200;

/** Takes in what the client sees in clusters, and tells when it means something for the workspace. */
export class ClusterObserver {
  private isScheduled = false;
  private schemas: ClusterSchemas = new Map();
  /** What was known when somebody was last told. */
  private told: readonly unknown[] = [];

  constructor(private readonly options: ClusterObserverOptions) {}

  /** News of a context. */
  observe(news: ClusterObservation): void {
    this.observeSchemas(news);
    const { observations, clock } = this.options;
    const before = observations.current;
    observations.put(liveApplications, withNews(before.of(liveApplications), news));
    observations.put(silentClusters, withSilence(before.of(silentClusters), news));
    if (this.isScheduled || observations.current === before) return;
    this.isScheduled = true;
    clock.after(settling, () => this.tell());
  }

  /** They become part of the snapshots, where all that asks for schemas finds them. */
  private observeSchemas({ cluster, reset = false, schemas = [] }: ClusterObservation): void {
    const before = this.schemas.get(cluster);
    if (schemas.length === 0 && (!reset || before === undefined)) return;
    const told = new Map([
      ...(reset ? [] : (before ?? [])),
      ...schemas.map((each) => [each.apiVersion, each] as const),
    ]);
    const after = new Map(this.schemas);
    if (told.size === 0) after.delete(cluster);
    else after.set(cluster, told);
    this.schemas = after;
    this.options.workspace.setSchemas({ cluster: clusterSource(after) });
  }

  /** Of thousands of Applications few have to do with the workspace: the others cost nobody anything. */
  private tell(): void {
    this.isScheduled = false;
    const { workspace, observations, applicationsChanged } = this.options;
    const silent = observations.current.of(silentClusters);
    const here = applicationsHere(workspace.snapshot, observations.current).flatMap(({ cluster, live }) => [
      cluster,
      live,
    ]);
    const now = [silent, ...here];
    if (now.length === this.told.length && now.every((each, i) => each === this.told[i])) return;
    this.told = now;
    applicationsChanged();
  }
}
