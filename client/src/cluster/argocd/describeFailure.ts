import type { ApiError } from "../apiError";

/** Why the Applications of a cluster cannot be looked at, and what helps, in a sentence or two. */
export function describeFailure({ kind, message }: ApiError): string {
  if (kind === "notFound") return "This cluster does not know Applications: Argo CD is not installed.";
  if (kind === "forbidden") {
    const remedy = "Ask for the right to get, list and watch applications.argoproj.io";
    return `You may not list Applications here. ${remedy}, or name your namespaces in gitopsAuthor.argocd.namespaces.`;
  }
  return message;
}
