import type { RootBuild } from "./builds";

/** What a preview says about itself; empty when it shows the present build and that is complete. */
export function previewMessage(present: RootBuild | undefined, shown: RootBuild | undefined): string {
  if (present === undefined || (present.complete && present === shown)) return "";
  const errors = countErrors(present);
  const problems = errors === 1 ? "1 problem" : `${errors} problems`;
  if (shown?.complete === true) return `Shows the last good build; ${problems}`;
  return present.text.file.text === ""
    ? `Nothing could be built; ${problems}`
    : `Shows what could be built; ${problems}`;
}

/** How many problems keep a build from being complete. */
export function countErrors(build: RootBuild): number {
  return build.problems.filter(({ severity }) => severity === "error").length;
}
