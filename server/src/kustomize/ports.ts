import type { SourceFile } from "../yaml/source";

/** Fetches what a kustomization names by URL. The host may leave it empty: the build then reports a placeholder. */
export interface RemotePort {
  /**
   * Looks up a git repository's directory (`https://github.com/org/repo//path?ref=v1`) or a file (`https://host/a.yaml`).
   * A directory must lie in the snapshot that the loader reads; bases below it may not leave `repository`.
   */
  fetch(url: string): RemoteFound;
}

export type RemoteFound =
  | { readonly kind: "directory"; readonly path: string; readonly repository: string }
  | { readonly kind: "file"; readonly source: SourceFile }
  /** On its way: the host builds again when it is there. */
  | { readonly kind: "pending" }
  | { readonly kind: "failed"; readonly reason: string };

/** Inflates helm charts. The host may leave it empty: the build then reports a placeholder. */
export interface HelmPort {
  inflate(request: HelmRequest): HelmFound;
}

/** What `helm template` needs to know, with the paths made absolute (upstream: `types.HelmChart`, `types.HelmGlobals`). */
export interface HelmRequest {
  /** The directory of the kustomization that asks. */
  readonly root: string;
  readonly chartHome: string;
  readonly configHome: string;
  readonly name: string;
  readonly version: string;
  readonly repo: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly nameTemplate: string;
  readonly valuesFile: string;
  readonly additionalValuesFiles: readonly string[];
  /** `valuesInline` as JSON. */
  readonly valuesInline?: string | undefined;
  readonly valuesMerge: string;
  readonly apiVersions: readonly string[];
  readonly kubeVersion: string;
  readonly includeCrds: boolean;
  readonly skipHooks: boolean;
  readonly skipTests: boolean;
}

export type HelmFound =
  | { readonly kind: "rendered"; readonly source: SourceFile }
  | { readonly kind: "pending" }
  | { readonly kind: "failed"; readonly reason: string };
