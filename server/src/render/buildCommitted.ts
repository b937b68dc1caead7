import type { CommittedReader } from "../git/committedReader";
import type { GitFailure } from "../git/gitFailure";
import type { Found, Loader } from "../kustomize/loader";
import { notCancelled } from "../platform/cancellation";
import { parentPath } from "../platform/path";
import { type BuildSource, createBuilds } from "./builds";
import { loadBuild } from "./loadBuild";

/** What the build of a root read at a commit. */
export interface CommittedBuild {
  /** Absolute paths of the files that the build read. */
  readonly filesRead: readonly string[];
  /** Absolute paths of all files of the commit. */
  readonly files: ReadonlySet<string>;
}

/** A kustomization as a commit has it. */
export interface CommittedRoot {
  /** Absolute path of the directory that is built. */
  readonly root: string;
  /** The work tree. */
  readonly repository: string;
  readonly revision: string;
  /** Says where the build may read any file, as builds of the present files do; see `BuildSource`. */
  readonly freeDirectoryOf?: BuildSource["freeDirectoryOf"];
}

/** Builds a root as a commit has it, reading from git only what the build needs. Gives a sentence where git cannot say. */
export async function buildCommitted(
  { root, repository, revision, freeDirectoryOf }: CommittedRoot,
  reader: Pick<CommittedReader, "list" | "texts">,
): Promise<CommittedBuild | string> {
  const listed = await reader.list(repository, revision);
  if (!listed.ok) return describeFailure(listed.failure);
  if (listed.value.length === 0) return `The commit ${revision} is not in this clone; fetch it first.`;
  const files = new Set(listed.value);
  const known = new Map<string, Found>();
  const directories = directoriesOf(files);
  const lookUp: Loader["lookUp"] = (path) => {
    if (files.has(path)) return known.get(path) ?? { kind: "pending" };
    return directories.has(path) ? { kind: "directory", realPath: path } : { kind: "missing" };
  };
  let failure: GitFailure | undefined;
  const host = {
    snapshot: { lookUp, freeDirectoryOf },
    load: async (pending: Iterable<string>) => {
      const paths = [...pending];
      const texts = await reader.texts(repository, revision, paths);
      if (texts.ok) for (const path of paths) known.set(path, toFound(path, texts.value.get(path)));
      else failure ??= texts.failure;
      // Another one each time, for builds ask the same one nothing twice.
      host.snapshot = { lookUp, freeDirectoryOf };
      return host.snapshot;
    },
  };
  const { result } = await loadBuild(createBuilds({ clock: { now: () => 0 } }), host, root, notCancelled);
  // Without it files would be missing that the commit has, and a revert would leave them as they are.
  if (failure !== undefined) return describeFailure(failure);
  const filesRead = [...result.filesRead].flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  return { filesRead, files };
}

function describeFailure({ message, help }: GitFailure): string {
  return `${message} ${help}`;
}

function toFound(path: string, text: string | undefined): Found {
  return text === undefined
    ? { kind: "unreadable", reason: "It is no text in that commit." }
    : { kind: "file", realPath: path, source: { path, text } };
}

function directoriesOf(files: Iterable<string>): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const file of files) {
    for (let path = parentPath(file); !directories.has(path); path = parentPath(path)) directories.add(path);
  }
  return directories;
}
