import { done, failed, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** A commit that changed a path. */
export interface LogEntry {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** When it was written, ISO 8601. */
  readonly time: string;
  /** The first line of its message. */
  readonly subject: string;
  /** The rest of its message. */
  readonly body: string;
}

export interface LogOptions {
  /** How many commits at most; 20 when absent. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The commits that changed a file or directory, the newest first; none when there is no commit yet. */
export async function readLog(
  git: GitProgram,
  path: string,
  { limit = 20, signal }: LogOptions = {},
): Promise<Outcome<readonly LogEntry[]>> {
  const format = `--format=${["%H", "%an", "%ae", "%aI", "%s", "%b"].join("%x1f")}`;
  const where = path === git.root ? [] : git.pathspecsOf([path]);
  const end = await git.read({ args: ["log", "-z", `--max-count=${limit}`, format, "HEAD", ...where], signal });
  if (!end.ok) return end;
  if (/ambiguous argument 'HEAD'|bad revision 'HEAD'|does not have any commits/.test(end.value.errors)) return done([]);
  if (end.value.code !== 0) return failed(unexpected("Reading the history", end.value));
  const entries = end.value.output.split("\0").filter((text) => text !== "");
  return done(entries.map(parseEntry));
}

function parseEntry(text: string): LogEntry {
  const [commit = "", author = "", email = "", time = "", subject = "", ...body] = text.split("\x1f");
  return { commit, author, email, time, subject, body: body.join("\x1f").trim() };
}
