import { done, failed, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** The texts of files as a commit has them, by absolute path; `undefined` for those that it lacks and for what is no text. */
export type CommittedTexts = ReadonlyMap<string, string | undefined>;

/**
 * Reads files of a commit, for example of `HEAD`, all with one run of git. What lies outside of the work tree or in a submodule, and what is no
 * UTF-8, is `undefined`. Nothing is known of a repository without a commit.
 */
export async function readCommittedTexts(
  git: GitProgram,
  revision: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Outcome<CommittedTexts>> {
  const asked = paths.flatMap((path) => {
    const relative = git.pathOf(path);
    // A line is a question, so a line break cannot be part of one.
    return relative === undefined || /[\r\n]/.test(relative) ? [] : [{ path, question: `${revision}:${relative}` }];
  });
  if (asked.length === 0) return done(new Map());
  const input = asked.map(({ question }) => `${question}\n`).join("");
  const end = await git.readObjects({ args: ["cat-file", "--batch"], input, signal });
  if (!end.ok) return end;
  if (end.value.code !== 0) return failed(unexpected("Reading files of a commit", end.value));
  const answers = parseBatch(end.value.bytes);
  return done(new Map(asked.map(({ path }, i) => [path, answers[i]])));
}

/** The paths of all files of a commit, absolute, submodules left out; none when there is no such commit. */
export async function listCommitted(
  git: GitProgram,
  revision: string,
  signal?: AbortSignal,
): Promise<Outcome<readonly string[]>> {
  const end = await git.readObjects({ args: ["ls-tree", "-r", "-z", "--full-tree", revision], signal });
  if (!end.ok) return end;
  if (end.value.code !== 0) return done([]);
  const entries = end.value.output.split("\0").map((entry) => /^\d+ blob \w+\t([\s\S]+)$/.exec(entry)?.[1]);
  return done(entries.flatMap((name) => (name === undefined ? [] : [`${git.root}/${name}`])));
}

/**
 * What `git cat-file --batch` answers: for each question a line `ID TYPE SIZE`, so many bytes and a line break; or one line that ends in
 * `missing` or says why there is no answer.
 */
function parseBatch(bytes: Uint8Array): readonly (string | undefined)[] {
  const answers: (string | undefined)[] = [];
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const line = decoder.decode(bytes.subarray(at, lineEnd < 0 ? bytes.length : lineEnd));
    if (lineEnd < 0) break;
    at = lineEnd + 1;
    const [, type, size] = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(line) ?? [];
    // Of a submodule git says `ID submodule`, since the object is not in this repository.
    if (size === undefined) {
      answers.push(undefined);
      continue;
    }
    const content = bytes.subarray(at, at + Number(size));
    answers.push(type === "blob" ? toText(content) : undefined);
    at += Number(size) + 1;
  }
  return answers;
}

function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
