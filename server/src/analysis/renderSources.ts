import { environmentOf, substitute } from "../argocd/environment";
import { editKustomization } from "../argocd/kustomizeOptions";
import { kustomizeVersion } from "../kustomize/finish";
import { joinPath } from "../platform/path";
import type { DeployingApplication } from "../protocol/sourceOfApplication";
import type { Builds, OtherBuild, RootBuild } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import type { Snapshot } from "../workspace/snapshot";
import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { findSource, type SourceInWorkspace } from "./applicationSource";
import { manifestsIn } from "./directorySource";
import type { FeatureContext } from "./feature";
import { listComponents } from "./listComponents";
import { loadSourceOptions, type OptionedSource, optionOf } from "./sourceOptions";

/** What a source deploys, as far as its files are in the workspace. */
export type RenderedSource =
  | { readonly isRendered: false /** A sentence. */; readonly why: string }
  | {
      readonly isRendered: true;
      /** Absolute path of its directory. */
      readonly directory: string;
      readonly objects: readonly Node[];
      /** Of the kustomization; absent for a directory of manifests. */
      readonly build?: RootBuild | undefined;
      /** Why Argo CD would render none of it, besides what the build says; a sentence each. */
      readonly failures: readonly string[];
      /** What may be otherwise where Argo CD works, a sentence each. */
      readonly notes: readonly string[];
      /** Whether the files at hand are of the revision that the source follows. */
      readonly isCurrent: boolean;
    };

export type RenderContext = Pick<FeatureContext, "snapshot" | "builds" | "load" | "cancellation">;

/**
 * The objects that a source of an Application deploys: the build of a kustomization with what the Application sets of it, or the manifests of a
 * directory. A source that only lends its files to the others gives none.
 */
export async function renderSource(
  source: OptionedSource,
  application: DeployingApplication,
  context: RenderContext,
): Promise<RenderedSource> {
  const found = findSource(context.snapshot, source);
  const directory = found?.directory;
  if (found === undefined || directory === undefined) return { isRendered: false, why: whyNot(source, found) };
  if (context.snapshot.lookUp(directory).kind !== "directory") {
    return { isRendered: false, why: `${source.repoURL} has no directory '${source.path}' at present.` };
  }
  const options = await loadSourceOptions(source, application, directory, context);
  const ways = ["kustomize", "helm", "directory", "plugin"].filter((way) => saysSomething(optionOf(options, way), way));
  const reason = whyNotThisWay(source, ways, found, isChart(found, directory, context.snapshot));
  if (reason !== undefined) return { isRendered: false, why: reason };
  const { isCurrent } = found;
  const base = { isRendered: true, directory, isCurrent, failures: options.failures } as const;
  const notes = revisionNote(source, found);
  if (found.kustomization === undefined || ways.includes("directory")) {
    const { objects, failures, notes: more } = manifestsIn(directory, optionOf(options, "directory"), context.snapshot);
    const none = objects.length === 0 ? [`'${source.path}' holds no manifest.`] : [];
    return {
      ...base,
      objects,
      failures: [...base.failures, ...failures],
      notes: [...notes, ...more, ...none],
    };
  }
  const wish = { root: found.kustomization.root, options: optionOf(options, "kustomize"), source, application, found };
  const { build, failures } = await buildWithOptions(wish, context);
  const objects = build.result.resources.map(({ node }) => node);
  const all = [...notes, ...versionNote(source, wish.options)];
  return { ...base, build, objects, failures: [...base.failures, ...failures], notes: all };
}

interface Wish {
  readonly root: string;
  /** `spec.source.kustomize`. */
  readonly options: Mapping | undefined;
  readonly source: OptionedSource;
  readonly application: DeployingApplication;
  readonly found: SourceInWorkspace;
}

/** What the Application sets stays out of the kept builds: it belongs to this Application alone. */
async function buildWithOptions(
  { root, options, source, application, found }: Wish,
  context: RenderContext,
): Promise<{ readonly build: RootBuild; readonly failures: readonly string[] }> {
  const { builds, cancellation } = context;
  const flags = flagsOf(application.buildOptions, found, context.snapshot);
  if (options === undefined && flags === undefined) {
    return { build: await loadBuild(builds, context, root, cancellation), failures: [] };
  }
  const environment = environmentOf({
    ...{ application: application.instanceName ?? application.name, namespace: application.namespace },
    ...{ project: application.project, revision: found.repository.head },
    ...{ repoURL: source.repoURL, path: source.path, targetRevision: source.targetRevision },
  });
  let failures: readonly string[] = [];
  const listed = await listComponents(options, { root, within: found.repository.root }, context);
  const edit = (kustomization: Mapping): Mapping => {
    if (options === undefined) return kustomization;
    const edited = editKustomization(kustomization, options, {
      substitute: (text) => substitute(text, environment),
      isThere: (path) => context.snapshot.lookUp(joinPath(root, path)).kind !== "missing",
      list: (directory) => listed.get(joinPath(root, directory)) ?? [],
    });
    failures = edited.failures;
    return edited.kustomization;
  };
  const other: Pick<Builds, "build"> = {
    build: (path, snapshot) => builds.buildOtherwise(path, snapshot, { edit, ...flags }),
  };
  const build = await loadBuild(other, context, root, cancellation);
  return { build, failures: failures.map((failure) => `Argo CD cannot set ${failure}`) };
}

/** The flags of `kustomize build` that change what is rendered; a build never leaves its repository, whatever they say. */
function flagsOf(
  flags: string | undefined,
  { repository }: SourceInWorkspace,
  snapshot: Snapshot,
): Partial<OtherBuild> | undefined {
  const isFree = /--load-restrictor[= ]\s*["']?(?:LoadRestrictionsNone|none)\b/.test(flags ?? "");
  const isUnsorted = /--reorder[= ]\s*["']?none\b/.test(flags ?? "");
  if (!isFree && !isUnsorted) return undefined;
  const found = snapshot.lookUp(repository.root);
  const within = found.kind === "directory" ? found.realPath : repository.root;
  return { ...(isFree && { within }), ...(isUnsorted && { reorder: "none" as const }) };
}

/** Argo CD takes options that say nothing away (`NormalizeSource` of argo-cd `util/argo/argo.go`). */
function saysSomething(options: Mapping | undefined, way: string): boolean {
  if (options === undefined) return false;
  if (way === "plugin") return true;
  return options.entries.some(({ value }) => {
    if (value.kind !== "scalar") return value.kind === "sequence" ? value.items.length > 0 : value.entries.length > 0;
    return value.tag !== "null" && value.text !== "" && value.text !== "false";
  });
}

function whyNot({ repoURL, path, chart }: OptionedSource, found: SourceInWorkspace | undefined): string {
  if (chart) return `The chart '${chart}' of ${repoURL} is not rendered here.`;
  if (found !== undefined) return `'${path ?? ""}' is no path in ${repoURL}.`;
  return `The repository ${repoURL ?? ""} is not in this workspace; open its work tree to see its part.`;
}

function isChart({ kustomization }: SourceInWorkspace, directory: string, snapshot: Snapshot): boolean {
  return kustomization === undefined && snapshot.lookUp(joinPath(directory, "Chart.yaml")).kind === "file";
}

/** `ways`: what the source says something of; Argo CD takes no more than one (`ExplicitType` of its `types.go`). */
function whyNotThisWay(
  { path }: OptionedSource,
  ways: readonly string[],
  { kustomization }: SourceInWorkspace,
  chart: boolean,
): string | undefined {
  const [way] = ways;
  if (ways.length > 1) return `Argo CD renders nothing of '${path}': it is told of ${ways.join(" and ")} at once.`;
  if (way === "plugin") return `A plugin renders '${path}'; that is not done here.`;
  if (way === "kustomize" && kustomization === undefined) {
    return `Argo CD renders nothing of '${path}': it is told of kustomize, and there is no kustomization.`;
  }
  if (way === "helm" || (way === undefined && chart)) return `The chart in '${path}' is not rendered here.`;
  return undefined;
}

/** Argo CD may have several programs, and the Application names one of them; ours is always the same. */
function versionNote({ path }: OptionedSource, options: Mapping | undefined): readonly string[] {
  const version = textOf(getValue(options, "version")) ?? "";
  if (version === "" || version.replace(/^v/, "") === kustomizeVersion) return [];
  const ours = `'${path}' is rendered with Kustomize ${kustomizeVersion} here`;
  return [
    `${ours} instead of ${version}, which the Application names (kustomize.version). Some of it may be otherwise there.`,
  ];
}

function revisionNote(
  { path, targetRevision }: OptionedSource,
  { repository, isCurrent }: SourceInWorkspace,
): readonly string[] {
  if (isCurrent) return [];
  const checkedOut =
    repository.branch === undefined ? "no branch is checked out" : `'${repository.branch}' is checked out`;
  return [`'${path}' is taken from '${targetRevision}', but ${checkedOut}. This shows the files at hand.`];
}
