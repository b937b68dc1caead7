import type { Place } from "../yaml/source";
import { BuildFailure } from "./failure";
import { isInOrBelow, joinPath } from "./filePath";
import type { Root } from "./loadFile";
import type { Problem } from "./problem";
import type { Reading } from "./reading";

/**
 * Opens the directory of a base or component named in the kustomization at `from` (upstream: `FileLoader.New`).
 * @throws BuildFailure at `place` when there is none, or when it may not be entered from here.
 */
export function loadRoot(reading: Reading, from: Root, path: string, place: Place): Root {
  if (path === "") throw failure(place, words.empty);
  if (path.startsWith("/")) throw failure(place, words.absolute(path));
  return enterDirectory(reading, { path: joinPath(from.path, path), named: path, from, place });
}

/** Opens a directory that a remote port has fetched. Nothing below it may leave its repository. */
export function loadFetchedRoot(
  reading: Reading,
  from: Root,
  fetched: { readonly path: string; readonly repository: string; readonly url: string },
  place: Place,
): Root {
  const root = enterDirectory(reading, { path: fetched.path, named: fetched.url, from, place });
  return { ...root, restricted: true, within: undefined, repository: fetched.repository };
}

interface Entrance {
  readonly path: string;
  readonly named: string;
  readonly from: Root;
  readonly place: Place;
}

function enterDirectory(reading: Reading, { path, named, from, place }: Entrance): Root {
  const found = reading.lookUp(path);
  switch (found.kind) {
    case "directory":
      break;
    case "file":
      throw failure(place, words.file(path, named));
    case "missing":
      throw failure(place, words.missing(path, named));
    case "pending":
      throw failure(place, { code: "kustomization/pending-file", message: `\`${named}\` is still being read.` });
    case "unreadable":
      throw failure(place, {
        code: "kustomization/unreadable-file",
        message: `\`${named}\` cannot be read: ${found.reason}`,
        help: "Make the directory readable.",
      });
  }
  const { realPath } = found;
  if (from.repository !== undefined && !isInOrBelow(realPath, from.repository)) {
    throw failure(place, words.leavesRepository(realPath, named, from.repository));
  }
  for (let visited: Root | undefined = from; visited !== undefined; visited = visited.referrer) {
    if (isInOrBelow(visited.path, realPath)) throw failure(place, words.cycle(realPath, visited.path, named));
  }
  const { restricted, within, repository } = from;
  return { path: realPath, restricted, within, repository, referrer: from };
}

type Words = Pick<Problem, "code" | "message" | "help" | "detail">;

const words = {
  empty: {
    code: "kustomization/empty-path",
    message: "This entry is empty.",
    help: "Name a file or a directory, or remove the entry.",
    detail: "new root cannot be empty",
  },
  absolute: (path: string): Words => ({
    code: "kustomization/absolute-path",
    message: `\`${path}\` is an absolute path.`,
    help: "Write the path relative to the kustomization.",
    detail: `new root '${path}' cannot be absolute`,
  }),
  file: (path: string, named: string): Words => ({
    code: "kustomization/not-a-directory",
    message: `\`${named}\` is a file, not a directory with a kustomization.`,
    help: "Name a directory.",
    detail: `must build at directory: '${path}': file is not directory`,
  }),
  missing: (path: string, named: string): Words => ({
    code: "kustomization/missing-file",
    message: `There is no file or directory \`${named}\`.`,
    help: "Correct the path, or create what it names; paths are relative to the kustomization.",
    detail: `must build at directory: not a valid directory: evalsymlink failure on '${path}' : lstat`,
  }),
  leavesRepository: (path: string, named: string, repository: string): Words => ({
    code: "kustomization/outside-repository",
    message: `\`${named}\` leaves the repository that its kustomization was fetched from.`,
    help: "Keep the base within the repository.",
    detail: `bases in kustomizations found in cloned git repos must be within the repo, but base '${path}' is outside '${repository}'`,
  }),
  cycle: (path: string, visited: string, named: string): Words => ({
    code: "kustomization/cycle",
    message:
      path === visited
        ? `\`${named}\` leads back to a kustomization that is being built.`
        : `\`${named}\` contains the kustomization at \`${visited}\`, which is being built.`,
    help: "Break the cycle: a base may not be, or contain, a kustomization that uses it.",
    detail: `cycle detected: candidate root '${path}' contains visited root '${visited}'`,
  }),
};

function failure(place: Place, text: Words): BuildFailure {
  return new BuildFailure({ severity: "error", place, ...text });
}
