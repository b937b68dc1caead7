/** One kind of answers from outside, for example the Applications of open contexts. */
export interface Topic<T> {
  /** For people who debug; two topics never are the same because they are called the same. */
  readonly name: string;
  /** What counts as long as nobody has answered: absent means silent. */
  readonly nothing: T;
}

/**
 * All that is known of the outside at one moment. Immutable, as the values that it holds: who computes something asks the same object
 * throughout. A value is the same object until there is a new answer on its topic, so that what follows from it can be kept by it.
 */
export interface Observations {
  /** Grows with every answer. */
  readonly version: number;
  of<T>(topic: Topic<T>): T;
}

/** Nobody has answered anything. */
export const noObservations: Observations = observed(0, new Map());

/** Holds the newest answers; who contacts the outside writes them here, each on a topic of its own. */
export class ObservationStore {
  private values: ReadonlyMap<object, unknown> = new Map();
  private observations = noObservations;
  private readonly listeners = new Set<() => void>();

  /** What is known now. */
  get current(): Observations {
    return this.observations;
  }

  /** There is a new answer; one that is the same object as the last is none. */
  put<T>(topic: Topic<T>, value: T): void {
    if (this.observations.of(topic) === value) return;
    this.values = new Map(this.values).set(topic, value);
    this.observations = observed(this.observations.version + 1, this.values);
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after each new answer. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }
}

function observed(version: number, values: ReadonlyMap<object, unknown>): Observations {
  return { version, of: <T>(topic: Topic<T>) => (values.has(topic) ? (values.get(topic) as T) : topic.nothing) };
}
