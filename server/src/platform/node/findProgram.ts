import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * The file that a program's name means by PATH; `undefined` when there is none. Directories that are not absolute are passed over, and
 * the working directory does not count: Windows would look there first and run a `git.exe` that somebody committed.
 */
export async function findProgram(name: string): Promise<string | undefined> {
  const isWindows = process.platform === "win32";
  if (name === "" || /[/\\]/.test(name)) return undefined;
  const fileName = isWindows ? `${name}.exe` : name;
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const path = join(directory, fileName);
    try {
      if (!(await stat(path)).isFile()) continue;
      if (!isWindows) await access(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return undefined;
}
