/** What the built-in schema was needed for so far; what a schema named after that may say depends on it. */
export interface SchemaUse {
  /** Somebody asked for the scope of a kind that upstream does not know by heart. */
  isAsked: boolean;
  /** A patch was merged. */
  isRead: boolean;
}
