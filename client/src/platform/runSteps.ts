/** Where in a form a question stands. */
export interface StepPlace {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * One question of a form: takes what is known so far and gives what is known after it; `skip` when there is nothing to ask, with what is known
 * without asking; `back` to ask the question before again; nothing when the person gives up.
 */
export type Step<S> = (
  state: S,
  place: StepPlace,
) => Promise<{ readonly state: S; readonly skipped?: true } | "back" | undefined>;

/** Asks one question after the other, and back. Gives what is known in the end; nothing when the person gives up. */
export async function runSteps<S>(title: string, initial: S, steps: readonly Step<S>[]): Promise<S | undefined> {
  /** The questions that were asked, with what was known before each. */
  const asked: { readonly index: number; readonly state: S }[] = [];
  let state = initial;
  for (let index = 0; index < steps.length; index++) {
    // Those that were not asked do not count.
    const totalSteps = steps.length - (index - asked.length);
    const place = { title, step: asked.length + 1, totalSteps, canGoBack: asked.length > 0 };
    const answer = await steps[index]?.(state, place);
    if (answer === undefined) return undefined;
    if (answer === "back") {
      const former = asked.pop();
      if (former === undefined) return undefined;
      state = former.state;
      index = former.index - 1;
      continue;
    }
    if (answer.skipped !== true) asked.push({ index, state });
    state = answer.state;
  }
  return state;
}
