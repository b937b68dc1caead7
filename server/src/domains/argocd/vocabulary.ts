/** A word that Argo CD knows, with what it does. */
export interface Word {
  readonly word: string;
  readonly description: string;
}

/** An annotation that Argo CD reads. */
export interface KnownAnnotation {
  readonly key: string;
  /** The only kinds on which it is read; absent where it is read on all. */
  readonly kinds?: readonly string[] | undefined;
  readonly description: string;
  /** What it may hold: words of a list, one word, or text of a form. Anything when absent. */
  readonly value?: AnnotationValue | undefined;
}

export type AnnotationValue =
  | { readonly kind: "list" | "one"; readonly words: readonly Word[] }
  | { readonly kind: "form"; readonly form: RegExp; readonly sample: string };

/** gitops-engine `sync/common`, and argo-cd `controller/hook.go` for those of deletion. */
export const hookTypes: readonly Word[] = [
  { word: "PreSync", description: "Runs before anything of the Application is applied." },
  { word: "Sync", description: "Runs when everything before it succeeded, together with what is applied." },
  { word: "PostSync", description: "Runs when everything is applied and healthy." },
  { word: "SyncFail", description: "Runs when the sync failed." },
  {
    word: "PreDelete",
    description: "Runs before the Application and what it deployed are deleted. Since Argo CD 3.3.",
  },
  { word: "PostDelete", description: "Runs after all that the Application deployed is deleted. Since Argo CD 2.10." },
  { word: "Skip", description: "Is not applied at all." },
];

/** gitops-engine `sync/common`. */
export const deletePolicies: readonly Word[] = [
  { word: "BeforeHookCreation", description: "Deleted before the next one is created. The default." },
  { word: "HookSucceeded", description: "Deleted as soon as it has succeeded." },
  { word: "HookFailed", description: "Deleted as soon as it has failed." },
];

/** Options that a resource may carry: argo-cd documentation `sync-options`, gitops-engine `sync_context.go`. */
export const resourceSyncOptions: readonly Word[] = [
  { word: "Prune=false", description: "Is kept when it vanishes from the repository." },
  { word: "Prune=confirm", description: "Is pruned only after someone has confirmed it. Since Argo CD 2.14." },
  { word: "Delete=false", description: "Is kept when the Application is deleted." },
  { word: "Delete=confirm", description: "Is deleted only after someone has confirmed it. Since Argo CD 2.14." },
  { word: "Validate=false", description: "Is applied without validation by its schema." },
  { word: "SkipDryRunOnMissingResource=true", description: "No dry run while its kind is not there yet." },
  { word: "PruneLast=true", description: "Is pruned after everything else is applied and healthy." },
  { word: "Replace=true", description: "Is replaced or created, not applied. Wins over `ServerSideApply=true`." },
  { word: "Replace=false", description: "Is applied, whatever the Application says." },
  { word: "Force=true", description: "Is deleted and created anew. Goes with `Replace=true`." },
  { word: "ServerSideApply=true", description: "Is applied by the API server." },
  { word: "ServerSideApply=false", description: "Is applied by the client, whatever the Application says." },
  { word: "ApplyOutOfSyncOnly=true", description: "Is applied only when it differs." },
  { word: "ApplyOutOfSyncOnly=false", description: "Is always applied, whatever the Application says." },
  { word: "ClientSideApplyMigration=true", description: "Fields of client-side apply move to server-side apply." },
  { word: "ClientSideApplyMigration=false", description: "Fields of client-side apply stay with their manager." },
];

/** Options of an Application, `spec.syncPolicy.syncOptions`: argo-cd `controller/sync.go`. */
export const applicationSyncOptions: readonly Word[] = [
  { word: "CreateNamespace=true", description: "Creates the destination namespace." },
  { word: "Validate=false", description: "Applies without validation by schemas." },
  {
    word: "PrunePropagationPolicy=foreground",
    description: "What depends on a pruned object goes first. The default.",
  },
  { word: "PrunePropagationPolicy=background", description: "What depends on a pruned object goes later." },
  { word: "PrunePropagationPolicy=orphan", description: "What depends on a pruned object stays." },
  { word: "PruneLast=true", description: "Prunes after everything else is applied and healthy." },
  { word: "Replace=true", description: "Replaces or creates objects instead of applying them." },
  { word: "ServerSideApply=true", description: "Lets the API server apply." },
  { word: "ApplyOutOfSyncOnly=true", description: "Applies only what differs." },
  { word: "RespectIgnoreDifferences=true", description: "Leaves alone in a sync what `ignoreDifferences` names." },
  { word: "FailOnSharedResource=true", description: "Fails when another Application has one of the objects." },
  {
    word: "SkipDryRunOnMissingResource=true",
    description: "No dry run for kinds that are not there yet. Since Argo CD 3.1.",
  },
  {
    word: "ClientSideApplyMigration=false",
    description: "Fields of client-side apply stay with their manager. Since Argo CD 3.1.",
  },
  { word: "Prune=false", description: "Prunes nothing, unless an object says otherwise. Since Argo CD 3.4." },
  { word: "Prune=confirm", description: "Prunes only after someone has confirmed it. Since Argo CD 3.4." },
  { word: "Delete=false", description: "Deletion of the Application keeps its objects. Since Argo CD 3.4." },
  { word: "Delete=confirm", description: "Deletes only after someone has confirmed it. Since Argo CD 3.4." },
];

/** argo-cd `controller/state.go`. */
export const compareOptions: readonly Word[] = [
  { word: "IgnoreExtraneous", description: "The object does not make its Application differ when it is to be pruned." },
  { word: "ServerSideDiff=true", description: "Compares by a dry run of the API server. On an Application." },
  { word: "ServerSideDiff=false", description: "Compares without the API server. On an Application." },
  { word: "IncludeMutationWebhook=true", description: "Compares with what webhooks change, too. On an Application." },
];

/** argo-cd `application_types`: how the objects of an Application are deleted with it. */
export const finalizers: readonly Word[] = [
  {
    word: "resources-finalizer.argocd.argoproj.io",
    description: "Deletes what was deployed together with the Application; what depends on an object goes first.",
  },
  {
    word: "resources-finalizer.argocd.argoproj.io/foreground",
    description: "Deletes what was deployed; what depends on an object goes first.",
  },
  {
    word: "resources-finalizer.argocd.argoproj.io/background",
    description: "Deletes what was deployed; what depends on an object goes later.",
  },
  { word: "pre-delete-finalizer.argocd.argoproj.io", description: "Runs the PreDelete hooks. Set by Argo CD itself." },
  {
    word: "pre-delete-finalizer.argocd.argoproj.io/cleanup",
    description: "Clears the PreDelete hooks away. Set by Argo CD itself.",
  },
  {
    word: "post-delete-finalizer.argocd.argoproj.io",
    description: "Runs the PostDelete hooks. Set by Argo CD itself.",
  },
  {
    word: "post-delete-finalizer.argocd.argoproj.io/cleanup",
    description: "Clears the PostDelete hooks away. Set by Argo CD itself.",
  },
];

/** The value of the label `argocd.argoproj.io/secret-type`: argo-cd `common`. */
export const secretTypes: readonly Word[] = [
  { word: "cluster", description: "A cluster to deploy to." },
  { word: "repository", description: "A repository, with its credentials." },
  { word: "repo-creds", description: "Credentials for all repositories below a URL." },
  { word: "repository-write", description: "A repository that hydrated manifests are pushed to." },
  { word: "repo-write-creds", description: "Credentials for pushing to all repositories below a URL." },
  { word: "scm-creds", description: "A token for generators of ApplicationSets." },
];
