import type { Clock } from "../../platform/clock";
import { SharedWork } from "../sharedWork";
import { askHelper, type HelperRuns } from "./credentialHelper";
import type { FoundLogin, Login } from "./login";

/** What somebody wants to know of a credential helper. */
export interface HelperQuestion {
  /** `ecr-login` means the program `docker-credential-ecr-login`. */
  readonly name: string;
  /** The address that the helper is asked for. */
  readonly server: string;
  /** A person tries it again. */
  readonly isRetry?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whoever asks credential helpers. */
export interface Helpers {
  /** @throws RegistryError `cancelled` */
  ask(question: HelperQuestion): Promise<FoundLogin>;
}

/** How long an answer counts, in milliseconds: people log in again while we run. */
const answerLife = 5 * 60_000;

/** How long a helper is left alone that hangs or fails: it may want to be touched, or open a window each time. */
const problemLife = 30 * 60_000;

/** Questions for one wish of a person follow each other closer than this; who tries again by hand takes longer. */
const sameTry = 5000;

interface Kept {
  readonly answer: FoundLogin;
  readonly until: number;
  /** Asking again would help only a person who did something about it: it gave no login, or was asked because its last one was refused. */
  readonly isFinal: boolean;
  /** The registry refused the login. */
  isDoubted: boolean;
  /** When a person last ran into it. */
  metAt: number;
}

/**
 * Asks the credential helpers for one registry, and remembers what they said: they are programs that may be slow, ask for a touch or hang, and a registry is asked for
 * many images. A login that is refused is asked for anew once, since it may have ended; a person's own retry starts the helper in any case.
 */
export class HelperMemory implements Helpers {
  private readonly kept = new Map<string, Kept>();
  private readonly shared = new SharedWork<FoundLogin>();

  constructor(
    private readonly clock: Clock,
    private readonly runs: HelperRuns,
  ) {}

  ask({ name, server, isRetry = false, signal }: HelperQuestion): Promise<FoundLogin> {
    const key = `${name} ${server}`;
    const kept = this.kept.get(key);
    const counts = kept !== undefined && this.clock.now() < kept.until && !this.mayAskAgain(kept, isRetry);
    if (counts) return Promise.resolve(kept.answer);
    return this.shared.run(key, signal, async (own) => {
      const answer = await askHelper(name, server, this.runs, own);
      const now = this.clock.now();
      this.kept.set(key, {
        answer,
        until: now + (answer.problem === undefined ? answerLife : problemLife),
        isFinal: answer.login === undefined || kept?.isDoubted === true,
        isDoubted: false,
        metAt: now,
      });
      return answer;
    });
  }

  /** The registry refused a login; it may be one of a helper. */
  doubt(login: Login | undefined): void {
    for (const kept of this.kept.values())
      if (login !== undefined && kept.answer.login === login) kept.isDoubted = true;
  }

  private mayAskAgain(kept: Kept, isRetry: boolean): boolean {
    if (kept.answer.login !== undefined && !kept.isDoubted) return false;
    if (!kept.isFinal) return true;
    if (!isRetry) return false;
    const now = this.clock.now();
    const isAnother = now - kept.metAt >= sameTry;
    kept.metAt = now;
    return isAnother;
  }
}
