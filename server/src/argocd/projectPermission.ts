import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { matchesPattern, matchesSome } from "./pattern";
import { normalizeRepositoryUrl } from "./repositoryUrl";

/** What an AppProject allows its Applications. */
export interface Project {
  readonly node: Mapping;
  readonly name: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly ProjectDestination[];
  /** Namespaces other than Argo CD's own in which its Applications may lie. */
  readonly sourceNamespaces: readonly string[];
  readonly clusterAllowed: readonly KindPattern[];
  readonly clusterDenied: readonly KindPattern[];
  /** Absent when the project says nothing: then every kind is allowed that is not denied. */
  readonly namespaceAllowed: readonly KindPattern[] | undefined;
  readonly namespaceDenied: readonly KindPattern[];
  /** Others than the controller deploy for it. */
  readonly impersonates: boolean;
}

interface ProjectDestination {
  readonly server: string;
  readonly name: string;
  readonly namespace: string;
}

interface KindPattern {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** Where an Application, or one of its objects, is deployed to. */
export interface Target {
  readonly server: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string;
}

/** The cluster in which Argo CD itself runs, by its URL and by its name. */
export const ownCluster = { server: "https://kubernetes.default.svc", name: "in-cluster" } as const;

/** Whether a destination is the cluster in which Argo CD runs. */
export function isOwnCluster({ server, name }: Pick<Target, "server" | "name">): boolean {
  return server === undefined ? name === ownCluster.name : server.replace(/\/$/, "") === ownCluster.server;
}

/** The AppProject that an object is, as far as it says what it allows. */
export function viewProject(node: Mapping): Project | undefined {
  const name = textOf(getValue(getValue(node, "metadata"), "name"));
  const spec = getValue(node, "spec");
  if (name === undefined || spec?.kind !== "mapping") return undefined;
  const kinds = (field: string): readonly KindPattern[] => itemsOf(getValue(spec, field)).map(toKindPattern);
  const allowed = getValue(spec, "namespaceResourceWhitelist");
  return {
    node,
    name,
    sourceRepos: textsOf(getValue(spec, "sourceRepos")),
    destinations: itemsOf(getValue(spec, "destinations")).map((item) => ({
      server: at(item, "server"),
      name: at(item, "name"),
      namespace: at(item, "namespace"),
    })),
    sourceNamespaces: textsOf(getValue(spec, "sourceNamespaces")),
    clusterAllowed: kinds("clusterResourceWhitelist"),
    clusterDenied: kinds("clusterResourceBlacklist"),
    namespaceAllowed: allowed === undefined ? undefined : kinds("namespaceResourceWhitelist"),
    namespaceDenied: kinds("namespaceResourceBlacklist"),
    impersonates: itemsOf(getValue(spec, "destinationServiceAccounts")).length > 0,
  };
}

/**
 * Whether Applications of a project may deploy from a repository (`AppProject.IsSourcePermitted`). A pattern with `!` permits what it does not
 * match, and denies what it does.
 */
export function permitsSource({ sourceRepos }: Project, repoUrl: string): boolean {
  const url = normalizeRepositoryUrl(repoUrl);
  const patterns = sourceRepos.map((pattern) =>
    isDenial(pattern) ? `!${normalizeRepositoryUrl(pattern.slice(1))}` : normalizeRepositoryUrl(pattern),
  );
  const isMatch = (pattern: string): boolean => matchesDeniable(pattern, url, "/");
  return patterns.some(isMatch) && !patterns.some((pattern) => isDenial(pattern) && !isMatch(pattern));
}

/**
 * Whether Applications of a project may deploy to a place (`AppProject.IsDestinationPermitted`). Where the one names a cluster by its URL and
 * the other by its name, only Argo CD knows whether they are the same; it counts as permitted then.
 */
export function permitsDestination({ destinations }: Project, target: Target): boolean {
  const own = isOwnCluster(target);
  const server = own ? ownCluster.server : target.server?.replace(/\/$/, "");
  const name = own ? ownCluster.name : target.name;
  let isPermitted = false;
  for (const destination of destinations) {
    const isNamespace = matchesDeniable(destination.namespace, target.namespace);
    const isUnsure =
      (server === undefined && destination.server !== "") || (name === undefined && destination.name !== "");
    const isServer = server !== undefined && destination.server !== "" && matchesDeniable(destination.server, server);
    const isName = name !== undefined && destination.name !== "" && matchesDeniable(destination.name, name);
    if (isNamespace && (isServer || isName || isUnsure)) isPermitted = true;
    else if (isUnsure) continue;
    else if (isDenial(destination.name) && !isName) return false;
    else if (isDenial(destination.server) && !isServer && isNamespace) return false;
    else if (isDenial(destination.namespace) && isServer) return false;
  }
  return isPermitted;
}

/** Whether Applications of a project may lie in a namespace beside Argo CD's own. */
export function permitsSourceNamespace({ sourceNamespaces }: Project, namespace: string): boolean {
  return matchesSome(sourceNamespaces, namespace);
}

/** Whether Applications of a project may deploy a kind (`AppProject.IsGroupKindNamePermitted`). */
export function permitsKind(
  project: Project,
  { group, kind, name, clusterScoped }: KindPattern & { readonly clusterScoped: boolean },
): boolean {
  const isIn = (patterns: readonly KindPattern[]): boolean =>
    patterns.some(
      (each) =>
        matchesPattern(each.group, group, "/") &&
        matchesPattern(each.kind, kind, "/") &&
        (each.name === "" || matchesPattern(each.name, name, "/")),
    );
  if (clusterScoped) return isIn(project.clusterAllowed) && !isIn(project.clusterDenied);
  const isAllowed = project.namespaceAllowed === undefined || isIn(project.namespaceAllowed);
  return isAllowed && !isIn(project.namespaceDenied);
}

function isDenial(pattern: string): boolean {
  return pattern.startsWith("!");
}

/** A pattern with `!` matches what the rest of it does not. */
function matchesDeniable(pattern: string, text: string, separator?: "/"): boolean {
  if (isDenial(pattern)) return !matchesPattern(pattern.slice(1), text, separator);
  return pattern === "*" || matchesPattern(pattern, text, separator);
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}

function textsOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

function at(node: Node, field: string): string {
  return textOf(getValue(node, field)) ?? "";
}

function toKindPattern(node: Node): KindPattern {
  return { group: at(node, "group"), kind: at(node, "kind"), name: at(node, "name") };
}
