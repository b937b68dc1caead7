import type { Place, SourceFile } from "../yaml/source";
import { BuildFailure } from "./failure";
import { directoryOf, isInOrBelow, joinPath } from "./filePath";
import type { Found } from "./loader";
import type { Reading } from "./reading";

/** The directory of a kustomization, and what may be read from it (upstream: `api/internal/loader`). */
export interface Root {
  /** The real path: links are resolved. */
  readonly path: string;
  /** Files must lie in or below the directory. Always so for what was fetched from a repository. */
  readonly restricted: boolean;
  /** Files may lie here too. Never so for what was fetched from a repository. */
  readonly within?: string | undefined;
  /** The clone that the directory lies in: bases below may not leave it. */
  readonly repository?: string | undefined;
  /** The kustomization that asked for this one; absent for the root of the build. */
  readonly referrer?: Root | undefined;
}

/** Why a file could not be had. */
export type LoadProblem =
  | { readonly kind: "missing" | "directory" | "outside" | "binary"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "pending"; readonly path: string };

/** Tries to read a file below a root; `path` is relative to it or absolute. */
export function tryFile(reading: Reading, root: Root, path: string): SourceFile | LoadProblem {
  const absolute = joinPath(root.path, path);
  const found = reading.lookUp(absolute);
  if (found.kind !== "file") return unavailable(found, absolute);
  if (!mayRead(root, directoryOf(found.realPath))) return { kind: "outside", path: absolute };
  return found.bytes === undefined ? found.source : { kind: "binary", path: absolute };
}

function mayRead({ path, restricted, within }: Root, directory: string): boolean {
  if (!restricted || isInOrBelow(directory, path)) return true;
  return within !== undefined && isInOrBelow(directory, within);
}

/** Whether {@link tryFile} gave the file. */
export function isLoaded(outcome: SourceFile | LoadProblem): outcome is SourceFile {
  return !("kind" in outcome);
}

/**
 * Reads a file that a configuration names.
 * @throws BuildFailure at `place`, where the file is named.
 */
export function loadFile(reading: Reading, root: Root, path: string, place: Place): SourceFile {
  const outcome = tryFile(reading, root, path);
  if (isLoaded(outcome)) return outcome;
  throw loadFailure(outcome, root, path, place);
}

/** Says why a file could not be had, at the place that names it. */
export function loadFailure(problem: LoadProblem, root: Root, named: string, place: Place): BuildFailure {
  return new BuildFailure({ severity: "error", place, data: { path: problem.path }, ...words(problem, root, named) });
}

function words(problem: LoadProblem, root: Root, named: string) {
  const { path } = problem;
  switch (problem.kind) {
    case "missing":
      return {
        code: "kustomization/missing-file",
        message: `There is no file \`${named}\`.`,
        help: "Correct the path, or create the file; paths are relative to the kustomization.",
        detail: `evalsymlink failure on '${path}' : lstat`,
      };
    case "directory":
      return {
        code: "kustomization/not-a-file",
        message: `\`${named}\` is a directory, not a file.`,
        help: "Name a file.",
        detail: `'${path}' must resolve to a file`,
      };
    case "outside":
      return {
        code: "kustomization/outside-root",
        message: `\`${named}\` lies outside of the kustomization's directory.`,
        help: "Move the file into the directory, or make the other directory a base. Deployers lift the rule: Flux always, Argo CD with `--load-restrictor LoadRestrictionsNone` in `kustomize.buildOptions`.",
        detail: `security; file '${path}' is not in or below '${root.path}'`,
      };
    case "binary":
      return {
        code: "kustomization/not-utf8",
        message: `\`${named}\` is not UTF-8 text.`,
        help: "Save the file as UTF-8.",
        detail: "yaml: invalid leading UTF-8 octet",
      };
    case "unreadable":
      return {
        code: "kustomization/unreadable-file",
        message: `\`${named}\` cannot be read: ${problem.reason}`,
        help: "Make the file readable.",
      };
    case "pending":
      return {
        code: "kustomization/pending-file",
        message: `\`${named}\` is still being read.`,
      };
  }
}

function unavailable(found: Exclude<Found, { kind: "file" }>, path: string): LoadProblem {
  return found.kind === "unreadable" ? { ...found, path } : { kind: found.kind, path };
}
