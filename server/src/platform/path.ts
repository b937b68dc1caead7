/**
 * Paths inside the server are absolute POSIX strings: the path of a `file:` URI, so `/repo/app` and on Windows `/c:/repo/app`,
 * without a final slash. All functions here are pure text.
 */

/** Takes `.`, `..`, empty segments and a final slash out of an absolute path; `..` never climbs above `/`. */
export function normalizePath(path: string): string {
  if (!/\/\.?\.?(?:\/|$)/.test(path)) return path === "" ? "/" : path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

/** `relative` as seen from the directory `base`; an absolute `relative` stands for itself. */
export function joinPath(base: string, relative: string): string {
  return normalizePath(relative.startsWith("/") ? relative : `${base}/${relative}`);
}

/** The directory that holds `path`; the parent of `/` is `/`. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

/** The last segment, for example `kustomization.yaml`; empty for `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether `path` is `directory` or lies below it. */
export function isInside(directory: string, path: string): boolean {
  if (directory === "/") return true;
  return path === directory || path.startsWith(`${directory}/`);
}

/** The way from the directory `from` to `to`, for example `../base/a.yaml`; `.` when they are the same. */
export function relativePath(from: string, to: string): string {
  const start = segmentsOf(from);
  const end = segmentsOf(to);
  let shared = 0;
  while (shared < start.length && shared < end.length && start[shared] === end[shared]) shared++;
  const steps = [...start.slice(shared).map(() => ".."), ...end.slice(shared)];
  return steps.length === 0 ? "." : steps.join("/");
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}
