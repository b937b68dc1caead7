/** The program that serves a repository on the web. */
export type Forge = "github" | "gitlab" | "gitea" | "bitbucket" | "bitbucketServer" | "azure";

/** An address such as `https://host/owner/repository.git`, taken apart. */
export interface RemoteAddress {
  /** With the port of a web address; that of ssh says nothing about the web. */
  readonly host: string;
  readonly scheme: "http" | "https";
  /** Without `.git` and slashes around it, for example `wpernath/book-example`. */
  readonly path: string;
}

/** Takes the address of a remote apart; `undefined` where it is that of no server. Passwords and tokens are left out. */
export function parseRemote(url: string): RemoteAddress | undefined {
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

/** What serves a repository, as far as its host tells. */
export function forgeOf({ host, path }: RemoteAddress): Forge | undefined {
  if (/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(host)) return "azure";
  if (/^(?:altssh\.)?bitbucket\.org$/.test(host)) return "bitbucket";
  if (/github/.test(host)) return "github";
  if (/gitlab/.test(host)) return "gitlab";
  if (/gitea|forgejo|codeberg/.test(host)) return "gitea";
  if (/bitbucket|stash/.test(host) || /^scm\/[^/]+\/[^/]+$/.test(path)) return "bitbucketServer";
  return undefined;
}

/** The page of a repository on servers that have it under its own path. */
export function siteOf({ scheme, host, path }: RemoteAddress): string {
  // GitHub's and GitLab's ssh servers for networks that close port 22 have names of their own.
  const site = host.replace(/^(?:ssh|altssh)\.(github\.com|gitlab\.com)$/, "$1");
  return `${scheme}://${site}/${encodeOnce(path)}`;
}

/** A path in an address; slashes stay. */
export function encode(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** For what stands in an address already, where some of it may be encoded. */
export function encodeOnce(path: string): string {
  return encode(path).replace(/%25([0-9A-Fa-f]{2})/g, "%$1");
}

/** The page of a repository of Bitbucket Server, which says project and repository apart. */
export function bitbucketServerSite({ host, scheme, path }: RemoteAddress): string | undefined {
  // As people copy it from the browser.
  const page = /^(?:.*\/)?(?:projects|users)\/[^/]+\/repos\/[^/]+/.exec(path)?.[0];
  if (page !== undefined) return `${scheme}://${host}/${encodeOnce(page)}`;
  const [, project, repository] = /^(?:.*\/)?([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (project === undefined || repository === undefined) return undefined;
  // A personal project is written with `~` and lies below `users`.
  const owner = project.startsWith("~") ? `users/${encodeOnce(project.slice(1))}` : `projects/${encodeOnce(project)}`;
  return `${scheme}://${host}/${owner}/repos/${encodeOnce(repository)}`;
}

/** The page of a repository of Azure DevOps. */
export function azureSite({ host, path }: RemoteAddress): string | undefined {
  // `https://dev.azure.com/ORGANIZATION/PROJECT/_git/REPOSITORY`, and `git@ssh.dev.azure.com:v3/ORGANIZATION/PROJECT/REPOSITORY`.
  const repository = path.replace(/^v3\/([^/]+\/[^/]+)\/([^/]+)$/, "$1/_git/$2");
  return repository.includes("_git/") ? `https://${host.replace(/^ssh\./, "")}/${encodeOnce(repository)}` : undefined;
}
