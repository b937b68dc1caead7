/**
 * Request: which Applications of open contexts a file defines or is deployed by, `LiveApplicationsParameters` → `LiveApplicationEntry[]`:
 * those that it defines first.
 */
export const liveApplicationsRequest = "gitopsAuthor/liveApplications";

export interface LiveApplicationsParameters {
  /** Any file of the workspace. */
  readonly uri: string;
}

/** An Application in a cluster; also the argument of `gitopsAuthor.showInCluster`, which takes a list of them as well. */
export interface LiveApplicationEntry {
  /** The name of the context. */
  readonly cluster: string;
  /** `namespace/name` */
  readonly key: string;
  /** For a pick list, for example `book-dev: OutOfSync · Healthy`. */
  readonly label: string;
}

/** The command behind a code lens on a file that an Application deploys or that defines one. */
export const showInClusterCommand = "gitopsAuthor.showInCluster";
