/** What Kustomize takes for something far away (upstream: `loader.IsRemoteFile`, `git.NewRepoSpecFromURL`). */

/** Whether a path is a URL that Kustomize first asks for a file: `https://host/install.yaml`. */
export function isRemoteFile(path: string): boolean {
  return /^https?:\/\/[^/?#]/i.test(path);
}

/** A git repository as a path names it. */
export interface RepositoryUrl {
  /** What git clones, for example `https://github.com/org/repo`. */
  readonly clone: string;
  /** The directory within the repository; empty for its root. */
  readonly directory: string;
  /** The branch, tag or commit; empty for the default branch. */
  readonly ref: string;
}

/** Takes a path apart as the URL of a git repository; `undefined` when it is none, and so a local path. */
export function parseRepositoryUrl(path: string): RepositoryUrl | undefined {
  if (path.startsWith("/")) return undefined;
  const question = path.indexOf("?");
  const query = question < 0 ? "" : path.slice(question + 1);
  const host = takeHost(question < 0 ? path : path.slice(0, question));
  if (host === undefined) return undefined;
  const parts = splitRepository(host.rest, host.host);
  if (parts === undefined || parts.repository === "") return undefined;
  const directory = parts.directory.replace(/^\//, "");
  if (leavesRoot(directory)) return undefined;
  return { clone: host.host + parts.repository, directory, ref: refOf(query) };
}

const schemes = ["ssh://", "https://", "http://", "file://"];

function takeHost(path: string): { readonly host: string; readonly rest: string } | undefined {
  let rest = path.replace(/^git::/i, "");
  const scheme = schemes.find((candidate) => rest.slice(0, candidate.length).toLowerCase() === candidate) ?? "";
  rest = rest.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(rest)?.[0] ?? "";
  rest = rest.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const likeScp = scheme === "" && (user !== "" || isGithub);
  if (scheme === "" && !likeScp) return undefined;
  if (scheme === "file://") return { host: scheme, rest: user + rest };
  const end = hostEnd(rest, likeScp);
  const host = end < 0 ? rest : rest.slice(0, end + 1);
  rest = end < 0 ? "" : rest.slice(end + 1);
  if (isGithub) {
    const overSsh = scheme === "ssh://" || user !== "";
    return { host: overSsh ? `${user}github.com:` : "https://github.com/", rest };
  }
  return host === "" ? undefined : { host: scheme + user + host, rest };
}

/** In `user@host:path` a colon ends the host, elsewhere the first slash. */
function hostEnd(text: string, likeScp: boolean): number {
  const slash = text.indexOf("/");
  const colon = likeScp ? text.indexOf(":") : -1;
  return likeScp && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
}

/** Divides what follows the host by `_git/`, `//` or `.git`, else behind organisation and repository. */
function splitRepository(rest: string, host: string): { repository: string; directory: string } | undefined {
  const marker = rest.indexOf("_git/");
  if (marker >= 0) {
    const [repository = "", ...directory] = rest.slice(marker + 5).split("/");
    return { repository: rest.slice(0, marker + 5) + repository, directory: directory.join("/") };
  }
  const double = rest.indexOf("//");
  if (double >= 0) return { repository: rest.slice(0, double), directory: rest.slice(double + 2) };
  const suffix = rest.indexOf(".git");
  if (suffix >= 0) return { repository: rest.slice(0, suffix + 4), directory: rest.slice(suffix + 4) };
  if (host.startsWith("file://")) return { repository: rest, directory: "" };
  const steps = rest.split("/");
  if (steps.length < 2) return undefined;
  return { repository: steps.slice(0, 2).join("/"), directory: steps.slice(2).join("/") };
}

function leavesRoot(directory: string): boolean {
  let depth = 0;
  for (const step of directory.split("/")) {
    if (step === "..") depth--;
    else if (step !== "" && step !== ".") depth++;
    if (depth < 0) return true;
  }
  return false;
}

function refOf(query: string): string {
  const values = new Map<string, string>();
  for (const pair of query.split("&")) {
    const [key = "", value = ""] = pair.split("=", 2);
    if (!values.has(key)) values.set(key, value);
  }
  return values.get("ref") || values.get("version") || "";
}
