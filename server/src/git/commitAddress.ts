import { azureSite, bitbucketServerSite, type Forge, forgeOf, parseRemote, type RemoteAddress, siteOf } from "./forge";

/**
 * The web page of a commit, from the address of a repository; `undefined` where that is no address of a server. A server that nobody knows is taken for one
 * that does as most of them do.
 */
export function commitAddress(url: string, commit: string): string | undefined {
  const remote = parseRemote(url);
  if (remote === undefined) return undefined;
  const site = pages[forgeOf(remote) ?? "gitea"](remote);
  return site && `${site}/${commit}`;
}

const pages: Readonly<Record<Forge, (remote: RemoteAddress) => string | undefined>> = {
  // Labels of images also name a folder of the repository: `https://github.com/owner/repository/tree/main/app`.
  github: (remote) => `${siteOf({ ...remote, path: remote.path.split("/").slice(0, 2).join("/") })}/commit`,
  gitlab: (remote) => `${siteOf({ ...remote, path: remote.path.replace(/\/-\/.*$/, "") })}/-/commit`,
  gitea: (remote) => `${siteOf(remote)}/commit`,
  bitbucket: (remote) => `${siteOf({ ...remote, host: "bitbucket.org" })}/commits`,
  bitbucketServer: (remote) => commitsOf(bitbucketServerSite(remote), "commits"),
  azure: (remote) => commitsOf(azureSite(remote), "commit"),
};

function commitsOf(site: string | undefined, name: string): string | undefined {
  return site && `${site}/${name}`;
}
