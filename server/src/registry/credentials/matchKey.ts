import { type ImageHome, isDockerHub } from "../imageHome";

/** All hosts under which logins for Docker Hub are kept; Docker's own key is `https://index.docker.io/v1/`. */
const dockerHubHosts: readonly string[] = ["index.docker.io", "docker.io", "registry-1.docker.io"];

/** What helpers are asked for: the host, but Docker Hub's by the address that Docker writes. */
export function serverAddress(host: string): string {
  return isDockerHub(host) ? "https://index.docker.io/v1/" : host;
}

/**
 * Finds the entry for an image. A key is a host, or a host with the beginning of a path (containers-auth.json(5)): the longest one wins. Docker writes
 * some keys as addresses (`https://host/v1/`), of which only the host counts; pull secrets may write `*.azurecr.io` (Kubernetes: "Images").
 */
export function findEntry<T>(entries: ReadonlyMap<string, T>, home: ImageHome): T | undefined {
  const byName = new Map<string, T>();
  // `quay.io` counts more than `https://quay.io/v1/`, wherever it stands.
  for (const [key, value] of entries) {
    const name = nameOfKey(key);
    if (key === name || !byName.has(name)) byName.set(name, value);
  }
  for (const name of namesOf(home)) {
    const found = byName.get(name);
    if (found !== undefined) return found;
  }
  return [...byName].find(([name]) => name.includes("*") && isLike(name, home))?.[1];
}

function nameOfKey(key: string): string {
  const [, scheme, host = "", path = ""] = /^(https?:\/\/)?([^/]*)\/?(.*?)\/*$/i.exec(key) ?? [];
  const isAddress = scheme !== undefined || /^v[12]$/.test(path);
  return isAddress || path === "" ? host.toLowerCase() : `${host.toLowerCase()}/${path}`;
}

/** `quay.io/team/app`, `quay.io/team`, `quay.io`. */
function namesOf({ host, repository }: ImageHome): readonly string[] {
  const segments = repository.split("/");
  const hosts = isDockerHub(host) ? dockerHubHosts : [host.toLowerCase()];
  const paths = segments.map((_, index) => segments.slice(0, segments.length - index).join("/"));
  return [...paths.flatMap((path) => hosts.map((each) => `${each}/${path}`)), ...hosts];
}

/** Stars stand for any text within one part of the host, and the path is a beginning. */
function isLike(name: string, { host, repository }: ImageHome): boolean {
  const [pattern = "", ...path] = name.split("/");
  const wanted = pattern.split(".");
  const parts = host.toLowerCase().split(".");
  const isHost = wanted.length === parts.length && wanted.every((each, index) => isLikePart(each, parts[index] ?? ""));
  return isHost && (path.length === 0 || `${repository}/`.startsWith(`${path.join("/")}/`));
}

function isLikePart(pattern: string, part: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === part;
  if (!part.startsWith(first) || !part.endsWith(last) || part.length < first.length + last.length) return false;
  let from = first.length;
  for (const each of rest) {
    const at = part.indexOf(each, from);
    if (at < 0 || at + each.length > part.length - last.length) return false;
    from = at + each.length;
  }
  return true;
}
