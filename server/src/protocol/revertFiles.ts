/**
 * Request: what files an Application deploys had in them at former commits, and how that differs from now: `RevertFilesParameters` →
 * `RevertFiles`. Reads git, and changes nothing.
 */
export const revertFilesRequest = "gitopsAuthor/revertFiles";

export interface RevertFilesParameters {
  /** The sources that were deployed, each with its commit. */
  readonly parts: readonly RevertPart[];
}

export interface RevertPart {
  readonly source: {
    readonly repoURL?: string | undefined;
    readonly path?: string | undefined;
    readonly targetRevision?: string | undefined;
    readonly chart?: string | undefined;
  };
  /** A commit. */
  readonly revision: string;
}

export interface RevertFiles {
  readonly files: readonly RevertedFile[];
  /** What the revert takes back, the newest first: `3f9e2a1 Use person-service 1.4`. */
  readonly commits: readonly string[];
  /** Sentences on what cannot be taken back here. */
  readonly notes: readonly string[];
}

export interface RevertedFile {
  readonly uri: string;
  /** Its path for people. */
  readonly label: string;
  /** `restored`: it is not there now. `deleted`: it was not there then. */
  readonly change: "changed" | "restored" | "deleted";
  /** What it was; empty when it was not there. */
  readonly text: string;
  /** Paths of the other kustomizations that are deployed and would change with it. */
  readonly sharedWith: readonly string[];
}
