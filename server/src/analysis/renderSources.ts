import { baseName, isInside, joinPath, parentPath } from "../platform/path";
import { loadBuild } from "../render/loadBuild";
import type { Snapshot } from "../workspace/snapshot";
import type { Node } from "../yaml/node";
import { findSource, type SourceInWorkspace, type SourceWords } from "./applicationSource";
import type { FeatureContext } from "./feature";
import { objectsWithin } from "./objectsWithin";

/** A source of an Application with the ways in which it can make manifests. */
export interface RenderableSource extends SourceWords {
  readonly ref?: string | undefined;
  readonly kustomize?: object | undefined;
  readonly helm?: object | undefined;
  readonly plugin?: object | undefined;
  readonly directory?: { readonly recurse?: boolean | undefined } | undefined;
}

/** What could be made of sources. */
export interface RenderedSources {
  readonly objects: readonly Node[];
  /** Sentences on what is missing, and on what may be otherwise where Argo CD works. */
  readonly notes: readonly string[];
}

type RenderContext = Pick<FeatureContext, "snapshot" | "builds" | "load" | "cancellation">;

/**
 * The objects that sources of an Application deploy, as far as their files are in the workspace: the build of a kustomization, or the manifests
 * of a directory. `revision` is what they are synced to, where that is not what they follow.
 */
export async function renderSources(
  sources: readonly RenderableSource[],
  context: RenderContext,
  revision?: string,
): Promise<RenderedSources> {
  const objects: Node[] = [];
  const notes: string[] = [];
  for (const source of sources) {
    // It only lends its files to the others.
    if (source.ref && !source.path && !source.chart) continue;
    const followed = revision === undefined ? source : { ...source, targetRevision: revision };
    const rendered = await renderSource(followed, context);
    objects.push(...rendered.objects);
    notes.push(...rendered.notes);
  }
  return { objects, notes };
}

/** The objects that a kustomization renders to. */
export async function renderRoot(root: string, name: string, context: RenderContext): Promise<RenderedSources> {
  const { result, complete, problems } = await loadBuild(context.builds, context, root, context.cancellation);
  const objects = result.resources.map(({ node }) => node);
  if (complete) return { objects, notes: [] };
  const first = problems.find(({ severity }) => severity === "error")?.message;
  const why = first === undefined ? "includes something that is not rendered here" : `does not build: ${first}`;
  return { objects, notes: [`'${name}' ${why.replace(/\.$/, "")}. This is what could be rendered.`] };
}

async function renderSource(source: RenderableSource, context: RenderContext): Promise<RenderedSources> {
  const { snapshot } = context;
  const found = findSource(snapshot, source);
  const reason = whyNot(source, found, snapshot);
  if (reason !== undefined || found?.directory === undefined) return { objects: [], notes: [reason ?? ""] };
  const name = source.path ?? "";
  const notes = revisionNote(source, found);
  if (found.kustomization === undefined) {
    const objects = manifestsIn(found.directory, source.directory?.recurse === true, snapshot);
    const none = objects.length === 0 ? [`'${name}' holds no manifest.`] : [];
    return { objects, notes: [...notes, ...none] };
  }
  const { objects, notes: problems } = await renderRoot(found.kustomization.root, name, context);
  const changes = Object.keys(source.kustomize ?? {}).filter((field) => field !== "version");
  const change = `The Application changes what '${name}' renders to (${changes.join(", ")}); that is not done here.`;
  return { objects, notes: [...notes, ...problems, ...(changes.length > 0 ? [change] : [])] };
}

function whyNot(
  { repoURL, path, chart, helm, plugin }: RenderableSource,
  found: SourceInWorkspace | undefined,
  snapshot: Snapshot,
): string | undefined {
  if (chart) return `The chart '${chart}' of ${repoURL} is not rendered here.`;
  if (found === undefined)
    return `The repository ${repoURL ?? ""} is not in this workspace; open its work tree to plan its part.`;
  const { directory } = found;
  if (directory === undefined) return `'${path ?? ""}' is no path in ${repoURL}.`;
  if (snapshot.lookUp(directory).kind !== "directory") return `${repoURL} has no directory '${path}' at present.`;
  const isChart = helm !== undefined || snapshot.lookUp(joinPath(directory, "Chart.yaml")).kind === "file";
  if (isChart && found.kustomization === undefined) return `The chart in '${path}' is not rendered here.`;
  return plugin === undefined ? undefined : `A plugin renders '${path}'; that is not done here.`;
}

function revisionNote(
  { path, targetRevision }: RenderableSource,
  { repository, isCurrent }: SourceInWorkspace,
): readonly string[] {
  if (isCurrent) return [];
  const checkedOut =
    repository.branch === undefined ? "no branch is checked out" : `'${repository.branch}' is checked out`;
  return [`'${path}' is taken from '${targetRevision}', but ${checkedOut}. This shows the files at hand.`];
}

/** Argo CD takes every YAML and JSON file of a directory without a kustomization. */
function manifestsIn(directory: string, recurse: boolean, snapshot: Snapshot): readonly Node[] {
  const isWithin = (path: string): boolean => (recurse ? isInside(directory, path) : parentPath(path) === directory);
  const files = [...snapshot.yamlFiles()].filter((path) => isWithin(path) && /\.(?:ya?ml|json)$/.test(baseName(path)));
  return files.sort().flatMap((path) =>
    snapshot.documents(path).flatMap(({ root, problems }) => {
      return root === undefined || problems.length > 0 ? [] : objectsWithin(root);
    }),
  );
}
