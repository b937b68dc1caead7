/** How an Application is, at a glance. */
export interface ApplicationGlance {
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** What else matters: `syncing…`, `last sync failed`, `being deleted`; may be empty. */
  readonly activity?: string | undefined;
  readonly conditions?: readonly { readonly type: string }[] | undefined;
}

/**
 * The state of an Application in words, the same in rows and lenses, what is wrong first: a narrow side bar cuts the rest off. Alone `Unknown` would not say
 * what is unknown; that a sync failed is told once.
 */
export function applicationWords(application: ApplicationGlance): readonly string[] {
  const { sync, health, activity = "", conditions = [] } = application;
  const states = [
    conditions.find(({ type }) => isError(type) && type !== "SyncError")?.type ?? "",
    health === "Unknown" ? "Health unknown" : health,
    sync === "Unknown" ? "Sync unknown" : sync,
    activity,
  ].filter((word) => word !== "");
  const isGood = (word: string): boolean => word === "Healthy" || word === "Synced";
  return [...states.filter((word) => !isGood(word)), ...states.filter(isGood)];
}

/** Whether a condition of that type, for example `ComparisonError`, keeps Argo CD from its work; the others are warnings. */
export function isError(type: string): boolean {
  return type.endsWith("Error");
}
