import type { Mapping } from "../yaml/node";
import type { HelmPort, RemotePort } from "./ports";

/** What `kustomize build` takes as flags, and the ports to the outside that a host may offer. */
export interface BuildOptions {
  /**
   * The order of the result: `legacy` (the default, as on the command line) sorts by kind, `none` keeps the order of
   * accumulation. `sortOptions` of the root wins over both; `unspecified` means what Kustomize does without the flag, which
   * is `legacy`.
   */
  readonly reorder?: "legacy" | "none" | "unspecified" | undefined;
  /**
   * `rootOnly` (default): files must lie in or below the directory of their kustomization. `within`: or anywhere in a directory,
   * given by its real path. That is how Flux builds: without restrictions, but never outside of the repository.
   */
  readonly loadRestrictions?: "rootOnly" | "none" | { readonly within: string } | undefined;
  /** Adds the label `app.kubernetes.io/managed-by` to every object. */
  readonly managedByLabel?: boolean | undefined;
  /**
   * Changes the kustomization of the root before it is built, as `kustomize edit` would in its file; what it adds keeps its own origin. Called
   * once for a build, with what the file says.
   */
  readonly edit?: ((kustomization: Mapping) => Mapping) | undefined;
  readonly helm?: HelmPort | undefined;
  readonly remote?: RemotePort | undefined;
}
