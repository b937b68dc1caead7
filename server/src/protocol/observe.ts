/**
 * Notification from the client: what it sees in the contexts that are open, `ClusterObservation`. The server itself never contacts a
 * cluster; of what nobody tells it, it says nothing.
 */
export const observeNotification = "gitopsAuthor/observe";

/** News of one context. What a message does not name stays as it was told before. */
export interface ClusterObservation {
  /** The name of the context. */
  readonly cluster: string;
  /** The context was closed, or begins anew: all that was told of it before counts no longer. */
  readonly reset?: boolean | undefined;
  /** Whether the cluster answers; while it does not, what was told is how it was last. */
  readonly isReachable?: boolean | undefined;
  /** Applications that came or changed. */
  readonly applications?: readonly LiveApplication[] | undefined;
  /** The keys, `namespace/name`, of Applications that went. */
  readonly removed?: readonly string[] | undefined;
  /** Group-versions whose schemas are known now; one that was told before is replaced. */
  readonly schemas?: readonly GroupVersionSchemas[] | undefined;
}

/** An Application as Argo CD last described it: what lenses and rules need of it. Texts that a cluster lacks are absent. */
export interface LiveApplication {
  readonly name: string;
  readonly namespace: string;
  readonly project?: string | undefined;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** What else matters at a glance: `syncing…`, `last sync failed`, `being deleted`. */
  readonly activity?: string | undefined;
  /** The commit that it was compared with; of several sources that of the first. */
  readonly revision?: string | undefined;
  readonly sources: readonly LiveSource[];
  readonly destination?: LiveDestination | undefined;
  readonly conditions: readonly LiveCondition[];
  readonly operation?: LiveOperation | undefined;
  /** The images that its objects run, for example `quay.io/team/app:1.2`. */
  readonly images?: readonly string[] | undefined;
}

export interface LiveSource {
  readonly repoURL?: string | undefined;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly chart?: string | undefined;
  /** Of several sources each has its own; see `LiveApplication.revision`. */
  readonly revision?: string | undefined;
}

export interface LiveDestination {
  readonly server?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** Something that Argo CD has to say, for example of the type `ComparisonError`. */
export interface LiveCondition {
  readonly type: string;
  readonly message: string;
}

/** The last operation, or the one that is under way. */
export interface LiveOperation {
  /** `Running`, `Terminating`, `Failed`, `Error` or `Succeeded`. */
  readonly phase: string;
  readonly message?: string | undefined;
  /** The commit that was synced. */
  readonly revision?: string | undefined;
  /** The resources that could not be synced. */
  readonly failures: readonly LiveFailure[];
}

export interface LiveFailure {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Empty for what belongs to no namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly message: string;
}

/** The kinds of one group-version, as a cluster's `/openapi/v3` describes them. */
export interface GroupVersionSchemas {
  /** As objects write it, for example `argoproj.io/v1alpha1`. */
  readonly apiVersion: string;
  readonly kinds: readonly ClusterKind[];
  /** `components.schemas` of the OpenAPI document, as the cluster wrote them. */
  readonly definitions: Readonly<Record<string, unknown>>;
}

export interface ClusterKind {
  readonly kind: string;
  /** The name of its definition. */
  readonly definition: string;
  /** For example `applications`; absent where the cluster serves no such resource. */
  readonly plural?: string | undefined;
  readonly namespaced?: boolean | undefined;
}

/**
 * Request: the apiVersions that files of the workspace use and that a cluster can tell more of: those that our schemas lack, and those of
 * custom resources. The answer is a `string[]`, sorted.
 */
export const wantedSchemasRequest = "gitopsAuthor/wantedSchemas";
