import { ApiError } from "./apiError";

/** What a question gives; nothing where the answer is not there or may not be seen by this person. Rejects for anything else. */
export async function orAbsent<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof ApiError && (error.kind === "forbidden" || error.kind === "notFound")) return undefined;
    throw error;
  }
}
