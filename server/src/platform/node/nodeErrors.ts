import { FileSystemError } from "../fileSystem";

/** What Node says about a failed call, as our error; `path` is for the words. */
export function toFileSystemError(error: unknown, path: string): FileSystemError {
  switch (codeOf(error)) {
    case "ENOENT":
    case "ENOTDIR":
    case "ERR_INVALID_ARG_VALUE":
      return new FileSystemError("missing", `There is nothing at '${path}'.`);
    case "EACCES":
    case "EPERM":
      return new FileSystemError("denied", `Permission to read '${path}' is denied.`);
    case "ELOOP":
      return new FileSystemError("loop", `The symbolic links at '${path}' form a loop.`);
    case "ENAMETOOLONG":
      return new FileSystemError("failed", "The path is too long for this file system.");
    default:
      return new FileSystemError("failed", `'${path}' cannot be read: ${reasonOf(error)}.`);
  }
}

/** The code of an error of Node, for example `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** What an error says, or whatever else was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
