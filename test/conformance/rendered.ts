import { type BuildOptions, type BuildResult, build } from "../../server/src/kustomize/build";
import type { Loader } from "../../server/src/kustomize/loader";
import type { Problem } from "../../server/src/kustomize/problem";
import { emitDocuments } from "../../server/src/yaml/emit";
import { positionAt } from "../../server/src/yaml/source";

/** A build as the comparisons need it: the text when it is complete, else what is wrong. */
export interface Rendered {
  readonly yaml?: string;
  readonly errors: readonly Problem[];
  readonly result: BuildResult;
}

/** Builds `root`; `yaml` is absent unless the build is complete, as on our command line. */
export function render(root: string, loader: Loader, options: BuildOptions = {}): Rendered {
  // The order of the command line unless the caller wants another.
  const result = build(root, loader, { reorder: "legacy", ...options });
  const errors = result.problems.filter((problem) => problem.severity === "error");
  if (!result.complete || errors.length > 0) return { errors, result };
  const { text, failures } = emitDocuments(result.resources.map((resource) => resource.node));
  if (failures.length > 0) return { errors: failures.map((failure) => ({ ...failure, severity: "error" })), result };
  return { yaml: text, errors, result };
}

/** A problem in one line, with place, code, message and upstream's words. */
export function describeProblem(problem: Problem): string {
  const { line, character } = positionAt(problem.place.file, problem.place.start);
  const detail = problem.detail === undefined ? "" : ` [${problem.detail}]`;
  return `${problem.place.file.path}:${line + 1}:${character + 1} ${problem.code}: ${problem.message}${detail}`;
}
