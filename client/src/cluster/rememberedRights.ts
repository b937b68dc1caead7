import { type Permission, type Right, reviewAccess } from "./accessReview";
import type { Clock } from "./clock";
import type { Connection } from "./connection";

/** How long an answer counts, in milliseconds. Rights change seldom; a command asks anew in any case. */
const lifetime = 5 * 60_000;

interface Remembered {
  readonly until: number;
  readonly answer: Promise<readonly Permission[]>;
}

/** Which rights a person lacks, asked once in some minutes for each connection and object: for what is only told, never for what is done. */
export class RememberedRights {
  readonly #answers = new WeakMap<Connection, Map<string, Remembered>>();

  constructor(
    private readonly clock: Pick<Clock, "now">,
    private readonly ask: typeof reviewAccess = reviewAccess,
  ) {}

  /** Those of `rights` that the person does not have. Rejects when the API server cannot be asked. */
  async findMissing(connection: Connection, rights: readonly Right[]): Promise<readonly Permission[]> {
    const answers = this.#answers.get(connection) ?? new Map<string, Remembered>();
    this.#answers.set(connection, answers);
    const key = JSON.stringify(rights);
    const known = answers.get(key);
    if (known !== undefined && known.until > this.clock.now()) return missing(await known.answer);
    const answer = this.ask(connection, rights);
    answers.set(key, { until: this.clock.now() + lifetime, answer });
    try {
      return missing(await answer);
    } catch (error) {
      // A failure is no answer.
      answers.delete(key);
      throw error;
    }
  }
}

function missing(permissions: readonly Permission[]): readonly Permission[] {
  return permissions.filter(({ allowed }) => !allowed);
}
