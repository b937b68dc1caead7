/** What the server needs from a disk. Every method rejects with a `FileSystemError` and with nothing else. */
export interface FileSystem {
  /** What is at a path, links followed; `undefined` when nothing is there. */
  stat(path: string): Promise<Stat | undefined>;
  readFile(path: string): Promise<Uint8Array>;
  readDirectory(path: string): Promise<readonly DirectoryEntry[]>;
  /** The path with every symbolic link resolved. */
  realPath(path: string): Promise<string>;
}

/** The same for hosts that may block, such as a command line that renders one overlay and ends. */
export interface SyncFileSystem {
  stat(path: string): Stat | undefined;
  readFile(path: string): Uint8Array;
  readDirectory(path: string): readonly DirectoryEntry[];
  realPath(path: string): string;
}

export interface Stat {
  /** `other` is a socket, a device or a pipe: never read. */
  readonly kind: "file" | "directory" | "other";
  /** In bytes. */
  readonly size: number;
}

export interface DirectoryEntry {
  readonly name: string;
  /** Links are not followed here. */
  readonly kind: "file" | "directory" | "link" | "other";
}

/** Whether it is one, be it of another bundle of ours, which has a class of its own. */
export function isFileSystemError(error: unknown): error is FileSystemError {
  return error instanceof Error && error.name === "FileSystemError";
}

/** Why something could not be read; `reason` is a sentence for people, for example `Permission denied.` */
export class FileSystemError extends Error {
  constructor(
    readonly problem: "missing" | "denied" | "loop" | "failed",
    readonly reason: string,
  ) {
    super(reason);
    this.name = "FileSystemError";
  }
}
