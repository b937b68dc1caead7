/** The program that serves a repository on the web. */
export type Forge = "github" | "gitlab" | "gitea" | "bitbucket" | "bitbucketServer" | "azure";

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

/** An address such as `https://host/owner/repository.git`, taken apart. */
interface RemoteAddress {
  /** With the port of a web address; that of ssh says nothing about the web. */
  readonly host: string;
  readonly scheme: "http" | "https";
  /** Without `.git` and slashes around it, for example `wpernath/book-example`. */
  readonly path: string;
}

function parseRemote(url: string): RemoteAddress | undefined {
  const [, scheme = "", authority = "", rest = ""] =
    /^(https?|ssh|git\+ssh|git):\/\/([^/]+)\/(.+)$/.exec(url.trim()) ?? [];
  // `git@host:owner/repository` is how ssh writes it; `C:\repository` is a path.
  const [, scpHost = "", scpPath = ""] =
    scheme === "" ? (/^(?:[^@/\\]+@)?([^:/\\]{2,}):(?!\/\/)(.+)$/.exec(url.trim()) ?? []) : [];
  const isWeb = scheme.startsWith("http");
  const host = scheme === "" ? scpHost : authority.replace(/^.*@/, "");
  const path = (scheme === "" ? scpPath : rest).replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  if (host === "" || path === "") return undefined;
  return { host: isWeb ? host : host.replace(/:\d+$/, ""), scheme: scheme === "http" ? "http" : "https", path };
}

function forgeOf({ host, path }: RemoteAddress): Forge | undefined {
  if (/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(host)) return "azure";
  if (/^(?:altssh\.)?bitbucket\.org$/.test(host)) return "bitbucket";
  if (/github/.test(host)) return "github";
  if (/gitlab/.test(host)) return "gitlab";
  if (/gitea|forgejo|codeberg/.test(host)) return "gitea";
  if (/bitbucket|stash/.test(host) || /^scm\/[^/]+\/[^/]+$/.test(path)) return "bitbucketServer";
  return undefined;
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
    const [, project, repository] = /^(?:.*\/)?([^/]+)\/([^/]+)$/.exec(remote.path) ?? [];
    if (project === undefined || repository === undefined) return undefined;
    // A personal project is written with `~` and lies below `users`.
    const owner = project.startsWith("~") ? `users/${encodeOnce(project.slice(1))}` : `projects/${encodeOnce(project)}`;
    const branches = query([
      ["sourceBranch", `refs/heads/${branch}`],
      ["targetBranch", into === undefined ? undefined : `refs/heads/${into}`],
    ]);
    return `${remote.scheme}://${remote.host}/${owner}/repos/${encodeOnce(repository)}/pull-requests?create&${branches}`;
  },
  azure: ({ host, path }, { branch, into }) => {
    // `https://dev.azure.com/ORGANIZATION/PROJECT/_git/REPOSITORY`, and `git@ssh.dev.azure.com:v3/ORGANIZATION/PROJECT/REPOSITORY`.
    const repository = path.replace(/^v3\/([^/]+\/[^/]+)\/([^/]+)$/, "$1/_git/$2");
    if (!repository.includes("_git/")) return undefined;
    const branches = query([
      ["sourceRef", branch],
      ["targetRef", into],
    ]);
    return `https://${host.replace(/^ssh\./, "")}/${encodeOnce(repository)}/pullrequestcreate?${branches}`;
  },
};

function siteOf({ scheme, host, path }: RemoteAddress): string {
  // GitHub's and GitLab's ssh servers for networks that close port 22 have names of their own.
  const site = host.replace(/^(?:ssh|altssh)\.(github\.com|gitlab\.com)$/, "$1");
  return `${scheme}://${site}/${encodeOnce(path)}`;
}

/** Slashes stay. */
function encode(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** For what stands in an address, where some of it may be encoded already. */
function encodeOnce(path: string): string {
  return encode(path).replace(/%25([0-9A-Fa-f]{2})/g, "%$1");
}

function query(pairs: readonly (readonly [string, string | undefined])[]): string {
  return pairs
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
    )
    .join("&");
}
