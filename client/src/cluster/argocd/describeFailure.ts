import type { ApiError } from "../apiError";

/**
 * Why the Applications of a cluster cannot be looked at, and what helps, in a sentence or two, for a place that names the cluster already: what is wrong
 * comes first, and its `server` is not said again.
 */
export function describeFailure({ kind, message, details }: ApiError, server: string): string {
  if (kind === "notFound") {
    const then = details.isAwaited === true ? "Applications appear here once it is" : "Retry this context once it is";
    return `Argo CD is not installed: this cluster knows no Applications. ${then}.`;
  }
  if (kind === "forbidden") {
    const remedy = "Ask for the right to get, list and watch applications.argoproj.io";
    return `You may not list Applications here. ${remedy}, or name your namespaces in gitopsAuthor.argocd.namespaces.`;
  }
  const host = server.replace(/^https?:\/\//, "");
  if (!message.startsWith(`${host} `)) return message.replace(` of ${host} `, " ");
  return message.charAt(host.length + 1).toUpperCase() + message.slice(host.length + 2);
}
