import type { CommittedReader } from "../git/committedReader";
import type { GitWork } from "../git/gitWork";
import type { Clock } from "../platform/clock";
import type { FileSystem, SyncFileSystem } from "../platform/fileSystem";
import type { Registry } from "../registry/registry";
import type { BundleFiles } from "../schema/bundle";

/** What a command needs of the process it runs in. */
export interface CommandHost {
  /** Absolute path of the working directory. */
  readonly workingDirectory: string;
  readonly syncFileSystem: SyncFileSystem;
  readonly clock: Clock;
  /** Our form of a path as people write it on this system. */
  readonly toPath: (written: string) => string;
  /** How many characters fit on a line; absent where nobody looks at it, and so as many as there are. */
  readonly width?: number | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** What `check` needs besides, which takes time to load. */
export interface CheckHost extends CommandHost {
  readonly fileSystem: FileSystem;
  /** The schemas that lie beside the program. */
  readonly schemaFiles: BundleFiles;
  /** What git has; nothing is compared with it when absent. */
  readonly committed?: CommittedReader | undefined;
}

/** What `bump` and `images` need besides. */
export interface ReleaseHost extends CommandHost {
  /** Makes a client of container registries; these hosts may speak plain HTTP. */
  readonly connect: (insecureHosts: readonly string[]) => Promise<Registry>;
  readonly gitWork: (root: string) => GitWork;
  /** Gives a file another text, as a whole or not at all. Rejects with a `FileSystemError`. */
  readonly replaceFile: (path: string, text: string) => Promise<void>;
  /** The person wants it to end. */
  readonly signal: AbortSignal;
}

/** How a command ended: 0 well, 1 with errors in what it looked at, 2 it could not run. */
export type ExitCode = 0 | 1 | 2;
