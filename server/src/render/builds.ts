import { BuildCache, type BuildOptions, type BuildResult, build } from "../kustomize/build";
import type { Found, Loader } from "../kustomize/loader";
import type { Problem } from "../kustomize/problem";
import type { Clock } from "../platform/clock";
import { joinPath } from "../platform/path";
import type { EmitFailure } from "../yaml/emit";
import { type RenderedText, renderText } from "./renderedText";

/** What builds read, and how: a snapshot of the workspace. */
export interface BuildSource extends Loader {
  /**
   * The directory, by its real path, in which the build of `root` may read any file, because those who deploy it build without
   * load restrictions; `undefined` when files must lie below their kustomization, as by default.
   */
  readonly freeDirectoryOf?: ((root: string) => string | undefined) | undefined;
}

/** Builds of kustomizations, kept as long as what they read stays the same. */
export interface Builds {
  /**
   * The build of the kustomization in the directory `root` over a snapshot; from memory when nothing that it read (or looked
   * for and did not find) changed. Never throws. `pending` of the result says what the snapshot lacked: see `loadBuild`.
   */
  build(root: string, snapshot: BuildSource): RootBuild;
  /** A build of a root as somebody else asks for it; it is not remembered, though the layers below it are. */
  buildOtherwise(root: string, snapshot: BuildSource, other: OtherBuild): RootBuild;
  /** The last build of a root, whatever changed since. */
  last(root: string): RootBuild | undefined;
  /** Whether `build` would answer from memory. */
  isCurrent(root: string, snapshot: BuildSource): boolean;
  /** Forgets roots that are no longer kustomizations. */
  keepOnly(roots: ReadonlySet<string>): void;
}

/** What is otherwise in a build than in those that are kept. */
export type OtherBuild = Pick<BuildOptions, "edit" | "reorder"> & {
  /** The directory, by its real path, in which it may read any file. */
  readonly within?: string | undefined;
};

/** A build, and the text it renders to. */
export interface RootBuild {
  readonly root: string;
  readonly result: BuildResult;
  /** The problems of the build, and what keeps its objects from being printed. */
  readonly problems: readonly Problem[];
  /** Whether `text` is exactly what `kustomize build` prints. */
  readonly complete: boolean;
  /** How long the build took, in milliseconds, printing included. */
  readonly milliseconds: number;
  /** What it prints. Of an incomplete build: what could be built. */
  readonly text: RenderedText;
}

export interface BuildsOptions {
  readonly clock: Pick<Clock, "now">;
  readonly options?: BuildOptions | undefined;
}

/** Makes an empty store of builds. Layers that several roots share are built once. */
export function createBuilds({ clock, options }: BuildsOptions): Builds {
  const cache = new BuildCache();
  const known = new Map<string, { readonly build: RootBuild; readonly within: string | undefined }>();
  const findCurrent = (root: string, snapshot: BuildSource, within: string | undefined): RootBuild | undefined => {
    const last = known.get(root);
    if (last === undefined || last.within !== within) return undefined;
    return readsTheSame(last.build.result.filesRead, snapshot) ? last.build : undefined;
  };
  const run = (root: string, snapshot: BuildSource, { within, ...other }: OtherBuild): RootBuild => {
    const loadRestrictions = within === undefined ? options?.loadRestrictions : { within };
    return runBuild(root, snapshot, { clock, options: { ...options, loadRestrictions, ...other }, cache });
  };
  return {
    build(root, snapshot) {
      const within = snapshot.freeDirectoryOf?.(root);
      const last = findCurrent(root, snapshot, within);
      if (last !== undefined) return last;
      const fresh = run(root, snapshot, { within });
      known.set(root, { build: fresh, within });
      return fresh;
    },
    buildOtherwise: (root, snapshot, other) =>
      run(root, snapshot, { within: snapshot.freeDirectoryOf?.(root), ...other }),
    last: (root) => known.get(root)?.build,
    isCurrent: (root, snapshot) => findCurrent(root, snapshot, snapshot.freeDirectoryOf?.(root)) !== undefined,
    keepOnly(roots) {
      for (const root of known.keys()) if (!roots.has(root)) known.delete(root);
    },
  };
}

/** Builds and prints one root. `cache` may be left out for a single build. */
export function runBuild(
  root: string,
  loader: Loader,
  { clock, options, cache }: BuildsOptions & { readonly cache?: BuildCache | undefined },
): RootBuild {
  const start = clock.now();
  const result = build(root, loader, options, cache);
  const text = renderText(
    joinPath(root, "rendered.yaml"),
    result.resources.map((resource) => resource.node),
  );
  const problems = [...result.problems, ...newFailures(text.emitted.failures, result.problems)];
  const complete = result.complete && text.emitted.failures.length === 0;
  return { root, result, problems, complete, milliseconds: clock.now() - start, text };
}

/** Every look-up of a build still has the same answer. */
function readsTheSame(filesRead: ReadonlyMap<string, Found>, snapshot: Loader): boolean {
  for (const [path, before] of filesRead) {
    const now = snapshot.lookUp(path);
    if (now === before) continue;
    if (now.kind !== before.kind || now.kind === "file" || now.kind === "unreadable") return false;
    if (now.kind === "directory" && before.kind === "directory" && now.realPath !== before.realPath) return false;
  }
  return true;
}

function newFailures(failures: readonly EmitFailure[], problems: readonly Problem[]): readonly Problem[] {
  return failures
    .filter(({ code, place }) => !problems.some((each) => each.code === code && each.place.start === place.start))
    .map(({ code, place, message, help, detail }) => ({ code, severity: "error", place, message, help, detail }));
}
