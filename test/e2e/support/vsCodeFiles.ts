import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Settings, logs and whatever else the VS Codes of this test process wrote in their own folders, as texts; without what they installed. */
export function textsOfVsCode(): readonly string[] {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith("gitops-author-vscode-"))
    .map((name) => join(tmpdir(), name))
    // Those of a run that was killed are still there.
    .filter((folder) => statSync(folder).birthtimeMs >= performance.timeOrigin);
  return folders.flatMap(filesOfVsCode).map(read);
}

/** The files that one VS Code wrote into its own folder, without what it installed. */
export function filesOfVsCode(folder: string): readonly string[] {
  return filesIn(join(folder, "data"));
}

/** What our log, of which `mark` is a part, warns of. */
export function warningsIn(texts: readonly string[], mark: string): readonly string[] {
  const logs = texts.filter((text) => text.includes(mark));
  return logs.flatMap((text) => text.split("\n")).filter((line) => line.includes("[warning]"));
}

function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}

/** Nothing where there is no such file any more. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
