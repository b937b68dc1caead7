/**
 * Whether Pipelines as Code makes the runs of a file: it embeds every Task and Pipeline that they name, so that parameters and workspaces
 * go on to them without being declared.
 */
export function isPipelinesAsCode(path: string): boolean {
  return path.includes("/.tekton/");
}
