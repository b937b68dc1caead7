/**
 * The URL of a repository in the form in which Argo CD compares it with the patterns of a project (`git.NormalizeGitURL` of argo-cd
 * `util/git`): without blanks around it, in lower case, the short form of SSH written out, without `.git` at the end, and without the
 * scheme of SSH at the beginning.
 */
export function normalizeRepositoryUrl(url: string): string {
  const text = url.trim().toLowerCase();
  const short = shortSsh.exec(text);
  const long = short === null ? text : `ssh://${short[1] ?? ""}${short[2]}/${short[3]}`;
  return long.replace(/\.git$/, "").replace(/^ssh:\/\//, "");
}

/**
 * Whether two URLs lead to the same repository, however it is fetched: over HTTPS, over SSH, with a user or a port or without, with
 * `.git` at the end or without. Local paths are compared as they are.
 */
export function isSameRepository(one: string, other: string): boolean {
  return locationOf(one) === locationOf(other);
}

/** The one of several repositories with a remote that a URL names; `undefined` when there is none. */
export function findRepository<T extends { readonly remotes: readonly { readonly url: string }[] }>(
  repositories: readonly T[],
  url: string,
): T | undefined {
  const wanted = locationOf(url);
  return repositories.find(({ remotes }) => remotes.some((remote) => locationOf(remote.url) === wanted));
}

/** `git@github.com:team/app.git`; a path that begins with a drive letter is none. */
const shortSsh = /^([\w.-]+@)?([\w-][\w.-]+):(?!\/\/)(?:\/)?(.+)$/;

/** Host and path: `github.com/team/app`. */
function locationOf(url: string): string {
  const text = url.trim().toLowerCase();
  const written = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/+(.*)$/.exec(text);
  const short = written === null ? shortSsh.exec(text) : null;
  const [host, path] =
    written !== null ? [written[1], written[2]] : short !== null ? [short[2], short[3]] : [undefined, text];
  const bare = (path ?? "").replace(/\/+$/, "").replace(/\.git$/, "");
  return host === undefined ? bare : `${host}/${bare}`;
}
