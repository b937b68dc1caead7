import type { BuildOptions } from "./buildOptions";
import { Documents } from "./documents";
import { joinPath } from "./filePath";
import type { IdleStep } from "./idleStep";
import { KustomizationFiles } from "./kustomizationFile";
import type { Run } from "./layer";
import { LayerCache } from "./layerCache";
import type { Found, Loader } from "./loader";
import { builtinSchema } from "./merge/mergeSchema";
import type { Problem } from "./problem";
import { Reading } from "./reading";
import { ReferenceMemo } from "./referenceMemo";
import type { Resource } from "./resource";
import { buildRoot } from "./rootLayer";
import { StepMemos } from "./stepMemo";

export type { BuildOptions } from "./buildOptions";

export interface BuildResult {
  /** The objects in the order in which they are printed; all that could be made when the build is not complete. */
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
  /** Steps that did nothing, of the root and of all layers below it. */
  readonly idle: readonly IdleStep[];
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
 * @param cache results of layers from former builds. With the same cache, only the layers above a changed file are built
 * anew, and everything else is shared with the result before. The answer is the same as without.
 */
export function build(root: string, loader: Loader, options: BuildOptions = {}, cache?: BuildCache): BuildResult {
  const reading = new Reading(loader);
  const used = cache ?? new BuildCache();
  const run: Run = {
    options,
    loader,
    documents: used.documents,
    kustomizations: used.kustomizations,
    layers: used.layers,
    memos: cache?.memos,
    references: cache?.references,
    context: JSON.stringify([options.loadRestrictions, options.helm !== undefined, options.remote !== undefined]),
    layersBuilt: 0,
    portCalls: 0,
    portIsPending: false,
    schema: builtinSchema(),
    schemaIsSet: false,
    schemaUse: { isAsked: false, isRead: false },
  };
  const { resources, problems, idle } = buildRoot(run, reading, joinPath("/", root));
  const pending = [...reading.found].flatMap(([path, found]) => (found.kind === "pending" ? [path] : []));
  const isComplete = pending.length === 0 && !problems.some(({ severity }) => severity === "error");
  const complete = isComplete && !run.portIsPending;
  return { resources, problems, idle, filesRead: reading.found, pending, complete };
}

/** Keeps the results of layers between builds, so that an edit rebuilds only the layers above it. */
export class BuildCache {
  readonly documents = new Documents();
  readonly kustomizations = new KustomizationFiles(this.documents);
  readonly layers = new LayerCache();
  readonly memos = new StepMemos();
  readonly references = new ReferenceMemo();
}
