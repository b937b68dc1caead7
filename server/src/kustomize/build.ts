import type { Found, Loader } from "./loader";
import type { HelmPort, RemotePort } from "./ports";
import type { Problem } from "./problem";
import type { Resource } from "./resource";

/** What `kustomize build` takes as flags, and the ports to the outside that a host may offer. */
export interface BuildOptions {
  /** The order of the result: `legacy` (the command line's default) sorts by kind, `none` keeps the order of accumulation, `unspecified` is `none` unless `sortOptions` of the root says otherwise. */
  readonly reorder?: "legacy" | "none" | "unspecified" | undefined;
  /** `rootOnly` (default): files must lie in or below the directory of their kustomization. */
  readonly loadRestrictions?: "rootOnly" | "none" | undefined;
  /** Adds the label `app.kubernetes.io/managed-by` to every object. */
  readonly managedByLabel?: boolean | undefined;
  readonly helm?: HelmPort | undefined;
  readonly remote?: RemotePort | undefined;
}

export interface BuildResult {
  /** The objects in the order in which they are printed; all that could be made when the build is not complete. */
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
  /** Every path that was looked up, with what was there; missing ones included. */
  readonly filesRead: ReadonlyMap<string, Found>;
  /** Paths that the snapshot does not hold yet: load them and build again. */
  readonly pending: readonly string[];
  /** `kustomize build` would print exactly `resources`: no error, nothing pending, no placeholder. */
  readonly complete: boolean;
}

/**
 * Renders the kustomization in the directory `root`, as Kustomize 5.8.1 does. A pure function of what the loader gives; it
 * never throws. A step that fails leaves its problem in the result and the build goes on without it.
 *
 * To come: components, generators, transformers, plugins, name references, sorting and the cache.
 */
export function build(root: string, loader: Loader, options: BuildOptions = {}, _cache?: BuildCache): BuildResult {
  void root;
  void options;
  void loader;
  return { resources: [], problems: [], filesRead: new Map(), pending: [], complete: true };
}

/** Keeps the results of layers between builds, so that an edit rebuilds only the layers above it. */
export class BuildCache {}
