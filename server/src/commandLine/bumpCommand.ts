import { parseImageReference, shortDigest } from "../kubernetes/imageReference";
import { FileSystemError, isFileSystemError } from "../platform/fileSystem";
import { baseName, relativePath } from "../platform/path";
import type { ImagePlan, ImageTarget, PlannedFile } from "../release/imagePlan";
import { unifiedDiff } from "../release/unifiedDiff";
import { positionAt } from "../yaml/source";
import { checkClean, checkInside, chooseBranch, commitAndPush, findWorkTree, type GitResult } from "./bumpGit";
import { makePlan, type Stop } from "./bumpPlan";
import { type BumpRequest, readBumpRequest } from "./bumpRequest";
import type { ExitCode, ReleaseHost } from "./host";

export { bumpHelp } from "./bumpRequest";

/** `gitops-author bump`: plans, shows, writes, commits and pushes, as far as asked for. Rejects with `UsageError`. */
export async function runBumpCommand(words: readonly string[], host: ReleaseHost): Promise<ExitCode> {
  const request = readBumpRequest(words, host);
  const plan = await makePlan(request, host);
  if (plan.kind === "stop") return report(request, host, { stop: plan });
  const outside = checkInside(host, request.root, {
    paths: plan.files.map(({ before }) => before.path),
    nameFile: (path) => relativePath(host.workingDirectory, path),
  });
  if (outside !== undefined) return report(request, host, { stop: outside });
  if (plan.files.length === 0 || request.dryRun) return report(request, host, { plan });
  const done = await execute(plan, request, host);
  return report(request, host, {
    plan,
    ...("kind" in done ? { stop: done } : { git: done, stop: done.failed, written: true }),
  });
}

/** Writes the files, and commits and pushes them. When something before the commit fails, the files are as before. */
async function execute(plan: ImagePlan, request: BumpRequest, host: ReleaseHost): Promise<GitResult | Stop> {
  const nameFile = (path: string): string => relativePath(host.workingDirectory, path);
  if (!request.commit) return (await write(plan.files, host)) ?? {};
  const root = findWorkTree(host, request.root);
  if (typeof root !== "string") return root;
  const git = host.gitWork(root);
  const paths = plan.files.map(({ before }) => before.path);
  const unclean = await checkClean(git, paths, { signal: host.signal, nameFile });
  if (unclean !== undefined) return unclean;
  const { message, branchName } = nameCommit(request, root);
  const branch = await chooseBranch(git, request, branchName, host.signal);
  if ("kind" in branch) return branch;
  const failure = await write(plan.files, host);
  if (failure !== undefined) return failure;
  const result = await commitAndPush(git, request, { paths, message, ...branch }, host.signal);
  if (!("kind" in result)) return result;
  const stays = await write(plan.files.map(reversed), host);
  const words = stays === undefined ? "The files are as they were before." : `The change stays: ${stays.message}`;
  return { ...result, message: `${result.message} ${words}` };
}

/** The message of the commit, and the name of a new branch. */
function nameCommit({ image, to, root }: BumpRequest, workTree: string) {
  const version = to.tag ?? shortDigest(to.digest ?? "");
  const { name } = parseImageReference(image);
  const overlay = baseName(root);
  return {
    message: `Bump ${name} to ${version} in ${relativePath(workTree, root) || overlay}`,
    branchName: `bump/${[baseName(name), overlay, version].map(forBranch).join("-")}`,
  };
}

/** Gives every file its new text, or none. */
async function write(files: readonly PlannedFile[], host: ReleaseHost): Promise<Stop | undefined> {
  const written: PlannedFile[] = [];
  for (const file of files) {
    const { path, text } = file.before;
    try {
      const now = new TextDecoder("utf-8", { ignoreBOM: true }).decode(host.syncFileSystem.readFile(path));
      if (now !== text)
        throw new FileSystemError("failed", `'${path}' was changed by something else just now; try again.`);
      await host.replaceFile(path, file.after);
      written.push(file);
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      for (const each of written) await host.replaceFile(each.before.path, each.before.text);
      const help = error.problem === "denied" ? denied : undefined;
      return { kind: "stop", code: 2, reason: "notWritten", message: error.message, help };
    }
  }
  return undefined;
}

/** Containers run as users that own nothing. */
const denied = "Clone as the user who runs this, or give that user the right to write (`ls -l` says who has it).";

function reversed({ before, after }: PlannedFile): PlannedFile {
  return { before: { path: before.path, text: after }, edits: [], after: before.text };
}

/** What a part of a branch's name may hold. */
function forBranch(text: string): string {
  return text
    .replace(/^sha256:/, "")
    .replace(/[^\w.-]+|\.{2,}/g, "-")
    .replace(/^[.-]+|(?:\.lock|[.-])+$/g, "");
}

interface Reported {
  readonly plan?: ImagePlan | undefined;
  readonly git?: GitResult | undefined;
  readonly stop?: Stop | undefined;
  readonly written?: boolean | undefined;
}

function report(request: BumpRequest, host: ReleaseHost, outcome: Reported): ExitCode {
  if (request.json) host.print(`${JSON.stringify(toJson(request, host, outcome), null, 2)}\n`);
  else if (outcome.plan !== undefined) host.print(toText(outcome.plan, request, host, outcome));
  const { stop } = outcome;
  if (stop === undefined) return 0;
  if (!request.json) {
    const { code, message, help, detail } = stop;
    host.printError(`gitops-author: ${code === 1 ? "Refused: " : ""}${message}\n`);
    const { file, line, column } = placeOf(stop, host);
    if (file !== undefined) host.printError(`    ${file}:${line}:${column}\n`);
    if (help !== undefined) host.printError(`    ${help}\n`);
    if (detail !== undefined) host.printError(`${detail.replace(/\r\n?/g, "\n").replace(/^/gm, "    > ")}\n`);
  }
  return stop.code;
}

/** Where the file says what is in the way; 1-based. */
function placeOf({ place }: Stop, { workingDirectory }: ReleaseHost) {
  if (place === undefined) return {};
  const { line, character } = positionAt(place.file, place.start);
  return { file: relativePath(workingDirectory, place.file.path), line: line + 1, column: character + 1 };
}

function toJson({ root, image, to, dryRun }: BumpRequest, host: ReleaseHost, outcome: Reported): object {
  const { plan, git, stop, written } = outcome;
  const nameFile = (path: string): string => relativePath(host.workingDirectory, path);
  const target: ImageTarget = to;
  return {
    version: 1,
    root: nameFile(root),
    image,
    to: target,
    dryRun,
    changed: written === true,
    files: (plan?.files ?? []).map((file) => {
      const name = nameFile(file.before.path);
      return { file: name, diff: unifiedDiff(file, name) };
    }),
    images: plan?.images ?? [],
    followers: plan?.followers ?? [],
    notes: plan?.notes ?? [],
    ...(plan?.partial && { partial: true }),
    ...(git?.commit !== undefined && { commit: git.commit, branch: git.branch }),
    ...(git?.pushedTo !== undefined && { pushed: git.pushedTo, pullRequest: git.pullRequest }),
    ...(stop !== undefined && {
      problem: {
        ...{ reason: stop.reason, message: stop.message, help: stop.help, detail: stop.detail },
        ...placeOf(stop, host),
      },
    }),
  };
}

function toText(plan: ImagePlan, { root, dryRun, commit }: BumpRequest, host: ReleaseHost, outcome: Reported): string {
  const { git, written } = outcome;
  const nameFile = (path: string): string => relativePath(host.workingDirectory, path);
  const lines: string[] = [];
  if (plan.files.length === 0) {
    const done = commit && !dryRun ? " Nothing was committed or pushed." : "";
    lines.push(`Nothing to change: '${nameFile(root)}' renders this already.${done}`);
  } else if (dryRun)
    lines.push(...plan.files.map((file) => unifiedDiff(file, nameFile(file.before.path)).replace(/\n$/, "")));
  else if (written === true) {
    for (const { object, before, after } of [...plan.images, ...plan.followers]) {
      lines.push(before === after ? `${object}: ${after}, as before` : `${object}: ${before} -> ${after}`);
    }
    lines.push(...plan.files.map(({ before }) => `Changed '${nameFile(before.path)}'.`));
  }
  if (dryRun) host.printError(plan.notes.map((note) => `${note}\n`).join(""));
  else lines.push(...plan.notes);
  if (git?.commit !== undefined) lines.push(`Committed ${git.commit.slice(0, 12)} on '${git.branch ?? "no branch"}'.`);
  if (git?.pushedTo !== undefined) lines.push(`Pushed to '${git.pushedTo}'.`);
  if (git?.pullRequest !== undefined) lines.push(`Open a pull request: ${git.pullRequest}`);
  return lines.map((line) => `${line}\n`).join("");
}
