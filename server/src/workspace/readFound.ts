import type { Found } from "../kustomize/loader";
import { type FileSystem, isFileSystemError, type SyncFileSystem } from "../platform/fileSystem";

/** The largest file that is read. Real manifests stay far below; what is larger is generated data. */
export const largestFile = 20 * 1024 * 1024;

/** The one answer for every path at which there is nothing. */
export const missing: Found = { kind: "missing" };

/** The one answer for every path that nobody looked up yet. */
export const pending: Found = { kind: "pending" };

/** Reads what is at a path; never rejects. */
export async function readFound(fileSystem: FileSystem, path: string): Promise<Found> {
  try {
    const stat = await fileSystem.stat(path);
    if (stat === undefined) return missing;
    if (stat.kind === "other") return unreadable("It is neither a file nor a directory.");
    const realPath = await fileSystem.realPath(path);
    if (stat.kind === "directory") return { kind: "directory", realPath };
    if (stat.size > largestFile) return tooLarge(stat.size);
    return fromBytes(path, realPath, await fileSystem.readFile(path));
  } catch (error) {
    return foundFromError(error);
  }
}

/** The same, blocking; never throws. */
export function readFoundSync(fileSystem: SyncFileSystem, path: string): Found {
  try {
    const stat = fileSystem.stat(path);
    if (stat === undefined) return missing;
    if (stat.kind === "other") return unreadable("It is neither a file nor a directory.");
    const realPath = fileSystem.realPath(path);
    if (stat.kind === "directory") return { kind: "directory", realPath };
    if (stat.size > largestFile) return tooLarge(stat.size);
    return fromBytes(path, realPath, fileSystem.readFile(path));
  } catch (error) {
    return foundFromError(error);
  }
}

/** A file from its bytes. What is not UTF-8 keeps its bytes: a generator takes them as they are. */
export function fromBytes(path: string, realPath: string, bytes: Uint8Array): Found {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { kind: "file", realPath, source: { path, text: "" }, bytes };
  return { kind: "file", realPath, source: { path, text } };
}

/** Why a path could not be read, as an answer. */
export function foundFromError(error: unknown): Found {
  if (!isFileSystemError(error)) return unreadable(error instanceof Error ? error.message : String(error));
  return error.problem === "missing" ? missing : unreadable(error.reason);
}

/** A byte order mark stays: it is part of what a generator puts into a ConfigMap. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The answer for a file or text of so many bytes, which is more than `largestFile`. */
export function tooLarge(size: number): Extract<Found, { kind: "unreadable" }> {
  const megabytes = (size / (1024 * 1024)).toFixed(1);
  return unreadable(`It is ${megabytes} MB large; files over ${largestFile / (1024 * 1024)} MB are not read.`);
}

function unreadable(reason: string): Extract<Found, { kind: "unreadable" }> {
  return { kind: "unreadable", reason };
}
