/** A git work tree in which workspace folders lie, or that lies in one. */
export interface Repository {
  /** Absolute path of the work tree. */
  readonly root: string;
  readonly remotes: readonly Remote[];
  /** The branch that is checked out; absent when none is. */
  readonly branch?: string | undefined;
}

/** A remote of a git repository, as its configuration says. */
export interface Remote {
  /** For example `origin`. */
  readonly name: string;
  /** As written, for example `git@github.com:wpernath/book-example.git`. */
  readonly url: string;
}
