/** Request: what the sync windows of a project say to Applications at a time, `SyncWindowsParameters` → `SyncWindowsVerdict[]`. */
export const syncWindowsRequest = "gitopsAuthor/syncWindows";

export interface SyncWindowsParameters {
  /** As the AppProject writes them. */
  readonly windows: readonly SyncWindow[];
  /** The Applications; the answer has a verdict for each. */
  readonly targets: readonly WindowTarget[];
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A time in which a project allows or denies syncs, as its AppProject writes it. */
export interface SyncWindow {
  /** `allow` or `deny`. */
  readonly kind?: string | undefined;
  /** For example `0 22 * * *`. */
  readonly schedule?: string | undefined;
  /** For example `1h30m`. */
  readonly duration?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly applications?: readonly string[] | undefined;
  readonly namespaces?: readonly string[] | undefined;
  readonly clusters?: readonly string[] | undefined;
  readonly manualSync?: boolean | undefined;
  readonly andOperator?: boolean | undefined;
}

/** What windows look at in an Application. */
export interface WindowTarget {
  readonly name: string;
  readonly destination: {
    readonly server?: string | undefined;
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
  };
}

/** What the windows of a project say to a sync at a time. Windows are given by their place in the list. */
export interface WindowVerdict {
  /** Those that are about the Application. */
  readonly matching: readonly number[];
  /** Those of them that are open. */
  readonly active: readonly number[];
  /** Whether Argo CD may sync by itself. */
  readonly automatic: boolean;
  /** Whether a sync that a person asks for may run. */
  readonly manual: boolean;
  /** Why it may not: denying windows that are open, or else allowing ones that are not. */
  readonly blocking: readonly number[];
  /** A window that Argo CD cannot read: it then holds back every sync, for good. */
  readonly mistake?: number | undefined;
}

export interface SyncWindowsVerdict extends WindowVerdict {
  /** When a sync that a person asks for may run next, in milliseconds since 1970; absent when it may now, or when that is not known. */
  readonly opensAt?: number | undefined;
}
