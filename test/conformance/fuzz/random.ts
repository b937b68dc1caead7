/** A source of random choices that gives the same sequence for the same seed. */
export interface Random {
  /** An integer from 0 to `below - 1`. */
  int(below: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** A list of `least` to `most` items. */
  list<T>(least: number, most: number, make: (index: number) => T): T[];
  /** Some of the choices, in their order, at least one. */
  some<T>(choices: readonly T[]): T[];
}

/** Mulberry32, a small generator of good enough randomness (Tommy Ettinger, public domain algorithm). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const pick = <T>(choices: readonly T[]): T => {
    if (choices.length === 0) throw new Error("nothing to choose from");
    return choices[int(choices.length)] as T;
  };
  return {
    int,
    pick,
    chance: (probability) => next() < probability,
    list: (least, most, make) => Array.from({ length: least + int(most - least + 1) }, (_, index) => make(index)),
    some: (choices) => {
      const chosen = choices.filter(() => next() < 0.5);
      return chosen.length > 0 ? chosen : [pick(choices)];
    },
  };
}
