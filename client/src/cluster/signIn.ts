import type { ProgramEnd, RunProgram } from "../platform/runProgram";
import { ApiError } from "./apiError";
import type { SignInProgram } from "./signInProgram";

/** What a program that signs in gave. */
export interface Credential {
  readonly token?: string | undefined;
  /** In PEM. */
  readonly clientCertificateData?: string | undefined;
  readonly clientKeyData?: string | undefined;
  /** When it runs out, for example `2026-01-01T00:00:00Z`; it counts until it is refused when nothing is said. */
  readonly expirationTimestamp?: string | undefined;
}

export interface SignInOptions {
  readonly program: SignInProgram;
  /** The name of the context. */
  readonly context: string;
  readonly run: RunProgram;
  /** Ends a program that runs. */
  readonly signal: AbortSignal;
  /** How long the program may take, in milliseconds. */
  readonly patience: number;
}

/** How long a failure counts for all who ask, in milliseconds: the watches of a cluster find one after the other that they have to sign in. */
const failureCounts = 5_000;

/** Signs in by a program: one at a time for all who wait, and not again before what it gave has run out or was refused. */
export class SignIn {
  #credential: Credential | undefined;
  #running: Promise<Credential> | undefined;
  #failure: { readonly error: unknown; readonly time: number } | undefined;

  constructor(private readonly options: SignInOptions) {}

  /** Throws `signIn` when there is no credential to be had. What the program says on its standard error is in the details only. */
  async get(): Promise<Credential> {
    if (this.#credential !== undefined && !hasRunOut(this.#credential)) return this.#credential;
    if (this.#failure !== undefined && Date.now() - this.#failure.time < failureCounts) throw this.#failure.error;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    try {
      return await this.#running;
    } catch (error) {
      if (this.#failure?.error !== error) this.#failure = { error, time: Date.now() };
      throw error;
    }
  }

  /** Forgets what the server refused. */
  forget(refused: Credential): void {
    if (this.#credential === refused) this.#credential = undefined;
  }

  async #run(): Promise<Credential> {
    const { program, context, run, signal, patience } = this.options;
    const { command, args, environment, needsTerminal } = program;
    const name = command.replace(/^.*[/\\]/, "");
    const failure = (what: string, output?: string): ApiError =>
      new ApiError("signIn", `'${name}', which signs in to '${context}', ${what}`, { output });
    if (needsTerminal) throw failure("asks questions in a terminal. Sign in there with kubectl, then try again.");
    const late = AbortSignal.timeout(patience);
    let end: ProgramEnd;
    try {
      end = await run({ command, args, environment, signal: AbortSignal.any([signal, late]) });
    } catch (error) {
      throw failure(describeStart(error, program));
    }
    if (late.aborted)
      throw failure(`took more than ${patience / 1000} s. Run it in a terminal to see what it waits for.`);
    if (end.code !== 0)
      throw failure(`ended with ${end.code}. Sign in with kubectl in a terminal, then try again.`, said(end));
    const credential = readCredential(end.stdout);
    if (credential === undefined) throw failure("wrote something that is no ExecCredential in JSON.", said(end));
    this.#credential = credential;
    return credential;
  }
}

function hasRunOut({ expirationTimestamp = "" }: Credential): boolean {
  return Date.parse(expirationTimestamp) <= Date.now();
}

/** By the code of Node, which runs no batch file of Windows without a shell (`EINVAL`, since CVE-2024-27980). */
const startFailures: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "was not found on the PATH of your login shell."],
  [
    "EINVAL",
    "cannot be started: a .cmd or .bat file needs a shell. Name the program that it starts in the kubeconfig.",
  ],
]);

function describeStart(error: unknown, { installHint }: SignInProgram): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  const reason = startFailures.get(code) ?? `cannot be started (${code}).`;
  return installHint ? `${reason} ${installHint.trim()}` : reason;
}

/** The end of what the program told people, without what may be a secret: long words with digits in them. */
function said({ stderr }: ProgramEnd): string | undefined {
  const text = stderr
    .trim()
    .slice(-2000)
    .replace(/[\w+/=.~-]{20,}/g, (word) => (/\d/.test(word) ? "…" : word));
  return text === "" ? undefined : text;
}

/** What it wrote may be a token: never to be quoted. */
function readCredential(stdout: string): Credential | undefined {
  try {
    const { status } = JSON.parse(stdout) as { readonly status?: Credential | null };
    return status?.token || status?.clientCertificateData ? status : undefined;
  } catch {
    return undefined;
  }
}
