import type { CommittedReader } from "../git/committedReader";
import type { Topic } from "./observations";
import { QuestionJob, type QuestionJobOptions } from "./questionJob";

/** What to ask git: some files of a commit that a cluster speaks of. */
export interface WantedTexts {
  /** The work tree. */
  readonly root: string;
  /** The id of the commit. */
  readonly revision: string;
  readonly paths: readonly string[];
}

/** The texts of files by path, as a commit has them; `undefined` for what it lacks. */
export type DeployedTexts = ReadonlyMap<string, string | undefined>;

/** What clusters speak of: the texts by `deployedKey`. Commits that nobody fetched are not among them. */
export const deployedTexts: Topic<ReadonlyMap<string, DeployedTexts>> = { name: "deployed texts", nothing: new Map() };

/** How the commits of all repositories are told apart. */
export function deployedKey({ root, revision }: Pick<WantedTexts, "root" | "revision">): string {
  return `${revision} ${root}`;
}

export type DeployedTextsJob = QuestionJob<readonly WantedTexts[], string, DeployedTexts>;

export interface DeployedTextsJobOptions
  extends Pick<
    QuestionJobOptions<readonly WantedTexts[], string, DeployedTexts>,
    "wanted" | "store" | "clock" | "answered"
  > {
  readonly reader: CommittedReader;
}

/** Asks git for the files that clusters complain of; nothing is asked as long as they complain of nothing. */
export function deployedTextsJob({ reader, ...rest }: DeployedTextsJobOptions): DeployedTextsJob {
  return new QuestionJob({
    ...rest,
    topic: deployedTexts,
    describe: (wanted) => (wanted.length === 0 ? "" : JSON.stringify(wanted)),
    ask: async (wanted, signal) => {
      const answers = new Map<string, DeployedTexts>();
      for (const each of wanted) {
        const texts = signal.aborted ? undefined : await read(each, reader, signal);
        if (texts !== undefined) answers.set(deployedKey(each), texts);
      }
      return answers;
    },
  });
}

async function read(
  { root, revision, paths }: WantedTexts,
  reader: CommittedReader,
  signal: AbortSignal,
): Promise<DeployedTexts | undefined> {
  const listed = await reader.list(root, revision, signal);
  // A commit that is not here has no files.
  if (!listed.ok || listed.value.length === 0) return undefined;
  const texts = await reader.texts(root, revision, paths, signal);
  return texts.ok ? texts.value : undefined;
}
