import type { CommittedReader } from "../git/committedReader";
import type { Found, Loader } from "../kustomize/loader";
import { notCancelled } from "../platform/cancellation";
import { parentPath } from "../platform/path";
import { createBuilds } from "./builds";
import { loadBuild } from "./loadBuild";

/** What the build of a root read at a commit. */
export interface CommittedBuild {
  /** Absolute paths of the files that the build read. */
  readonly filesRead: readonly string[];
  /** Absolute paths of all files of the commit. */
  readonly files: ReadonlySet<string>;
}

export interface CommittedRoot {
  /** Absolute path of the directory that is built. */
  readonly root: string;
  /** The work tree. */
  readonly repository: string;
  readonly revision: string;
}

/** Builds a root as a commit has it, reading from git only what the build needs. Gives a sentence where git cannot say. */
export async function buildCommitted(
  { root, repository, revision }: CommittedRoot,
  reader: Pick<CommittedReader, "list" | "texts">,
): Promise<CommittedBuild | string> {
  const listed = await reader.list(repository, revision);
  if (!listed.ok) return `${listed.failure.message} ${listed.failure.help}`;
  if (listed.value.length === 0) return `The commit ${revision} is not in this clone; fetch it first.`;
  const files = new Set(listed.value);
  const known = new Map<string, Found>();
  const directories = directoriesOf(files);
  const lookUp: Loader["lookUp"] = (path) => {
    if (files.has(path)) return known.get(path) ?? { kind: "pending" };
    return directories.has(path) ? { kind: "directory", realPath: path } : { kind: "missing" };
  };
  const host = {
    snapshot: { lookUp },
    load: async (paths: Iterable<string>) => {
      const texts = await reader.texts(repository, revision, [...paths]);
      for (const path of paths) known.set(path, toFound(path, texts.ok ? texts.value.get(path) : undefined));
      return host.snapshot;
    },
  };
  const { result } = await loadBuild(createBuilds({ clock: { now: () => 0 } }), host, root, notCancelled);
  const filesRead = [...result.filesRead].flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  return { filesRead, files };
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
