/**
 * Request: the Secrets of the workspace that hold a login for the registry of an image, `PullSecretsParameters` → `FoundPullSecret[]`. Only for a person
 * who looks for one.
 */
export const pullSecretsRequest = "gitopsAuthor/pullSecrets";

export interface PullSecretsParameters {
  /** Without tag and digest. */
  readonly image: string;
  /** URI of the directory of an overlay, whose rendered Secrets count too. */
  readonly root?: string | undefined;
}

export interface FoundPullSecret {
  /** For `usePullSecretRequest`. */
  readonly id: string;
  /** For example `book-dev/quay-pull`. */
  readonly name: string;
  /** The file, or the overlay that renders it, for people. */
  readonly where: string;
}

/**
 * Request: from now on, until the server ends, registries are asked with the logins of a pull secret where it has one, `UsePullSecretParameters` →
 * `UsedPullSecret`. Nothing is written anywhere.
 */
export const usePullSecretRequest = "gitopsAuthor/usePullSecret";

export interface UsePullSecretParameters extends PullSecretsParameters {
  readonly secret: PullSecretOfWorkspace | PullSecretOfCluster;
}

/** One that `pullSecretsRequest` has found with the same parameters. */
export interface PullSecretOfWorkspace {
  readonly kind: "workspace";
  readonly id: string;
}

/** One that a cluster has. */
export interface PullSecretOfCluster {
  readonly kind: "cluster";
  /** For example `kubernetes.io/dockerconfigjson`. */
  readonly type: string;
  /** In base64, as the cluster gave it. */
  readonly data: Readonly<Record<string, string>>;
}

export interface UsedPullSecret {
  /** Why it is of no use, a sentence; absent when it is used from now on. */
  readonly problem?: string | undefined;
}
