/** Does something until it succeeds, so many times at most. Gives what it gives; throws what the last attempt threw. */
export async function again<T>(attempts: number, act: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act(attempt);
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
