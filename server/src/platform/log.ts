/** Where the server writes what a person who looks for a defect wants to know. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** `error` may be anything that was thrown. */
  error(message: string, error?: unknown): void;
}

/** The text of anything thrown, with its stack where there is one. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
