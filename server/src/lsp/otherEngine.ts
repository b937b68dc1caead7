import type { RenderEngine } from "../analysis/settings";
import { type EngineAnswer, engineAnswers } from "../observations/engineAnswers";
import { QuestionJob, type QuestionJobOptions } from "../observations/questionJob";
import type { FileSystem } from "../platform/fileSystem";
import type { ProgramEnd, Programs } from "../platform/programs";
import type { BuildSource, RootBuild } from "../render/builds";
import type { Snapshot } from "../workspace/snapshot";

/** A build of ours with which a program's is compared. */
export interface ComparedBuild {
  readonly build: Pick<RootBuild, "root" | "complete" | "text" | "result">;
  readonly snapshot: BuildSource & Pick<Snapshot, "isOpen" | "file">;
}

/** What there is to compare, and with which program. */
export interface WantedComparison {
  /** Absent when the built-in engine is all that is wanted. */
  readonly program: RenderEngine | undefined;
  readonly builds: readonly ComparedBuild[];
  /** Grows with each change of a file on disk: then the program may say something else. */
  readonly saves: number;
}

export interface OtherEngineOptions
  extends Pick<QuestionJobOptions<WantedComparison, string, EngineAnswer>, "wanted" | "store" | "clock" | "answered"> {
  readonly programs: Programs;
  readonly fileSystem: Pick<FileSystem, "readFile">;
}

export type OtherEngineJob = QuestionJob<WantedComparison, string, EngineAnswer>;

/** The two programs, and how each is told to build its working directory. */
const commands: Readonly<Record<RenderEngine, readonly string[]>> = { kustomize: ["build"], kubectl: ["kustomize"] };

/** A build with remote bases takes its time. */
const timeout = 60_000;

/** Compares open previews with what a program prints of the same files; what is not saved is not compared. */
export function otherEngineJob({ programs, fileSystem, ...rest }: OtherEngineOptions): OtherEngineJob {
  return new QuestionJob({
    ...rest,
    topic: engineAnswers,
    describe: ({ program, builds, saves }) =>
      program === undefined || builds.length === 0
        ? ""
        : JSON.stringify([program, saves, builds.map(({ build }) => [build.root, build.text.file.text])]),
    ask: async ({ program, builds }, signal) => {
      const answers = new Map<string, EngineAnswer>();
      for (const compared of program === undefined ? [] : builds) {
        if (signal.aborted || !(await isSaved(compared, fileSystem))) continue;
        const words = await askProgram(program, compared, { programs, signal });
        const { root, text } = compared.build;
        if (words !== undefined) answers.set(root, { ours: text.file.text, words });
      }
      return answers;
    },
  });
}

/**
 * Has a program build the directory of a build, and compares. It follows the load restrictions of our build. `undefined` when there is
 * nothing to say: neither of the two can build it.
 */
export async function askProgram(
  program: RenderEngine | undefined,
  { build, snapshot }: ComparedBuild,
  { programs, signal }: { readonly programs: Programs; readonly signal?: AbortSignal },
): Promise<string | undefined> {
  if (program === undefined) return undefined;
  const isFree = snapshot.freeDirectoryOf?.(build.root) !== undefined;
  const end = await programs.run({
    program,
    args: [...commands[program], ".", ...(isFree ? ["--load-restrictor", "LoadRestrictionsNone"] : [])],
    directory: build.root,
    // Nobody could answer when git asks for a password to fetch a remote base.
    environment: new Map([["GIT_TERMINAL_PROMPT", "0"]]),
    timeout,
    signal,
  });
  return describeEnd(program, end, build);
}

function describeEnd(program: string, end: ProgramEnd, build: ComparedBuild["build"]): string | undefined {
  if (end.kind === "notFound") return `There is no program '${program}' on the PATH`;
  if (end.kind === "failed") return `${program} could not be run: ${shorten(end.reason)}`;
  if (end.kind === "stopped") return end.why === "timeout" ? `${program} did not end within a minute` : undefined;
  if (end.code !== 0) return build.complete ? `${program} refuses to build this: ${lastLine(end.errors)}` : undefined;
  if (!build.complete) return `${program} can build all of this`;
  return compareTexts(program, build.text.file.text, new TextDecoder().decode(end.output));
}

/** The first line that is another one says more than that there is a difference. */
function compareTexts(program: string, ours: string, theirs: string): string {
  if (ours === theirs) return `${program} prints the same`;
  const other = theirs.split("\n");
  const line = ours.split("\n").findIndex((each, i) => each !== other[i]);
  const text = shorten(other[line] ?? "");
  return `${program} prints something else, first on line ${line + 1}: ${text === "" ? "nothing" : text}`;
}

/** Kustomize tells the cause last; flags that it calls deprecated come before. */
function lastLine(errors: string): string {
  return shorten(errors.trim().split("\n").at(-1) ?? "");
}

function shorten(text: string): string {
  const line = text.trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** Whether all files that a build read are on disk as it read them: the program reads the disk. */
async function isSaved({ build, snapshot }: ComparedBuild, fileSystem: Pick<FileSystem, "readFile">): Promise<boolean> {
  for (const [path, found] of build.result.filesRead) {
    if (found.kind !== "file" || !snapshot.isOpen(path)) continue;
    try {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await fileSystem.readFile(path));
      if (text !== snapshot.file(path)?.text) return false;
    } catch {
      return false;
    }
  }
  return true;
}
