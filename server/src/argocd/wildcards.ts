/** One step of a pattern: `many` letters that fit, or exactly one. */
export interface Token {
  readonly many: boolean;
  readonly fits: (letter: string, separator: string | undefined) => boolean;
}

/** Whether the steps of a pattern match the whole of a text. Takes time linear in both. */
export function matchTokens(tokens: readonly Token[], text: string, separator?: string): boolean {
  // reached[i]: the tokens so far match the first i letters.
  let reached: boolean[] = [true, ...[...text].map(() => false)];
  const letters = [...text];
  for (const { many, fits } of tokens) {
    const next: boolean[] = [many && reached[0] === true];
    letters.forEach((letter, i) => {
      const goesOn = many && next[i] === true && fits(letter, separator);
      next.push(many ? goesOn || reached[i + 1] === true : reached[i] === true && fits(letter, separator));
    });
    reached = next;
  }
  return reached.at(-1) === true;
}
