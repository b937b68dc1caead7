import { didYouMean } from "../platform/didYouMean";
import { baseName, joinPath, parentPath, relativePath } from "../platform/path";
import { UsageError } from "./arguments";
import type { CommandHost } from "./host";

/** Makes sure that there is a directory at the absolute path that a person named. Throws `UsageError`, with what was probably meant. */
export function needDirectory(host: CommandHost, path: string): void {
  const kind = host.syncFileSystem.stat(path)?.kind;
  if (kind === "directory") return;
  const name = relativePath(host.workingDirectory, path);
  if (kind === "file") throw new UsageError(`'${name}' is a file; name the directory in which it lies.`);
  const near = findNear(host, path);
  const hint = near === undefined ? "" : ` Did you mean '${relativePath(host.workingDirectory, near)}'?`;
  throw new UsageError(`There is no directory '${name}'.${hint}`);
}

/** The directory of which one part of the path may be a misspelling. */
function findNear({ syncFileSystem }: CommandHost, path: string): string | undefined {
  const isDirectory = (at: string): boolean => syncFileSystem.stat(at)?.kind === "directory";
  let missing = path;
  while (!isDirectory(parentPath(missing))) {
    if (parentPath(missing) === missing) return undefined;
    missing = parentPath(missing);
  }
  const parent = parentPath(missing);
  const names = syncFileSystem.readDirectory(parent).flatMap(({ name, kind }) => (kind === "directory" ? [name] : []));
  const near = didYouMean(baseName(missing), names);
  if (near === undefined) return undefined;
  const meant = joinPath(joinPath(parent, near), relativePath(missing, path));
  return isDirectory(meant) ? meant : undefined;
}
