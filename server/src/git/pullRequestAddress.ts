import {
  azureSite,
  bitbucketServerSite,
  encode,
  encodeOnce,
  type Forge,
  forgeOf,
  parseRemote,
  type RemoteAddress,
  siteOf,
} from "./forge";

/** What a pull request is to be for. */
export interface PullRequestWish {
  /** The branch that was pushed. */
  readonly branch: string;
  /** The branch that it is to go into; what the server takes by default when absent. */
  readonly into?: string | undefined;
  /** Needed where the host does not tell, for example `git.example.com`. */
  readonly forge?: Forge | undefined;
}

/**
 * The web page on which a pull or merge request for a branch can be opened, from the address of the remote; `undefined` where that is no address of a
 * server, or nobody can say what kind of server it is. Passwords and tokens of the address are left out.
 */
export function pullRequestAddress(url: string, wish: PullRequestWish): string | undefined {
  const remote = parseRemote(url);
  if (remote === undefined) return undefined;
  const forge = wish.forge ?? forgeOf(remote);
  return forge === undefined ? undefined : pages[forge](remote, wish);
}

const pages: Readonly<Record<Forge, (remote: RemoteAddress, wish: PullRequestWish) => string | undefined>> = {
  github: (remote, { branch, into }) => {
    const range = into === undefined ? encode(branch) : `${encode(into)}...${encode(branch)}`;
    return `${siteOf(remote)}/compare/${range}?expand=1`;
  },
  gitlab: (remote, { branch, into }) =>
    `${siteOf(remote)}/-/merge_requests/new?${query([
      ["merge_request[source_branch]", branch],
      ["merge_request[target_branch]", into],
    ])}`,
  // Without a base, Gitea and Forgejo compare with the default branch.
  gitea: (remote, { branch, into }) =>
    `${siteOf(remote)}/compare/${into === undefined ? "" : `${encode(into)}...`}${encode(branch)}`,
  bitbucket: ({ path }, { branch, into }) =>
    `https://bitbucket.org/${encodeOnce(path)}/pull-requests/new?${query([
      ["source", branch],
      ["dest", into],
    ])}`,
  bitbucketServer: (remote, { branch, into }) => {
    const branches = query([
      ["sourceBranch", `refs/heads/${branch}`],
      ["targetBranch", into === undefined ? undefined : `refs/heads/${into}`],
    ]);
    const site = bitbucketServerSite(remote);
    return site && `${site}/pull-requests?create&${branches}`;
  },
  azure: (remote, { branch, into }) => {
    const branches = query([
      ["sourceRef", branch],
      ["targetRef", into],
    ]);
    const site = azureSite(remote);
    return site && `${site}/pullrequestcreate?${branches}`;
  },
};

function query(pairs: readonly (readonly [string, string | undefined])[]): string {
  return pairs
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
    )
    .join("&");
}
