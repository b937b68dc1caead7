import { findRepository } from "../argocd/repositoryUrl";
import { isInside, joinPath } from "../platform/path";
import type { Kustomization } from "../workspace/graph";
import type { Repository } from "../workspace/repositories";
import type { Snapshot } from "../workspace/snapshot";

/** A source of an Application, as a manifest or a cluster says it. Empty texts count as absent, as they do in Argo CD. */
export interface SourceWords {
  readonly repoURL?: string | undefined;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly chart?: string | undefined;
}

/** What a source is in the workspace. */
export interface SourceInWorkspace {
  /** The work tree of its repository. */
  readonly repository: Repository;
  /** Absolute path of what `path` names; absent for a chart, and where the path leaves the repository. It need not exist. */
  readonly directory: string | undefined;
  /** The kustomization of that directory. */
  readonly kustomization: Kustomization | undefined;
  /** Whether the files at hand are those that Argo CD takes: it follows the branch that is checked out, or the main one. */
  readonly isCurrent: boolean;
}

/** Finds the directory that a source deploys; `undefined` when its repository is not in the workspace. */
export function findSource(snapshot: Snapshot, source: SourceWords): SourceInWorkspace | undefined {
  const { repoURL, path, chart, targetRevision } = source;
  const repository = repoURL ? repositoryOf(snapshot, repoURL) : undefined;
  if (repository === undefined) return undefined;
  const directory = path && !chart ? within(repository.root, path) : undefined;
  return {
    repository,
    directory,
    kustomization: directory === undefined ? undefined : snapshot.graph.at(directory),
    isCurrent: followsWorkTree(targetRevision, repository),
  };
}

const known = new WeakMap<readonly Repository[], Map<string, Repository | undefined>>();

/** Thousands of Applications name a handful of repositories. */
function repositoryOf({ repositories }: Snapshot, url: string): Repository | undefined {
  let byUrl = known.get(repositories);
  if (byUrl === undefined) {
    byUrl = new Map();
    known.set(repositories, byUrl);
  }
  if (!byUrl.has(url)) byUrl.set(url, findRepository(repositories, url));
  return byUrl.get(url);
}

/** `undefined` for a path that Argo CD does not take: an absolute one, or one that leads out. */
function within(root: string, path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const directory = joinPath(root, path);
  return isInside(root, directory) ? directory : undefined;
}

/** A branch that nobody has checked out may hold anything; the main one is what is worked towards. */
function followsWorkTree(targetRevision: string | undefined, { branch }: Repository): boolean {
  const revision = targetRevision?.replace(/^refs\/heads\//, "") || "HEAD";
  return ["HEAD", "main", "master"].includes(revision) || revision === branch;
}
