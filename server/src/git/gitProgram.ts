import { isInside, parentPath, relativePath } from "../platform/path";
import type { ProgramEnd, Programs } from "../platform/programs";
import { done, failed, type GitFailure, type Outcome, withoutSecrets } from "./gitFailure";

/** One run of git. */
export interface GitRun {
  readonly args: readonly string[];
  /** What git reads from its standard input, which is empty when absent. */
  readonly input?: string | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a run of git said; any exit code. */
export interface GitEnd {
  readonly code: number;
  readonly bytes: Uint8Array;
  /** `bytes` as text. */
  readonly output: string;
  readonly errors: string;
}

/** Variables by which a hook or a script points git to another repository; our runs mean the one they name. */
const elsewhere: readonly string[] = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_COMMON_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_SHALLOW_FILE",
  "GIT_REPLACE_REF_BASE",
  "GIT_EXTERNAL_DIFF",
  "GIT_TRACE",
  "GIT_TRACE2",
  "GIT_TRACE2_EVENT",
];

/**
 * Settings for runs that only read: whatever the configuration of the repository says, nothing else is started, nothing is asked, nothing is
 * fetched and nothing is written, not even the index.
 */
const onlyReading: readonly string[] = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  ...[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.askPass=",
    "credential.helper=",
    "protocol.allow=never",
  ],
  ...["log.showSignature=false", "diff.external="],
].flatMap((word) => (word.startsWith("--") ? [word] : ["-c", word]));

type Variables = readonly (readonly [string, string])[];

const quiet: Variables = [
  // An empty list of protocols would mean all of them. Objects that a partial clone lacks stay away.
  ["GIT_ALLOW_PROTOCOL", "none"],
  ["GIT_NO_LAZY_FETCH", "1"],
];

/** How long reading may take, in milliseconds. */
const readingTimeout = 20_000;

/** How long a commit with its hooks may take, in milliseconds. */
const actingTimeout = 300_000;

/** Runs the git of the machine in one work tree. */
export class GitProgram {
  /** `root` is the absolute path of the work tree: the directory that holds `.git`. */
  constructor(
    private readonly programs: Programs,
    readonly root: string,
  ) {}

  /** Reads, and does nothing else: no hook, no filter of a diff, no helper, no network. */
  read({ args, timeout = readingTimeout, ...rest }: GitRun): Promise<Outcome<GitEnd>> {
    return this.run({ args: [...onlyReading, ...args], timeout, ...rest }, quiet);
  }

  /**
   * The same for what commits hold (`cat-file`, `ls-tree`), which is read unasked after each change of a repository and by each `check`: without the
   * library, straight through the port.
   */
  async readObjects({ args, timeout = readingTimeout, ...rest }: GitRun): Promise<Outcome<GitEnd>> {
    const run = { args: [...onlyReading, ...args], timeout, ...rest };
    return toOutcome(await this.programs.run({ ...this.start(quiet), ...run }), this.root);
  }

  /** Does what the person asked for as their own git would, hooks, signatures and credential helpers included, but asks nothing. */
  act({ args, timeout = actingTimeout, ...rest }: GitRun): Promise<Outcome<GitEnd>> {
    // Nothing is set that hooks would inherit, but for what a commit without an editor sets for them anyway.
    return this.run({ args, timeout, ...rest }, [["GIT_EDITOR", ":"]]);
  }

  /** A path as git wants it; `undefined` for what lies outside of the work tree. */
  pathOf(path: string): string | undefined {
    return path !== this.root && isInside(this.root, path) ? relativePath(this.root, path) : undefined;
  }

  /** Paths for the end of a command line: what stands for several files in them stands for itself. */
  pathspecsOf(paths: readonly string[]): readonly string[] {
    return ["--", ...paths.map((path) => `:(top,literal)${this.pathOf(path) ?? path}`)];
  }

  private async run(run: GitRun & { readonly timeout: number }, more: Variables): Promise<Outcome<GitEnd>> {
    const place = await this.programs.locate(this.start(more));
    if (place === undefined) return toOutcome({ kind: "notFound" }, this.root);
    const { runSimpleGit } = await import("./simpleGit");
    return toOutcome(await runSimpleGit(place, run), this.root);
  }

  private start(more: Variables): Parameters<Programs["locate"]>[0] {
    const environment = new Map<string, string | undefined>([
      ...elsewhere.map((name): [string, undefined] => [name, undefined]),
      ["GIT_TERMINAL_PROMPT", "0"],
      // Its words are read, so they have to be English; all else that follows from the person's language stays.
      ["LANGUAGE", "en"],
      // A work tree whose `.git` is broken must not be taken for a part of the one around it.
      ["GIT_CEILING_DIRECTORIES", parentPath(this.root)],
      ...more,
    ]);
    return { program: "git", directory: this.root, environment };
  }
}

function toOutcome(end: ProgramEnd, root: string): Outcome<GitEnd> {
  switch (end.kind) {
    case "ended": {
      const errors = withoutSecrets(end.errors);
      const failure = end.code === 0 ? undefined : findRefusal(errors, root);
      if (failure !== undefined) return failed(failure);
      const { code, output: bytes } = end;
      let output: string | undefined;
      return done({
        code,
        bytes,
        errors,
        get output() {
          output ??= new TextDecoder().decode(bytes);
          return output;
        },
      });
    }
    case "notFound":
      return failed({
        kind: "noGit",
        message: "There is no program `git`.",
        help: "Install git, and make sure that it is on the PATH, also of the editor where that runs it.",
      });
    case "stopped":
      return failed(stoppedFailure(end.why, withoutSecrets(end.errors)));
    case "failed":
      return failed({
        kind: "failed",
        message: "Git could not be run.",
        help: "Try it in a terminal.",
        detail: end.reason,
      });
  }
}

function stoppedFailure(why: "timeout" | "cancelled" | "tooMuchOutput", errors: string): GitFailure {
  const detail = errors.trim() || undefined;
  switch (why) {
    case "timeout":
      return {
        kind: "timedOut",
        message: "Git did not come to an end in time and was stopped.",
        help: "Try the same in a terminal: a hook, a signature or a server may be waiting for something.",
        detail,
      };
    case "cancelled":
      return {
        kind: "cancelled",
        message: "Git was stopped on request.",
        help: "Start again when you want to.",
        detail,
      };
    case "tooMuchOutput":
      return { kind: "failed", message: "Git had more to say than can be taken in.", help: "Ask for less.", detail };
  }
}

/** What git says of its own files, not what hooks and helpers say of theirs, nor what a server does. Of the folder of a ref it gives no cause. */
const notWritable =
  /^(?:fatal|error): (?:.*(?:unable to|could not|cannot|failed to) (?:create|lock|write|open|mkdir)\b.*: (?:Permission denied|Read-only file system)|cannot lock ref .*: unable to create directory for |insufficient permission for adding an object)/im;

/** Why git would do nothing at all in a directory. */
function findRefusal(errors: string, root: string): GitFailure | undefined {
  const [, foreign] = /detected dubious ownership in repository at '([^\n]*)'/.exec(errors) ?? [];
  if (foreign !== undefined) {
    return {
      kind: "unsafeOwner",
      message: `Git refuses to work in '${foreign}', because it belongs to another user.`,
      help:
        `If you trust it, run: git config --global --add safe.directory '${foreign}' ` +
        "(where the home directory cannot be written, after: export GIT_CONFIG_GLOBAL=/tmp/gitconfig)",
      detail: errors.trim(),
    };
  }
  if (/not a git repository|must be run in a work tree/.test(errors)) {
    return {
      kind: "noRepository",
      message: `'${root}' is no git work tree.`,
      help: "Run `git init` there, or clone the repository again if its `.git` is damaged.",
      detail: errors.trim(),
    };
  }
  if (notWritable.test(errors)) {
    return {
      kind: "notWritable",
      message: `Git may not write in '${root}'.`,
      help: "Its files belong to another user, or are read-only: clone it as the user who runs this, or give that user the right to write, also below `.git`.",
      detail: errors.trim(),
    };
  }
  if (/Unable to create '[^']*\.lock': File exists/.test(errors)) {
    return {
      kind: "locked",
      message: "Another git is at work in the repository.",
      help: "Wait until it has ended; if there is none, remove the lock file that git names.",
      detail: errors.trim(),
    };
  }
  return undefined;
}

/** The failure for an exit code that nobody expected. */
export function unexpected(what: string, { errors, output }: GitEnd): GitFailure {
  const detail = errors.trim() || output.trim() || undefined;
  return {
    kind: "failed",
    message: `${what} failed.`,
    help: "See git's own words, and try the same in a terminal.",
    detail,
  };
}
