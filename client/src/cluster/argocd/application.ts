import type { SourceOfApplication } from "../../../../server/src/protocol/sourceOfApplication";
import { type KubeObject, pathOf, type ResourceType } from "../kubeObject";

/** Applications, in the API. */
export const applications: ResourceType = {
  group: "argoproj.io",
  version: "v1alpha1",
  plural: "applications",
  namespaced: true,
};

/** An Application of Argo CD, as far as we read it. What a cluster holds may lack anything. */
export interface Application extends KubeObject {
  readonly spec?: ApplicationSpec | undefined;
  readonly status?: ApplicationStatus | undefined;
  /** What the controller is asked to do, or is doing. */
  readonly operation?: Operation | undefined;
}

export interface ApplicationSpec {
  readonly project?: string | undefined;
  readonly source?: SourceOfApplication | undefined;
  readonly sources?: readonly SourceOfApplication[] | undefined;
  readonly destination?:
    | {
        readonly server?: string | undefined;
        readonly name?: string | undefined;
        readonly namespace?: string | undefined;
      }
    | undefined;
  readonly syncPolicy?:
    | {
        readonly automated?: AutomatedSync | null | undefined;
        readonly syncOptions?: readonly string[] | undefined;
        readonly retry?: unknown;
      }
    | undefined;
}

export interface AutomatedSync {
  readonly prune?: boolean | undefined;
  readonly selfHeal?: boolean | undefined;
  /** Absent means true; known since Argo CD 3.1. */
  readonly enabled?: boolean | undefined;
}

export interface ApplicationStatus {
  readonly sync?:
    | {
        readonly status?: string | undefined;
        readonly revision?: string | undefined;
        /** Of each source, where there are several. */
        readonly revisions?: readonly string[] | undefined;
      }
    | undefined;
  readonly health?: { readonly status?: string | undefined; readonly message?: string | undefined } | undefined;
  readonly resources?: readonly ManagedResource[] | undefined;
  readonly history?: readonly HistoryEntry[] | undefined;
  readonly conditions?: readonly { readonly type: string; readonly message: string }[] | undefined;
  readonly operationState?: OperationState | undefined;
  readonly reconciledAt?: string | undefined;
  /** Where the Argo CD is that looks after it. */
  readonly controllerNamespace?: string | undefined;
  readonly summary?: { readonly images?: readonly string[] | undefined } | undefined;
}

export interface ManagedResource {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly status?: string | undefined;
  readonly health?: { readonly status?: string | undefined; readonly message?: string | undefined } | undefined;
  readonly requiresPruning?: boolean | undefined;
  readonly requiresDeletionConfirmation?: boolean | undefined;
  readonly hook?: boolean | undefined;
  readonly syncWave?: number | undefined;
}

export interface HistoryEntry {
  readonly id: number;
  readonly revision?: string | undefined;
  readonly revisions?: readonly string[] | undefined;
  readonly source?: SourceOfApplication | undefined;
  readonly sources?: readonly SourceOfApplication[] | undefined;
  readonly deployedAt?: string | undefined;
  readonly initiatedBy?: Initiator | undefined;
}

/** Who asked for an operation. */
export interface Initiator {
  readonly username?: string | undefined;
  /** Argo CD did by itself. */
  readonly automated?: boolean | undefined;
}

export interface OperationState {
  readonly phase?: "Running" | "Terminating" | "Failed" | "Error" | "Succeeded" | undefined;
  readonly message?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
  readonly retryCount?: number | undefined;
  readonly operation?: { readonly initiatedBy?: Initiator | undefined } | undefined;
  readonly syncResult?: SyncResult | undefined;
}

/** What came of a sync; we keep only what failed. */
export interface SyncResult {
  readonly revision?: string | undefined;
  readonly resources?: readonly SyncedResource[] | undefined;
}

export interface SyncedResource {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  /** `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`. */
  readonly status?: string | undefined;
  readonly message?: string | undefined;
  /** Of a hook: `Running`, `Succeeded`, `Failed`, `Error` or `Terminating`. */
  readonly hookPhase?: string | undefined;
}

/** The part of an Application that asks the controller for a sync. */
export interface Operation {
  readonly initiatedBy?: Initiator | undefined;
  readonly info?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly sync: SyncRequest;
  readonly retry?: unknown;
}

export interface SyncRequest {
  readonly revision?: string | undefined;
  readonly revisions?: readonly string[] | undefined;
  readonly source?: SourceOfApplication | undefined;
  readonly sources?: readonly SourceOfApplication[] | undefined;
  readonly prune?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly syncStrategy?: Readonly<Record<string, unknown>> | undefined;
  readonly syncOptions?: readonly string[] | undefined;
  readonly resources?: readonly Pick<ManagedResource, "group" | "kind" | "namespace" | "name">[] | undefined;
}

/**
 * The sources of an Application, or of an entry of its history; the several win over the one, as in Argo CD, which writes an empty one beside
 * them in its history.
 */
export function sourcesOf({
  source,
  sources = [],
}: Pick<ApplicationSpec, "source" | "sources"> = {}): readonly SourceOfApplication[] {
  if (sources.length > 0) return sources;
  return source === undefined ? [] : [source];
}

/** The path of an Application in the API. */
export function applicationPath({ metadata }: Pick<Application, "metadata">): string {
  return pathOf(applications, metadata.namespace, metadata.name);
}

/** Whether an operation was asked for or is under way: until it ends no other may be asked for. */
export function isBusy({ operation, status }: Application): boolean {
  const phase = status?.operationState?.phase;
  return operation !== undefined || phase === "Running" || phase === "Terminating";
}

/** Whether Argo CD syncs the Application by itself. */
export function syncsItself({ spec }: Application): boolean {
  const automated = spec?.syncPolicy?.automated;
  return automated !== undefined && automated !== null && automated.enabled !== false;
}
