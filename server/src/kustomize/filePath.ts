/** Paths as the engine uses them: absolute, POSIX, without a final slash. Lexical only; links are the loader's business. */

/** Joins a path to a directory and cleans it (`/a/b` and `../c` give `/a/c`); an absolute path stays what it is. */
export function joinPath(directory: string, path: string): string {
  const steps: string[] = [];
  for (const step of (path.startsWith("/") ? path : `${directory}/${path}`).split("/")) {
    if (step === "" || step === ".") continue;
    if (step === "..") steps.pop();
    else steps.push(step);
  }
  return `/${steps.join("/")}`;
}

/** The directory that a path lies in; that of `/` is `/`. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

/** The last step of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether `path` is `directory` or lies somewhere below it. */
export function isInOrBelow(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}
