import type { PlaceInFile } from "./origin";
import type { DeployingApplication, SourceOfApplication } from "./sourceOfApplication";

/**
 * Request: what a sync would do, in the order in which Argo CD does it, unsaved text included: `SyncPlanParameters` → `SyncPlan | null`. Null
 * when a file is neither an Application nor a kustomization.
 */
export const syncPlanRequest = "gitopsAuthor/syncPlan";

/** Either of the two. */
export interface SyncPlanParameters {
  /** An Application of a cluster. */
  readonly application?: PlannedApplication | undefined;
  /** A file with an Application, a kustomization or its directory, or a rendered document. */
  readonly uri?: string | undefined;
  /** 0-based line in that file, to choose among several documents. */
  readonly line?: number | undefined;
}

/** An Application as a cluster has it, and how it is to be synced. */
export interface PlannedApplication extends DeployingApplication {
  readonly sources: readonly SourceOfApplication[];
  /** Options in force, for example `CreateNamespace=true`. */
  readonly syncOptions: readonly string[];
  readonly prune: boolean;
  /** The revision to sync to, where it is not the one that the source follows. */
  readonly revision?: string | undefined;
  /** Only these; all when absent. */
  readonly chosen?: readonly ObjectKey[] | undefined;
  /** What Argo CD knows to be in the cluster. */
  readonly live: readonly LiveObject[];
}

export interface ObjectKey {
  readonly group?: string | undefined;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface LiveObject extends ObjectKey {
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly status?: string | undefined;
  readonly requiresPruning?: boolean | undefined;
  /** It was made for a sync, and is never pruned. */
  readonly hook?: boolean | undefined;
  readonly syncWave?: number | undefined;
  /** What the object itself says to Argo CD; absent when nobody looked. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

export interface SyncPlan {
  /** What it is of, for example `book-dev` or `config/overlays/dev`. */
  readonly title: string;
  /** In the order in which Argo CD works; empty when nothing could be planned. */
  readonly tasks: readonly SyncPlanTask[];
  /** Sentences on what is left out or may be otherwise. */
  readonly notes: readonly string[];
}

export interface SyncPlanTask {
  readonly phase: "PreSync" | "Sync" | "PostSync" | "SyncFail";
  readonly wave: number;
  readonly group: string;
  readonly kind: string;
  /** Of a hook whose name is made on the spot: its beginning and `…`. */
  readonly name: string;
  /** Where it will be, when that is not the namespace of the destination. */
  readonly namespace?: string | undefined;
  readonly isHook: boolean;
  /** It is deleted, unless it says otherwise. */
  readonly isPrune: boolean;
  /** Of what is deleted, what it says itself: `false`, then it is kept, or `confirm`, then Argo CD waits for a word. */
  readonly pruneOption?: "false" | "confirm" | undefined;
  /** Of what nobody renders: Argo CD does not call the Application out of sync for it. */
  readonly isExtraneous?: boolean | undefined;
  /** When a hook is deleted: `HookSucceeded`, `HookFailed`, `BeforeHookCreation`. */
  readonly deletePolicies: readonly string[];
  /** What Argo CD says of the object in the cluster; `Missing` when there is none. Absent when nobody asked a cluster. */
  readonly status?: string | undefined;
  /** Where it is defined; absent for what no file says. */
  readonly source?: PlaceInFile | undefined;
}
