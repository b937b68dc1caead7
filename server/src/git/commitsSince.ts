import { done, failed, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** A commit, as far as it is shown. */
export interface CommitLine {
  /** Short enough to be read, long enough to be one commit. */
  readonly id: string;
  readonly subject: string;
}

/** How many commits are read; nobody reads more in a list. */
const mostCommits = 100;

/** The commits after `revision` up to the present one that changed one of `paths` (absolute), the newest first. */
export async function listCommitsSince(
  git: GitProgram,
  revision: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Outcome<readonly CommitLine[]>> {
  const within = paths.flatMap((path) => git.pathOf(path) ?? []);
  if (within.length === 0) return done([]);
  const range = `${revision}..HEAD`;
  const args = [
    "log",
    "-z",
    "--format=%h %s",
    `--max-count=${mostCommits}`,
    "--end-of-options",
    range,
    "--",
    ...within,
  ];
  const end = await git.read({ args, signal });
  if (!end.ok) return end;
  if (end.value.code !== 0) return failed(unexpected("Listing commits", end.value));
  const lines = end.value.output.split("\0").filter((line) => line !== "");
  return done(
    lines.map((line) => {
      const [id = "", ...words] = line.trim().split(" ");
      return { id, subject: words.join(" ") };
    }),
  );
}
