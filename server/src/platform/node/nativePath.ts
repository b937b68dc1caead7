/** The operating system's form of one of our paths: `/c:/repo` is `c:\work` on Windows; elsewhere nothing changes. */
export function toNativePath(path: string): string {
  return process.platform === "win32" ? path.slice(1).replaceAll("/", "\\") : path;
}

/** Our form of an absolute path of the operating system; a drive letter becomes lower case. */
export function fromNativePath(path: string): string {
  if (process.platform !== "win32") return path;
  const slashes = path.replaceAll("\\", "/");
  return `/${slashes.slice(0, 1).toLowerCase()}${slashes.slice(1)}`;
}
