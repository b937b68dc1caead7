import type { Problem } from "./problem";

/**
 * Stops one step of a build. Thrown by filters and generators, caught where a layer applies them: the problem is recorded
 * and the build goes on with the input of the failed step, so that a partial result exists. It never leaves `build`.
 */
export class BuildFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = "BuildFailure";
  }
}
